"""Bids, awards and contracts as OCDS and its bid extension write them."""

from datetime import datetime

from app.opendata.rules.facts import Award, Bid, Contract, Milestone, Process
from app.opendata.rules.objects import (
    Json,
    document,
    end_of,
    period,
    reference,
    score,
    stamp,
    start_of,
    value,
)
from app.opendata.rules.tender import ACTIVE, OPENED, status

PENDING, VALID, DISQUALIFIED = "pending", "valid", "disqualified"
SCHEDULED, MET = "scheduled", "met"


def bids_read(process: Process, opened_at: datetime) -> Json:
    """Whose bids were opened and at what price, in the order of receipt."""
    return {
        "statistics": [_count(process, "bids", len(process.bids), opened_at)],
        "details": [_bid(process, bid) for bid in process.bids],
    }


def tender_read(process: Process, opened_at: datetime) -> Json:
    """Who takes part, from the opening on."""
    return {
        **status(process, ACTIVE, OPENED),
        "numberOfTenderers": len(process.bids),
        "tenderers": [reference(bid.bidder) for bid in process.bids],
        "documents": [document(process, "opening", "", "开标记录", "/opening", opened_at)],
    }


def bids_counted(process: Process, at: datetime) -> Json:
    """How many bids came in, where none was opened."""
    return {"statistics": [_count(process, "bids", process.bidders or 0, at)]}


def bids_judged(process: Process, at: datetime, *, ranked: bool) -> Json:
    """Which bids were valid, and, once the result is public, their scores and ranks."""
    good = sum(bid.qualified is True for bid in process.bids)
    bad = sum(bid.qualified is False for bid in process.bids)
    return {
        "statistics": [
            _count(process, "bids", len(process.bids), process.opened_at or at),
            _count(process, "validBids", good, at),
            _count(process, "disqualifiedBidders", bad, at),
        ],
        "details": [{**_bid(process, bid), **_judged(bid, ranked=ranked)} for bid in process.bids],
    }


def _count(process: Process, measure: str, many: int, at: datetime) -> Json:
    return {"id": measure, "measure": measure, "value": many, "date": stamp(at, process.zone)}


def _bid(process: Process, bid: Bid) -> Json:
    return {
        "id": bid.code,
        "date": stamp(bid.received_at, process.zone),
        "status": PENDING,
        "tenderers": [reference(bid.bidder)],
        "value": value(bid.price) if bid.price else None,
    }


def _judged(bid: Bid, *, ranked: bool) -> Json:
    told: Json = {}
    if bid.qualified is not None:
        told["status"] = VALID if bid.qualified else DISQUALIFIED
    if bid.qualified is False:
        told["disqualificationReason"] = bid.reason
    if ranked and bid.rank is not None and bid.total is not None:
        told["rank"], told["score"] = bid.rank, score(bid.total)
        told["scoreExact"] = f"{bid.total.numerator}/{bid.total.denominator}"
    return told


def award_id(process: Process) -> str:
    """A tender has one award."""
    return f"{process.ocid}-award"


def award(process: Process, found: Award) -> Json:
    """The result, pending until nobody may challenge it any more."""
    zone = process.zone
    winner = next(bid for bid in process.bids if bid.code == found.bid)
    return {
        "id": award_id(process),
        "title": process.title,
        "description": found.reason,
        "status": PENDING,
        "date": stamp(found.decided_at, zone),
        "value": value(found.price),
        "suppliers": [reference(winner.bidder)],
        "relatedBid": found.bid,
        "documents": [document(process, "result", "awardNotice", "中标结果公告", "/result", found.published_at)],
        "noticePeriod": period(found.published_at, end_of(found.notice_until, zone), zone),
        "challengePeriod": period(found.published_at, end_of(found.challenge_until, zone), zone),
        "signingDeadline": stamp(end_of(found.sign_by, zone), zone),
    }


def contract(process: Process, found: Contract) -> Json:
    """What was signed, with every step still to be delivered."""
    zone = process.zone
    return {
        **_contract(process, found),
        "title": process.title,
        "status": ACTIVE,
        "period": period(start_of(found.starts_on, zone), end_of(found.ends_on, zone), zone),
        "value": value(found.amount),
        "dateSigned": stamp(found.signed_at, zone),
        "documents": [document(process, "contract", "contractNotice", "合同公告", "/contract", found.signed_at)],
        "implementation": {"milestones": [_milestone(process, found, step) for step in found.milestones]},
    }


def delivered(process: Process, found: Contract, step: Milestone, at: datetime) -> Json:
    """A step that was accepted."""
    met = {"status": MET, "description": step.note, "dateMet": stamp(at, process.zone)}
    told = {**_milestone(process, found, step), **met, "dateModified": stamp(at, process.zone)}
    return {**_contract(process, found), "implementation": {"milestones": [told]}}


def ended(process: Process, found: Contract) -> Json:
    """A contract whose every step was accepted."""
    return {**_contract(process, found), "status": "terminated"}


def _contract(process: Process, found: Contract) -> Json:
    return {"id": f"{process.ocid}-contract-{found.number}", "awardID": award_id(process)}


def _milestone(process: Process, found: Contract, step: Milestone) -> Json:
    zone = process.zone
    return {
        "id": str(step.position),
        "title": step.title,
        "type": "delivery",
        "dueDate": stamp(end_of(step.due_on, zone), zone),
        "status": SCHEDULED,
        "dateModified": stamp(found.signed_at, zone),
        "value": value(step.amount),
    }
