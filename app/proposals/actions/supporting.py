"""Supporting proposals, and taking that back."""

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import Conflict, check
from app.core.permissions import authorize
from app.core.values import Actor
from app.core.words import N_
from app.journal.actions import record
from app.proposals import queries, rules
from app.proposals.events import ProposalSupported, SupportReached, SupportWithdrawn
from app.proposals.models import ProposalSupport
from app.proposals.permissions import SUPPORT_PROPOSAL


@transactional
def support_proposal(actor: Actor, proposal_id: int, version: int) -> None:
    """Support a proposal in the version that one has read; once for an account, however often it is sent.

    When enough support it the desk has to act. Raises Forbidden, NotFound, Refused, and Conflict when the text is
    another by now.
    """
    row = queries.hold(proposal_id)
    authorize(actor, SUPPORT_PROPOSAL, row.community_id)
    assert actor.account_id is not None
    check(rules.support_refusal(queries.state_of(row), row.account_id == actor.account_id))
    if version != row.version:
        raise Conflict(N_("提案刚刚改过。请看看新的一版，再表示支持。"))
    held = db.session.get(ProposalSupport, (proposal_id, actor.account_id), populate_existing=True)
    if held is not None and held.version == row.version:
        return
    if held is None:
        held = ProposalSupport(proposal_id=proposal_id, account_id=actor.account_id, community_id=row.community_id)
        db.session.add(held)
        row.supports += 1
    held.version, held.at = row.version, clock.now()
    row.supports_now += 1
    event = ProposalSupported(row.community_id, row.id, row.number, row.version)
    record(event, actor, row.matter)
    least = queries.least_supporters(row.community_id)
    if row.reached_at is None and row.supports_now >= least:
        row.reached_at = clock.now()
        record(SupportReached(row.community_id, row.id, row.number, row.supports_now), actor, row.matter)


@transactional
def withdraw_support(actor: Actor, proposal_id: int) -> None:
    """Take one's support back; a duty of the desk that has begun goes on. Raises Forbidden, NotFound, Refused."""
    row = queries.hold(proposal_id)
    authorize(actor, SUPPORT_PROPOSAL, row.community_id)
    held = db.session.get(ProposalSupport, (proposal_id, actor.account_id), populate_existing=True)
    if held is None:
        return
    where = queries.state_of(row)
    if where != rules.RETURNED:
        check(rules.support_refusal(where, False))
    row.supports -= 1
    row.supports_now -= int(held.version == row.version)
    db.session.delete(held)
    record(SupportWithdrawn(row.community_id, row.id, row.number), actor, row.matter)
