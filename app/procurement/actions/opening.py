"""The opening: once, at the deadline, before everybody's eyes; and what the buyer then examines."""

from cryptography.exceptions import InvalidTag

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import HouseError, check
from app.core.logs import log_fault
from app.core.permissions import authorize
from app.core.values import Actor, the_house
from app.core.words import N_
from app.journal.actions import record
from app.journal.events import ReceiptCode
from app.procurement import queries, rules
from app.procurement.actions.sealing import Address, unseal
from app.procurement.events import BidQualified, BidsOpened, TenderFailed
from app.procurement.models import BIDDING, FAILED, OPENED, Bid, OpenedBid, Tender
from app.procurement.permissions import OPEN_BIDS, QUALIFY_BID

UNREADABLE = N_("封存的内容和递交时不一样，打不开。")


@transactional
def open_bids(actor: Actor, tender_id: int) -> int:
    """After the deadline all bids are opened together, once; with too few bidders none is, and the tender has failed.

    Answers how many bidders there were, also when it was done before. Raises Forbidden, NotFound, Refused.
    """
    tender = queries.locked_tender(tender_id)
    authorize(actor, OPEN_BIDS, tender.community_id)
    if tender.stage != BIDDING and tender.bidders is not None:
        return tender.bidders
    check(rules.step_refusal(tender.stage, BIDDING))
    check(rules.opening_refusal(clock.now(), tender.deadline))
    bids = queries.sealed_bids(tender_id)
    tender.bidders, tender.opened_at = len(bids), clock.now()
    basis = queries.basis(tender.community_id, clock.today(queries.zone_of(tender.community_id).key))
    if rules.bidders_refusal(len(bids), tender.method, tender.category, basis) is not None:
        tender.opened_at = None
        _fail(actor, tender, "bidders")
        return len(bids)
    for position, bid in enumerate(bids, start=1):
        db.session.add(_opened(bid, position))
    tender.stage = OPENED
    codes = tuple(ReceiptCode(bid.code) for bid in bids)
    record(BidsOpened(tender.community_id, tender_id, len(bids), codes), actor, tender.matter)
    return len(bids)


def open_due_bids() -> int:
    """Whatever is due is opened; a job that runs again and again. Answers how many tenders."""
    done = 0
    for tender_id in queries.due_openings(clock.now() - rules.GRACE):
        try:
            open_bids(the_house(queries.get_by_id(tender_id).community_id), tender_id)
            done += 1
        except HouseError as error:
            log_fault("procurement.open_bids", error)
    return done


@transactional
def qualify_bid(actor: Actor, tender_id: int, position: int, qualified: bool, reason: str = "") -> None:
    """The buyer examines whether a bidder is qualified; who is not is told why (87号令 44).

    When the last one is examined and too few are qualified, the tender has failed. Raises Forbidden, NotFound, Refused.
    """
    tender = queries.locked_tender(tender_id)
    authorize(actor, QUALIFY_BID, tender.community_id)
    check(rules.step_refusal(tender.stage, OPENED))
    check(rules.repanel_refusal(sum(seat.submitted_at is not None for seat in queries.panel(tender_id))))
    check(rules.reason_refusal(qualified, reason))
    bid = queries.get_opened(tender_id, position)
    bid.qualified, bid.reason = qualified, reason.strip()
    db.session.flush()
    opened = queries.opened_bids(tender_id)
    code = next(one.code for one in opened if one.position == position)
    record(BidQualified(tender.community_id, tender_id, ReceiptCode(code), qualified), actor, tender.matter)
    if rules.assessed_refusal([one.qualified for one in opened]) is None:
        basis = queries.basis(tender.community_id, clock.today(queries.zone_of(tender.community_id).key))
        good = sum(one.qualified is True for one in opened)
        if rules.qualified_refusal(good, tender.method, tender.category, basis) is not None:
            _fail(actor, tender, "qualified")


def _fail(actor: Actor, tender: Tender, why: str) -> None:
    tender.stage, tender.failed_at = FAILED, clock.now()
    event = TenderFailed(
        tender.community_id, tender.id, "bidders" if why == "bidders" else "qualified", tender.bidders or 0
    )
    record(event, actor, tender.matter)


def _opened(bid: Bid, position: int) -> OpenedBid:
    row = OpenedBid(
        bid_id=bid.id,
        community_id=bid.community_id,
        tender_id=bid.tender_id,
        organisation_id=bid.organisation_id,
        position=position,
        price=0,
        plan="",
        team="",
    )
    try:
        offer = unseal(bid.body, Address(bid.tender_id, bid.organisation_id, bid.sequence))
    except InvalidTag:
        # One bid that was tampered with must not keep the others shut.
        row.qualified, row.reason = False, UNREADABLE
        return row
    row.price, row.plan, row.team = offer.price, offer.plan, offer.team
    return row
