"""Taking a proposal back, returning it, putting it on the agenda, and what a resolution makes of it."""

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import Conflict, check
from app.core.permissions import authorize
from app.core.values import Actor, Ref
from app.core.words import N_
from app.discussion.actions import close_thread
from app.journal.actions import record
from app.proposals import queries, rules
from app.proposals.events import (
    ProposalAdmitted,
    ProposalReopened,
    ProposalReturned,
    ProposalSettled,
    ProposalWithdrawn,
)
from app.proposals.models import ProposalReturn
from app.proposals.permissions import ADMIT_PROPOSAL, PROPOSE, RETURN_PROPOSAL


@transactional
def withdraw_proposal(actor: Actor, proposal_id: int) -> None:
    """The author takes a proposal back; it stays readable, and nobody discusses it any more.

    Raises Forbidden, NotFound, Refused.
    """
    row = queries.hold(proposal_id)
    authorize(actor, PROPOSE, row.community_id)
    mine = actor.account_id is not None and row.account_id == actor.account_id
    check(rules.withdrawal_refusal(queries.state_of(row), mine))
    row.withdrawn_at = clock.now()
    record(ProposalWithdrawn(row.community_id, row.id, row.number), actor, row.matter)
    close_thread(actor, row.matter, clock.now())


@transactional
def return_proposal(actor: Actor, proposal_id: int, reason: str, wish: str) -> None:
    """The desk gives a proposal back, saying why and what to change, for everybody to read.

    Raises Forbidden, NotFound, Refused.
    """
    row = queries.hold(proposal_id)
    authorize(actor, RETURN_PROPOSAL, row.community_id)
    check(rules.return_refusal(queries.state_of(row)))
    check(rules.reason_refusal(reason))
    check(rules.reason_refusal(wish))
    row.returned_at = clock.now()
    db.session.add(
        ProposalReturn(
            proposal_id=row.id,
            version=row.version,
            community_id=row.community_id,
            reason=reason,
            wish=wish,
            account_id=actor.account_id,
            at=clock.now(),
        )
    )
    record(ProposalReturned(row.community_id, row.id, row.number, row.version), actor, row.matter)


@transactional
def admit_proposal(actor: Actor, proposal_id: int, version: int, owners_matter: int = rules.BY_COUNCIL) -> None:
    """The desk puts a proposal on the agenda of the council; `owners_matter` 1 to 9 where all owners have to vote after.

    Raises Forbidden, NotFound, Refused, and Conflict when the text is another by now.
    """
    row = queries.hold(proposal_id)
    authorize(actor, ADMIT_PROPOSAL, row.community_id)
    if owners_matter != rules.BY_COUNCIL and owners_matter not in rules.NINE_MATTERS:
        raise ValueError(f"no such matter of the owners: {owners_matter}")
    least, rule = queries.supporters(row.community_id)
    check(rules.admission_refusal(queries.state_of(row), row.supports_now, least, rule))
    if version != row.version:
        raise Conflict(N_("提案刚刚改过。请看看新的一版，再决定受理还是退回。"))
    row.admitted_at, row.owners_matter = clock.now(), owners_matter or None
    event = ProposalAdmitted(row.community_id, row.id, row.number, row.version, row.owners_matter)
    record(event, actor, row.matter)


@transactional
def settle_proposal(actor: Actor, proposal_id: int, outcome: str, resolution: Ref) -> None:
    """A resolution has decided on a proposal, for or against it; the discussion ends.

    Called by the crossing from the body that resolved, whose action asked who may. Raises NotFound, Refused.
    """
    row = queries.hold(proposal_id)
    check(rules.settlement_refusal(queries.state_of(row), outcome))
    row.settled_at, row.outcome = clock.now(), outcome
    row.resolution_kind, row.resolution_id = resolution.kind, resolution.id
    event = ProposalSettled(row.community_id, row.id, row.number, "adopted" if outcome == rules.ADOPTED else "rejected", resolution)  # fmt: skip
    record(event, actor, row.matter)
    close_thread(actor, row.matter, clock.now())


@transactional
def reopen_proposal(actor: Actor, proposal_id: int, decided_by: Ref) -> None:
    """The decision on a proposal was annulled: it stands on the agenda again. Another decision stays as it is.

    Called by the crossing from the vote that was annulled. Harmless twice. Raises NotFound.
    """
    row = queries.hold(proposal_id)
    if row.settled_at is None or (row.resolution_kind, row.resolution_id) != (decided_by.kind, decided_by.id):
        return
    row.settled_at, row.outcome, row.resolution_kind, row.resolution_id = None, "", None, None
    record(ProposalReopened(row.community_id, row.id, row.number), actor, row.matter)
