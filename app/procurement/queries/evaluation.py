"""The panel, the points that its members gave, and the ranking."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select

from app.core.db import db
from app.identity.queries import account_names
from app.procurement.models import BidRank, PanelMember, PanelScore, TenderCriterion
from app.procurement.queries.bids import Opened, opened_bids


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of a panel by name, for those who may know."""

    id: int
    account_id: int
    name: str
    kind: str
    chairs: bool
    conflicted: bool | None
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class RankRow:
    """One rank of the result: the bid, its exact total and its points for each factor."""

    rank: int
    bid: Opened
    total: Fraction
    factors: tuple[Fraction, ...]


def panel(tender_id: int) -> list[PanelMember]:
    """The seats of a panel, the chair first. For actions, and pages of those who may know."""
    wanted = select(PanelMember).filter_by(tender_id=tender_id)
    return list(db.session.scalars(wanted.order_by(PanelMember.chairs.desc(), PanelMember.id)))


def seats(tender_id: int) -> list[Seat]:
    """The panel by name: for its members and the buyer; for everybody once the result is published."""
    rows = panel(tender_id)
    names = account_names({row.account_id for row in rows})
    return [
        Seat(
            row.id,
            row.account_id,
            names.get(row.account_id, ""),
            row.kind,
            row.chairs,
            row.conflicted,
            row.submitted_at,
        )
        for row in rows
    ]


def find_seat(tender_id: int, account_id: int | None) -> PanelMember | None:
    """The seat of an account on a panel."""
    return db.session.scalar(select(PanelMember).filter_by(tender_id=tender_id, account_id=account_id))


def points_of(member_id: int) -> dict[tuple[str, int], PanelScore]:
    """The points that one member gave, by bid and factor."""
    rows = db.session.scalars(select(PanelScore).filter_by(member_id=member_id))
    return {(row.bid_id, row.criterion_id): row for row in rows}


def sheets(tender_id: int, factors: list[TenderCriterion]) -> dict[int, dict[tuple[str, int], int]]:
    """The points of every member as rules see them, by member: bid and position of the factor → 0.01 point."""
    place = {row.id: index for index, row in enumerate(factors)}
    found: dict[int, dict[tuple[str, int], int]] = {}
    for row in db.session.scalars(select(PanelScore).filter_by(tender_id=tender_id)):
        found.setdefault(row.member_id, {})[row.bid_id, place[row.criterion_id]] = row.points
    return found


def ranks(tender_id: int, opened: list[Opened] | None = None) -> list[RankRow]:
    """The ranking, best first; for the buyer and the panel, for everybody once the result is published."""
    wanted = select(BidRank).filter_by(tender_id=tender_id).order_by(BidRank.rank, BidRank.bid_id)
    rows = db.session.scalars(wanted).all()
    if not rows:
        return []
    bids = {bid.bid_id: bid for bid in (opened_bids(tender_id) if opened is None else opened)}
    return [
        RankRow(row.rank, bids[row.bid_id], Fraction(row.total), tuple(Fraction(one) for one in row.factors))
        for row in rows
    ]
