"""Handing in a sealed bid, replacing it, withdrawing it: all before the deadline, known to the bidder alone."""

import uuid

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.permissions import authorize
from app.core.secrets import paper_code, salt
from app.core.values import Actor, Refusal
from app.journal.actions import attach, record
from app.journal.events import Digest, ReceiptCode
from app.procurement import queries, rules
from app.procurement.actions.sealing import Address, Offer, bound, seal
from app.procurement.events import BidSubmitted, BidWithdrawn
from app.procurement.models import CURRENT, FAILED, REPLACED, WITHDRAWN, Bid, Tender
from app.procurement.permissions import SUBMIT_BID, WITHDRAW_BID


@transactional
def submit_bid(actor: Actor, tender_id: int, organisation_id: int, offer: Offer) -> str:
    """An organisation hands in its sealed bid before the deadline; a later one replaces it. Answers with the receipt's code.

    Many bidders share the tender; its opening waits for them. Raises Forbidden, NotFound, Refused.
    """
    tender = queries.locked_tender(tender_id, share=True)
    authorize(actor, SUBMIT_BID, tender.community_id)
    check(bidding_refusal(actor, tender, organisation_id))
    check(rules.price_refusal(offer.price, tender.ceiling))
    check(rules.declarations_refusal(offer.declarations))
    _shut(tender, organisation_id, REPLACED)
    address = Address(tender_id, organisation_id, queries.last_sequence(tender_id, organisation_id) + 1)
    body, secret, code = seal(offer, address), salt(), paper_code()
    event = BidSubmitted(tender.community_id, tender_id, ReceiptCode(code), Digest(bound(body, address, secret)))
    entry = record(event, actor, tender.matter, hold_until=tender.deadline)
    attach(entry, code)
    db.session.add(
        Bid(
            id=uuid.uuid4().hex,
            community_id=tender.community_id,
            tender_id=tender_id,
            organisation_id=organisation_id,
            sequence=address.sequence,
            state=CURRENT,
            body=body,
            code=code,
            salt=secret,
            account_id=actor.account_id,
            submitted_at=clock.now(),
            entry_id=entry,
        )
    )
    return code


@transactional
def withdraw_bid(actor: Actor, tender_id: int, organisation_id: int) -> None:
    """An organisation takes its bid back before the deadline; what was sealed is destroyed. Raises Forbidden, Refused."""
    tender = queries.locked_tender(tender_id, share=True)
    authorize(actor, WITHDRAW_BID, tender.community_id)
    check(bidding_refusal(actor, tender, organisation_id))
    bid = _shut(tender, organisation_id, WITHDRAWN)
    check(rules.withdrawal_refusal(bid is not None))
    assert bid is not None
    event = BidWithdrawn(tender.community_id, tender_id, ReceiptCode(bid.code))
    bid.withdrawal_entry_id = record(event, actor, tender.matter, hold_until=tender.deadline)


def bidding_refusal(actor: Actor, tender: Tender, organisation_id: int) -> Refusal | None:
    """Why this organisation cannot hand in or withdraw now; asked by the page and by the action."""
    return rules.speaker_refusal(actor.acts_as, organisation_id) or rules.bidding_refusal(
        clock.now(),
        tender.published_at,
        tender.deadline,
        tender.opened_at is not None,
        tender.stage if tender.stage == FAILED else "",
    )


def _shut(tender: Tender, organisation_id: int, state: str) -> Bid | None:
    """The bid that stood until now will not be opened: its body goes."""
    bid = queries.current_bid(tender.id, organisation_id)
    if bid is not None:
        bid.state, bid.body = state, b""
        db.session.flush()
    return bid
