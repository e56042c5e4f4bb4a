"""Lists of proposals by where they stand, page by page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select, union_all

from app.core.db import built, columns
from app.core.memory import rows
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
    return ListedProposal(
        row.id,
        row.number,
        row.title,
        excerpt(row.excerpt),
        row.label,
        row.submitted_at,
        row.supports_now,
        row.comments,
        state(facts_of(row)),
        row.settled_at,
    )


def excerpt(begun: str) -> str:
    """How a text begins, on one line."""
    line = " ".join(begun.split())
    return line if len(begun) < EXCERPT else f"{line[: EXCERPT - 1]}…"


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
    found = rows(_page(tab, before is not None), **values)
    return [listed(row) for row in found[:limit]], found[limit - 1].number if len(found) > limit else None


@dataclass(frozen=True, slots=True)
class Overview:
    """What is under way, on the agenda or before it, what was decided last, and what some proposals are called."""

    living: list[ListedProposal]
    settled: list[ListedProposal]
    titles: Mapping[int, str]


def overview(community_id: int, limit: int = 4, named: Collection[int] = ()) -> Overview:
    """What is under way and what was decided last, the newest first, and what `named` are called; one statement."""
    found = columns(built(_overview), {"here": community_id, "most": limit, "named": list(named)})
    living = [row for row in found if row.settled_at is None and row.withdrawn_at is None]
    settled = sorted((row for row in found if row.settled_at is not None), key=lambda row: row.settled_at, reverse=True)
    titles = {row.id: row.title for row in found}
    return Overview([*map(listed, living[:limit])], [*map(listed, settled[:limit])], titles)


def _overview(here: Any, most: Any, named: Any) -> Select[Any]:
    ids, mine = select(Proposal.id), Proposal.community_id == here
    living = ids.where(mine, LIVES).order_by(Proposal.number.desc()).limit(most).subquery()
    settled = ids.where(mine, SETTLED).order_by(Proposal.settled_at.desc()).limit(most).subquery()
    shown = union_all(select(living.c.id), select(settled.c.id), ids.where(mine, Proposal.id.in_(named)))
    return LISTED.where(Proposal.id.in_(shown)).order_by(Proposal.number.desc())
