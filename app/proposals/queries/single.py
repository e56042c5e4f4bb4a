"""One proposal with its newest return and the reader's support, in one statement; its versions; a draft."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from flask import g, has_request_context
from sqlalchemy import Select, and_, bindparam, null, select

from app.bylaws.queries import law_today
from app.core.db import db
from app.core.errors import NotFound
from app.core.law import LawRow
from app.core.memory import rows
from app.core.values import Ref
from app.core.words import N_
from app.discussion.queries import ThreadRow, joined_thread, thread_row
from app.proposals.models import Proposal, ProposalDraft, ProposalReturn, ProposalSupport, ProposalVersion
from app.proposals.rules import RULE, Facts, state

PROPOSALS = Proposal.__table__


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal as pages and rules see it. Budget in fen; `supported` is the version that the reader supports."""

    id: int
    community_id: int
    number: int
    title: str
    body: str
    budget: int | None
    label: str
    version: int
    supports: int
    supports_now: int
    account_id: int | None
    by_desk: bool
    submitted_at: datetime
    revised_at: datetime | None
    owners_matter: int | None
    facts: Facts
    resolution: Ref | None
    thread: ThreadRow
    return_reason: str = ""
    return_wish: str = ""
    supported: int | None = None

    @property
    def matter(self) -> Ref:
        """The matter that begins with this proposal."""
        return Ref("proposal", self.id)

    @property
    def state(self) -> str:
        """Where it stands."""
        return state(self.facts)

    def mine(self, account_id: int | None) -> bool:
        """Whether an account is its author's."""
        return account_id is not None and account_id == self.account_id


@dataclass(frozen=True, slots=True)
class Version:
    """A proposal as it once stood, and why it was given back, if it was."""

    version: int
    title: str
    body: str
    budget: int | None
    note: str
    at: datetime
    returned_at: datetime | None
    reason: str
    wish: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is writing, as typed."""

    title: str
    body: str
    budget: str
    saves: int
    at: datetime


def supporters(community_id: int) -> tuple[int, str]:
    """How many supporters a community wants today, and by which rule: its own, or the default that it has not confirmed."""
    row = law_today(community_id, "proposals.supporters")
    return row.whole, rule_of(row)


def least_supporters(community_id: int) -> int:
    """How many supporters a community wants today."""
    return supporters(community_id)[0]


def rule_of(row: LawRow) -> str:
    """Where a figure of proposals stands: in the community's own rules, or in the default that it has not confirmed."""
    return row.article if row.binding else RULE


def facts_of(row: Any) -> Facts:
    """What happened to a proposal, from its row."""
    return Facts(row.reached_at, row.returned_at, row.admitted_at, row.withdrawn_at, row.settled_at, row.outcome)


def state_of(row: Proposal) -> str:
    """Where a proposal stands, from its row."""
    return state(facts_of(row))


def _row(found: Any) -> ProposalRow:
    return ProposalRow(
        found.id,
        found.community_id,
        found.number,
        found.title,
        found.body,
        found.budget,
        found.label,
        found.version,
        found.supports,
        found.supports_now,
        found.account_id,
        found.entered_by is not None,
        found.submitted_at,
        found.revised_at,
        found.owners_matter,
        facts_of(found),
        Ref(found.resolution_kind, found.resolution_id) if found.resolution_kind else None,
        thread_row(found),
        found.reason or "",
        found.wish or "",
        found.supported,
    )


def _everything(with_reader: bool) -> Select[Any]:
    """Proposals with their threads, their newest returns, and what the reader (`reader`) supports."""
    threads, its = joined_thread("proposal", PROPOSALS.c.id)
    returned = and_(ProposalReturn.proposal_id == PROPOSALS.c.id, ProposalReturn.version == PROPOSALS.c.version)
    wanted = (
        select(
            *PROPOSALS.c,
            *(column.label(f"thread_{column.name}") for column in threads.c),
            ProposalReturn.reason,
            ProposalReturn.wish,
        )
        .select_from(PROPOSALS)
        .join(threads, its)
        .outerjoin(ProposalReturn, returned)
    )
    if with_reader:
        mine = and_(ProposalSupport.proposal_id == PROPOSALS.c.id, ProposalSupport.account_id == bindparam("reader"))
        return wanted.outerjoin(ProposalSupport, mine).add_columns(ProposalSupport.version.label("supported"))
    return wanted.add_columns(null().label("supported"))


