"""Lists of proposals by where they stand, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from app.core.db import db
from app.discussion.queries import joined_thread
from app.proposals.models import LIVES, ON_AGENDA, SETTLED, Proposal
from app.proposals.models import TALKED as IS_TALKED
from app.proposals.queries.single import facts_of
from app.proposals.rules import state

TALKED, AGENDA, DONE, ALL = "talked", "agenda", "done", "all"
TABS: Mapping[str, ColumnElement[bool] | None] = {TALKED: IS_TALKED, AGENDA: ON_AGENDA, DONE: SETTLED, ALL: None}
PAGE = 25
EXCERPT = 90
THREADS, ITS_THREAD = joined_thread("proposal", Proposal.id)
COLUMNS = (
    Proposal.id,
    Proposal.number,
    Proposal.title,
    func.substr(Proposal.body, 1, EXCERPT).label("excerpt"),
    Proposal.label,
    Proposal.submitted_at,
    Proposal.supports_now,
    Proposal.reached_at,
    Proposal.returned_at,
    Proposal.admitted_at,
    Proposal.withdrawn_at,
    Proposal.settled_at,
    Proposal.outcome,
    (THREADS.c.pros + THREADS.c.cons + THREADS.c.others).label("comments"),
)
LISTED = select(*COLUMNS).join(THREADS, ITS_THREAD)


@dataclass(frozen=True, slots=True)
class ListedProposal:
    """A proposal as a line of a list; `excerpt` is how its text begins, on one line."""

    id: int
    number: int
    title: str
    excerpt: str
    label: str
    at: datetime
    supports: int
    comments: int
    state: str
    settled_at: datetime | None


def listed(row: Any) -> ListedProposal:
    """A line from its row."""
    excerpt = " ".join(row.excerpt.split())
    return ListedProposal(
        row.id,
        row.number,
        row.title,
        excerpt if len(row.excerpt) < EXCERPT else f"{excerpt[: EXCERPT - 1]}…",
        row.label,
        row.submitted_at,
        row.supports_now,
        row.comments,
        state(facts_of(row)),
        row.settled_at,
    )


@cache
def _page(tab: str, further: bool) -> Select[Any]:
    """A page of a tab in `here`, at most `most`, from before `place` on: one statement, by an index of its own."""
    wanted = LISTED.where(Proposal.community_id == bindparam("here"))
    condition = TABS[tab]
    if condition is not None:
        wanted = wanted.where(condition)
    if further:
        wanted = wanted.where(Proposal.number < bindparam("place"))
    return wanted.order_by(Proposal.number.desc()).limit(bindparam("most"))


def proposals(
    community_id: int, tab: str = TALKED, before: int | None = None, limit: int = PAGE
) -> tuple[list[ListedProposal], int | None]:
    """One page of a community's proposals, the newest first, and the number before which the next begins."""
    values = {"here": community_id, "most": limit + 1, **({} if before is None else {"place": before})}
    rows = db.session.execute(_page(tab, before is not None), values).all()
    return [listed(row) for row in rows[:limit]], rows[limit - 1].number if len(rows) > limit else None


def living(community_id: int, limit: int = 4) -> list[ListedProposal]:
    """What is under way, on the agenda or before it, the newest first; one statement."""
    wanted = LISTED.where(Proposal.community_id == community_id, LIVES)
    rows = db.session.execute(wanted.order_by(Proposal.number.desc()).limit(limit))
    return [listed(row) for row in rows]


def recently_settled(community_id: int, limit: int = 4) -> list[ListedProposal]:
    """What was decided last; one statement."""
    wanted = LISTED.where(Proposal.community_id == community_id, SETTLED)
    rows = db.session.execute(wanted.order_by(Proposal.settled_at.desc()).limit(limit))
    return [listed(row) for row in rows]
