"""Lists of proposals by where they stand, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.core.db import db
from app.proposals.models import ON_AGENDA, SETTLED, Proposal
from app.proposals.models import TALKED as IS_TALKED
from app.proposals.queries.single import facts_of
from app.proposals.rules import state

TALKED, AGENDA, DONE, ALL = "talked", "agenda", "done", "all"
TABS: Mapping[str, ColumnElement[bool] | None] = {TALKED: IS_TALKED, AGENDA: ON_AGENDA, DONE: SETTLED, ALL: None}
PAGE = 25
EXCERPT = 90
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
)


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
        state(facts_of(row)),
        row.settled_at,
    )


def proposals(
    community_id: int, tab: str = TALKED, before: int | None = None, limit: int = PAGE
) -> tuple[list[ListedProposal], int | None]:
    """One page of a community's proposals, the newest first, and the number before which the next begins.

    One statement, by an index of its own for each tab.
    """
    wanted = select(*COLUMNS).where(Proposal.community_id == community_id)
    condition = TABS[tab]
    if condition is not None:
        wanted = wanted.where(condition)
    if before is not None:
        wanted = wanted.where(Proposal.number < before)
    rows = db.session.execute(wanted.order_by(Proposal.number.desc()).limit(limit + 1)).all()
    return [listed(row) for row in rows[:limit]], rows[limit - 1].number if len(rows) > limit else None


def recently_settled(community_id: int, limit: int = 4) -> list[ListedProposal]:
    """What was decided last; one statement."""
    wanted = select(*COLUMNS).where(Proposal.community_id == community_id, SETTLED)
    rows = db.session.execute(wanted.order_by(Proposal.settled_at.desc()).limit(limit))
    return [listed(row) for row in rows]
