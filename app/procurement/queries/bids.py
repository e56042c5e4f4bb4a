"""Bids: one's own receipt before the opening, and what was opened after it; nothing else, for nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import NotFound
from app.core.words import N_
from app.organisations.queries import organisations
from app.procurement.models import CURRENT, WITHDRAWN, Bid, OpenedBid


@dataclass(frozen=True, slots=True)
class BidReceipt:
    """What a bidder may see of its own sealed bid."""

    organisation_id: int
    organisation: str
    sequence: int
    code: str
    submitted_at: datetime
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A bid as it was opened: `position` in the order of receipt, price in fen, qualified or not (None: not yet said)."""

    bid_id: str
    position: int
    organisation_id: int
    organisation: str
    credit_code: str
    price: int
    plan: str
    team: str
    qualified: bool | None
    reason: str
    code: str
    submitted_at: datetime


def receipts(tender_id: int, organisation_ids: Sequence[int]) -> list[BidReceipt]:
    """The last bid of each of one's own organisations, withdrawn or not."""
    if not organisation_ids:
        return []
    last = (
        select(Bid.organisation_id, func.max(Bid.sequence).label("sequence"))
        .where(Bid.tender_id == tender_id, Bid.organisation_id.in_(organisation_ids))
        .group_by(Bid.organisation_id)
        .subquery()
    )
    wanted = select(Bid).where(
        Bid.tender_id == tender_id,
        Bid.organisation_id == last.c.organisation_id,
        Bid.sequence == last.c.sequence,
    )
    rows = db.session.scalars(wanted.order_by(Bid.organisation_id)).all()
    names = organisations(row.organisation_id for row in rows)
    return [
        BidReceipt(
            row.organisation_id,
            names[row.organisation_id].name,
            row.sequence,
            row.code,
            row.submitted_at,
            row.state == WITHDRAWN,
        )
        for row in rows
    ]


def current_bid(tender_id: int, organisation_id: int) -> Bid | None:
    """The bid of an organisation that would be opened. For actions only."""
    wanted = select(Bid).filter_by(tender_id=tender_id, organisation_id=organisation_id, state=CURRENT)
    return db.session.scalar(wanted)


def last_sequence(tender_id: int, organisation_id: int) -> int:
    """How often an organisation has handed in. For actions only."""
    wanted = select(func.max(Bid.sequence)).filter_by(tender_id=tender_id, organisation_id=organisation_id)
    return db.session.scalar(wanted) or 0


def sealed_bids(tender_id: int) -> list[Bid]:
    """The bids that are to be opened, in the order of receipt. For the opening only."""
    wanted = select(Bid).filter_by(tender_id=tender_id, state=CURRENT).order_by(Bid.submitted_at, Bid.id)
    return list(db.session.scalars(wanted))


def held_entries(tender_id: int) -> list[int]:
    """The entries of the record that wait for the deadline of a tender. For actions only."""
    rows = db.session.execute(select(Bid.entry_id, Bid.withdrawal_entry_id).filter_by(tender_id=tender_id))
    return [entry for row in rows for entry in row if entry is not None]


def opened_bids(tender_id: int) -> list[Opened]:
    """What was opened, in the order of receipt: empty until the opening."""
    wanted = (
        select(OpenedBid, Bid.code, Bid.submitted_at)
        .join(Bid, Bid.id == OpenedBid.bid_id)
        .where(OpenedBid.tender_id == tender_id)
        .order_by(OpenedBid.position)
    )
    rows = db.session.execute(wanted).all()
    known = organisations(row[0].organisation_id for row in rows)
    return [_opened(bid, known[bid.organisation_id], code, at) for bid, code, at in rows]


def get_opened(tender_id: int, position: int) -> OpenedBid:
    """One opened bid of a tender. Raises NotFound."""
    row = db.session.scalar(select(OpenedBid).filter_by(tender_id=tender_id, position=position))
    if row is None:
        raise NotFound(N_("没有这份标书。"))
    return row


def _opened(bid: OpenedBid, organisation: object, code: str, at: datetime) -> Opened:
    return Opened(
        bid.bid_id,
        bid.position,
        bid.organisation_id,
        getattr(organisation, "name", ""),
        getattr(organisation, "credit_code", ""),
        bid.price,
        bid.plan,
        bid.team,
        bid.qualified,
        bid.reason,
        code,
        at,
    )
