"""Drafting, handing in and changing proposals."""

from sqlalchemy import delete, insert

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import Conflict, Refused, check
from app.core.numbers import next_number
from app.core.permissions import authorize
from app.core.secrets import salt
from app.core.values import Actor, Refusal
from app.core.words import N_
from app.discussion.actions import open_thread
from app.journal.actions import record
from app.journal.events import Digest
from app.journal.rules import commitment
from app.proposals import queries, rules
from app.proposals.events import ProposalRevised, ProposalSubmitted
from app.proposals.models import Proposal, ProposalDraft, ProposalVersion, ProposalWord
from app.proposals.permissions import ENTER_PROPOSAL, PROPOSE


@transactional
def save_draft(actor: Actor, community_id: int, title: str, body: str, budget: str, seen: int = 0) -> int:
    """What somebody is writing is kept, for them alone and as typed; nothing of it goes into the record.

    `seen` is the number of the save that this window knows; answers with the new one. Raises Forbidden, and Conflict
    when another window saved since.
    """
    authorize(actor, PROPOSE, community_id)
    assert actor.account_id is not None
    row = db.session.get(ProposalDraft, (community_id, actor.account_id), with_for_update=True, populate_existing=True)
    if row is None:
        row = ProposalDraft(community_id=community_id, account_id=actor.account_id, saves=0)
        db.session.add(row)
    elif row.saves != seen and (row.title, row.body, row.budget) != (title, body, budget):
        raise Conflict(N_("您在另一个窗口里也在写这份草稿，那边的比较新。这里写的还在，可以复制过去，或刷新后继续。"))
    row.title, row.body, row.budget, row.at = title, body, budget, clock.now()
    row.saves += 1
    return row.saves


@transactional
def drop_draft(actor: Actor, community_id: int) -> None:
    """What somebody was writing is thrown away at their wish."""
    db.session.execute(
        delete(ProposalDraft).where(
            ProposalDraft.community_id == community_id, ProposalDraft.account_id == actor.account_id
        )
    )


@transactional
def submit_proposal(actor: Actor, community_id: int, title: str, body: str, budget: int | None, label: str) -> int:
    """Hand in a proposal: from now on it has a number, everybody reads it, and neighbours support and discuss it.

    `budget` in fen, `label` the author's name as it is shown. Answers with the number. Raises Forbidden, Refused.
    """
    authorize(actor, PROPOSE, community_id)
    number = _submit(actor, community_id, title, body, budget, label, actor.account_id, None)
    drop_draft(actor, community_id)
    return number


@transactional
def enter_proposal(actor: Actor, community_id: int, title: str, body: str, budget: int | None, label: str) -> int:
    """The desk writes down what somebody proposes who does not use the web; it is marked as such.

    Answers with the number. Raises Forbidden, Refused.
    """
    authorize(actor, ENTER_PROPOSAL, community_id)
    return _submit(actor, community_id, title, body, budget, label, None, actor.account_id)


def _submit(
    actor: Actor, community_id: int, title: str, body: str, budget: int | None, label: str,
    account_id: int | None, entered_by: int | None,
) -> int:  # fmt: skip
    check(rules.title_refusal(title))
    check(rules.body_refusal(body))
    row = Proposal(
        community_id=community_id,
        number=next_number(community_id, "proposal"),
        account_id=account_id,
        entered_by=entered_by,
        label=label[:60],
        title=title,
        body=body,
        budget=budget,
        version=1,
        submitted_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    digest = _keep_version(row, "")
    record(ProposalSubmitted(community_id, row.id, row.number, entered_by is not None, digest), actor, row.matter)
    open_thread(actor, community_id, row.matter, row.matter)
    return row.number


def _keep_version(row: Proposal, note: str) -> Digest:
    """Store the text as a version, and its words for finding it; answers with the commitment to it."""
    version = ProposalVersion(
        proposal_id=row.id,
        version=row.version,
        community_id=row.community_id,
        title=row.title,
        body=row.body,
        budget=row.budget,
        note=note[:200],
        salt=salt(),
        at=clock.now(),
    )
    db.session.add(version)
    db.session.execute(delete(ProposalWord).where(ProposalWord.proposal_id == row.id))
    words = queries.words_of(f"{row.title}\n{row.body}")
    if words:
        keys = {"community_id": row.community_id, "proposal_id": row.id}
        db.session.execute(insert(ProposalWord), [{**keys, "word": word} for word in words])
    told = {"title": row.title, "body": row.body, "budget": row.budget}
    return Digest(commitment(bytes.fromhex(version.salt), told))


@transactional
def revise_proposal(
    actor: Actor, proposal_id: int, seen: int, title: str, body: str, budget: int | None, note: str
) -> int:
    """The author changes the text: a new version beside the old ones; supporters are asked again, never moved.

    A proposal that was returned after enough had supported it goes back to the desk at once. `seen` is the version that
    the author changed. Answers with the new version. Raises Forbidden, NotFound, Refused, and Conflict when the text is
    another by now.
    """
    row = queries.hold(proposal_id)
    authorize(actor, PROPOSE, row.community_id)
    where = queries.state_of(row)
    check(rules.revision_refusal(where, actor.account_id is not None and row.account_id == actor.account_id))
    check(rules.title_refusal(title))
    check(rules.body_refusal(body))
    if seen != row.version:
        raise Conflict(N_("您在另一个窗口里已经改过这件提案。请对照新的一版再改；您写的都还在。"))
    if (title, body, budget) == (row.title, row.body, row.budget):
        raise Refused(Refusal(N_("还没有改动什么。改好了再提交。")))
    row.title, row.body, row.budget = title, body, budget
    row.version += 1
    row.revised_at = clock.now()
    reached = where == rules.RETURNED and row.reached_at is not None
    row.reached_at = clock.now() if reached else None
    row.returned_at = None
    row.supports_now = 0
    db.session.flush()
    digest = _keep_version(row, note)
    record(ProposalRevised(row.community_id, row.id, row.number, row.version, digest), actor, row.matter)
    return row.version