@cache
def _one(with_reader: bool, by_number: bool) -> Select[Any]:
    wanted = _everything(with_reader)
    if by_number:
        return wanted.where(PROPOSALS.c.community_id == bindparam("here"), PROPOSALS.c.number == bindparam("number"))
    return wanted.where(PROPOSALS.c.id == bindparam("proposal"))


def _found(account_id: int | None, **values: int) -> ProposalRow:
    wanted = _one(account_id is not None, "number" in values)
    found = rows(wanted, **values, **({"reader": account_id} if account_id else {}))
    if not found:
        raise NotFound(N_("没有这件提案。可能是编号写错了。"))
    row = _row(found[0])
    if has_request_context():
        g.setdefault("proposals_seen", {})[row.id] = row
    return row


def get_by_number(community_id: int, number: int, account_id: int | None = None) -> ProposalRow:
    """A proposal by the number that people say, as an account sees it; one statement. Raises NotFound."""
    return _found(account_id, here=community_id, number=number)


def get_proposal(proposal_id: int, account_id: int | None = None) -> ProposalRow:
    """A proposal by its own id. Raises NotFound."""
    return _found(account_id, proposal=proposal_id)


def in_full(community_id: int, after: int = 0, limit: int = 100) -> list[ProposalRow]:
    """A portion of a community's proposals with everything about each, by number, from behind one; one statement."""
    wanted = _everything(False).where(PROPOSALS.c.community_id == community_id, PROPOSALS.c.number > after)
    return [_row(found) for found in db.session.execute(wanted.order_by(PROPOSALS.c.number).limit(limit))]


def seen(proposal_id: int) -> ProposalRow | None:
    """A proposal that this request has read before, so that a page asks once."""
    if not has_request_context():
        return None
    known: dict[int, ProposalRow] = g.get("proposals_seen", {})
    return known.get(proposal_id)


def hold(proposal_id: int) -> Proposal:
    """A proposal's row, held until the transaction ends. Raises NotFound."""
    wanted = select(Proposal).where(Proposal.id == proposal_id).execution_options(populate_existing=True)
    row = db.session.scalar(wanted.with_for_update())
    if row is None:
        raise NotFound(N_("没有这件提案。可能是编号写错了。"))
    return row


def versions(proposal_id: int) -> list[Version]:
    """Every version of a proposal, the newest first, with why it was given back; one statement."""
    returned = and_(
        ProposalReturn.proposal_id == ProposalVersion.proposal_id, ProposalReturn.version == ProposalVersion.version
    )
    wanted = (
        select(
            ProposalVersion.version,
            ProposalVersion.title,
            ProposalVersion.body,
            ProposalVersion.budget,
            ProposalVersion.note,
            ProposalVersion.at,
            ProposalReturn.at.label("returned_at"),
            ProposalReturn.reason,
            ProposalReturn.wish,
        )
        .outerjoin(ProposalReturn, returned)
        .where(ProposalVersion.proposal_id == proposal_id)
        .order_by(ProposalVersion.version.desc())
    )
    return [
        Version(*row[:6], returned_at=row.returned_at, reason=row.reason or "", wish=row.wish or "")
        for row in db.session.execute(wanted)
    ]


def find_draft(community_id: int, account_id: int) -> Draft | None:
    """What somebody has not handed in yet."""
    row = db.session.get(ProposalDraft, (community_id, account_id), populate_existing=True)
    return Draft(row.title, row.body, row.budget, row.saves, row.at) if row else None
