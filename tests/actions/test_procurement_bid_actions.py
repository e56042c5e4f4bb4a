"""Sealed bids: in before the deadline, shut until the opening, opened once and together."""

from datetime import datetime, timedelta

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy import select, update

from app.core.db import db
from app.core.errors import Forbidden, NotFound, Refused
from app.core.values import ANYONE, the_house
from app.journal.actions import settle
from app.journal.models import JournalEntry
from app.journal.queries import get_receipt
from app.procurement import actions, queries, rules
from app.procurement.actions import Address, Offer, seal, unseal
from app.procurement.models import FAILED, OPENED, Bid
from tests.conftest import Clock
from tests.stories import story
from tests.tendering import CEILING, DECLARED, SECRET_WORDS, ZONE, Tendering
from tests.world import World

OFFER = Offer(26_000_000, "方案", "团队", DECLARED)


@story()
def tendering(world: World, clock: Clock) -> Tendering:
    """A published tender."""
    return Tendering(world, clock).published()


def test_a_sealed_bid_opens_with_its_own_address_only(app: Flask) -> None:
    body = seal(OFFER, Address(1, 2, 3))
    assert unseal(body, Address(1, 2, 3)) == OFFER
    for other in (Address(9, 2, 3), Address(1, 9, 3), Address(1, 2, 9)):
        with pytest.raises(InvalidTag):
            unseal(body, other)
    with pytest.raises(InvalidTag):
        unseal(body[:-1] + bytes([body[-1] ^ 1]), Address(1, 2, 3))


def test_a_bid_opens_after_its_key_was_changed_for_a_newer_one(app: Flask) -> None:
    body = seal(OFFER, Address(1, 2, 3))
    app.config["SECRETS"] = {**app.config["SECRETS"], "BID_KEY": f"a-newer-key,{app.config['SECRETS']['BID_KEY']}"}
    assert unseal(body, Address(1, 2, 3)) == OFFER
    app.config["SECRETS"] = {**app.config["SECRETS"], "BID_KEY": "quite-another-key"}
    with pytest.raises(InvalidTag):
        unseal(body, Address(1, 2, 3))


def test_nothing_of_a_bid_lies_readable_in_the_database(tendering: Tendering) -> None:
    tendering.bid(0)
    [bid] = db.session.scalars(select(Bid)).all()
    assert SECRET_WORDS.encode() not in bid.body
    assert b"26000000" not in bid.body
    assert len(bid.id) == 32


def test_a_bidder_sees_its_receipt_and_nobody_else_sees_anything(tendering: Tendering) -> None:
    code = tendering.bid(0)
    _actor, organisation_id = tendering.supplier(0)
    [receipt] = queries.receipts(tendering.tender_id, [organisation_id])
    assert (receipt.code, receipt.sequence, receipt.withdrawn) == (code, 1, False)
    assert queries.receipts(tendering.tender_id, [tendering.supplier(1)[1]]) == []
    assert queries.opened_bids(tendering.tender_id) == []


def test_a_later_bid_replaces_the_earlier_and_destroys_it(tendering: Tendering) -> None:
    first = tendering.bid(0, 27_000_000)
    second = tendering.bid(0, 26_000_000)
    assert first != second
    rows = db.session.scalars(select(Bid).order_by(Bid.sequence)).all()
    assert [(row.sequence, row.state, bool(row.body)) for row in rows] == [(1, "replaced", False), (2, "current", True)]


def test_a_bid_is_withdrawn_and_may_come_again(tendering: Tendering) -> None:
    actor, organisation_id = tendering.supplier(0)
    tendering.bid(0)
    actions.withdraw_bid(actor, tendering.tender_id, organisation_id)
    assert queries.receipts(tendering.tender_id, [organisation_id])[0].withdrawn
    with pytest.raises(Refused, match="没有可以撤回"):
        actions.withdraw_bid(actor, tendering.tender_id, organisation_id)
    tendering.bid(0)
    assert queries.receipts(tendering.tender_id, [organisation_id])[0].sequence == 2


def test_only_who_acts_for_an_organisation_bids_for_it(tendering: Tendering) -> None:
    _actor, organisation_id = tendering.supplier(0)
    other, _number = tendering.supplier(1)
    with pytest.raises(Refused, match="不能替它"):
        actions.submit_bid(other, tendering.tender_id, organisation_id, OFFER)
    with pytest.raises(Refused, match="登记您的机构"):
        actions.submit_bid(tendering.world.actor("supplier"), tendering.tender_id, organisation_id, OFFER)
    with pytest.raises(Forbidden):
        actions.submit_bid(ANYONE, tendering.tender_id, organisation_id, OFFER)


@pytest.mark.parametrize(
    ("offer", "words"),
    [
        (Offer(CEILING + 1, "方案", "团队", DECLARED), "高于最高限价"),
        (Offer(0, "方案", "团队", DECLARED), "大于0元"),
        (Offer(-1, "方案", "团队", DECLARED), "大于0元"),
        (Offer(1, "方案", "团队", DECLARED[1:]), "声明"),
    ],
)
def test_an_offer_that_would_be_void_is_refused_at_once(tendering: Tendering, offer: Offer, words: str) -> None:
    actor, organisation_id = tendering.supplier(0)
    with pytest.raises(Refused, match=words):
        actions.submit_bid(actor, tendering.tender_id, organisation_id, offer)


def test_the_last_instant_is_in_time_and_the_deadline_is_not(tendering: Tendering) -> None:
    deadline = queries.get_by_id(tendering.tender_id).deadline
    tendering.supplier(0)
    tendering.clock.set(deadline - timedelta(microseconds=1))
    tendering.bid(0)
    tendering.clock.set(deadline)
    with pytest.raises(Refused, match="截止"):
        tendering.bid(0)
    actor, organisation_id = tendering.supplier(0)
    with pytest.raises(Refused, match="截止"):
        actions.withdraw_bid(actor, tendering.tender_id, organisation_id)


def test_nothing_is_opened_before_the_deadline_by_anyone(tendering: Tendering) -> None:
    tendering.bids()
    for seconds in (-1, 0, 29):
        tendering.after_deadline(seconds)
        for actor in (tendering.secretary, the_house(tendering.world.community_id)):
            with pytest.raises(Refused):
                actions.open_bids(actor, tendering.tender_id)
    assert queries.opened_bids(tendering.tender_id) == []


def test_the_opening_reads_every_bid_in_the_order_of_receipt(tendering: Tendering) -> None:
    tendering.bid(1, 28_000_000)
    tendering.clock.forward(hours=1)
    tendering.bid(0, 26_000_000)
    tendering.clock.forward(hours=1)
    tendering.bid(2, 27_000_000)
    tendering.bid(1, 27_500_000)
    tendering.after_deadline()
    assert actions.open_bids(tendering.secretary, tendering.tender_id) == 3
    opened = queries.opened_bids(tendering.tender_id)
    assert sorted(bid.price for bid in opened) == [26_000_000, 27_000_000, 27_500_000]
    assert [bid.submitted_at for bid in opened] == sorted(bid.submitted_at for bid in opened)
    assert all(SECRET_WORDS in bid.plan for bid in opened)


def test_opening_again_changes_nothing(tendering: Tendering) -> None:
    tendering.bids().after_deadline()
    assert [actions.open_bids(tendering.secretary, tendering.tender_id) for _ in range(3)] == [3, 3, 3]
    entries = db.session.scalars(select(JournalEntry).filter_by(event="BidsOpened")).all()
    assert len(entries) == 1


def test_the_job_opens_what_is_due_and_nothing_else(tendering: Tendering) -> None:
    tendering.bids().after_deadline(29)
    assert actions.open_due_bids() == 0
    tendering.after_deadline(30)
    assert actions.open_due_bids() == 1
    assert actions.open_due_bids() == 0
    assert queries.get_by_id(tendering.tender_id).stage == OPENED


@pytest.mark.parametrize("bidders", [0, 1, 2])
def test_with_fewer_than_three_bidders_nothing_is_opened_and_the_tender_fails(
    tendering: Tendering, bidders: int
) -> None:
    for index in range(bidders):
        tendering.bid(index)
    tendering.after_deadline()
    assert actions.open_bids(tendering.secretary, tendering.tender_id) == bidders
    row = queries.get_by_id(tendering.tender_id)
    assert (row.stage, row.opened_at, row.bidders) == (FAILED, None, bidders)
    assert queries.opened_bids(tendering.tender_id) == []
    with pytest.raises(Refused):
        tendering.bid(0)
    tendering.clock.forward(days=1)
    tendering.drafted(deadline=datetime(2026, 5, 30, 10, tzinfo=ZONE))
    assert tendering.number == 2


def test_a_withdrawn_bid_does_not_count(tendering: Tendering) -> None:
    tendering.bids()
    actor, organisation_id = tendering.supplier(2)
    actions.withdraw_bid(actor, tendering.tender_id, organisation_id)
    tendering.after_deadline()
    assert actions.open_bids(tendering.secretary, tendering.tender_id) == 2
    assert queries.get_by_id(tendering.tender_id).stage == FAILED


def test_a_consultation_for_services_opens_with_two(app: Flask, world: World, clock: Clock) -> None:
    tendering = Tendering(world, clock).published(
        method=rules.CONSULTATION, deadline=datetime(2026, 3, 13, 10, tzinfo=ZONE)
    )
    tendering.bid(0)
    tendering.bid(1)
    tendering.after_deadline()
    actions.open_bids(tendering.secretary, tendering.tender_id)
    assert queries.get_by_id(tendering.tender_id).stage == OPENED


def test_one_bid_that_was_tampered_with_does_not_keep_the_others_shut(tendering: Tendering) -> None:
    tendering.bids()
    _actor, organisation_id = tendering.supplier(0)
    db.session.execute(update(Bid).where(Bid.organisation_id == organisation_id).values(body=b"x" * 60))
    db.session.commit()
    tendering.after_deadline()
    actions.open_bids(tendering.secretary, tendering.tender_id)
    found = {bid.organisation_id: bid for bid in queries.opened_bids(tendering.tender_id)}
    assert found[organisation_id].qualified is False
    assert sum(bid.qualified is None for bid in found.values()) == 2


def test_residents_and_suppliers_do_not_open(tendering: Tendering) -> None:
    tendering.bids().after_deadline()
    for actor in (tendering.world.actor("resident"), tendering.supplier(0)[0]):
        with pytest.raises(Forbidden):
            actions.open_bids(actor, tendering.tender_id)


def test_the_record_says_nothing_of_bids_before_the_deadline_and_everything_after(tendering: Tendering) -> None:
    code = tendering.bid(0)
    settle()
    assert _public_events() == ["MandateGranted", "TenderDrafted", "TenderPublished"]
    tendering.after_deadline()
    settle()
    assert "BidSubmitted" in _public_events()
    assert get_receipt(tendering.world.community_id, code).proof is not None


def test_a_moved_deadline_keeps_bids_out_of_the_record_for_longer(tendering: Tendering) -> None:
    tendering.bid(0)
    actor, organisation_id = tendering.supplier(1)
    tendering.bid(1)
    actions.withdraw_bid(actor, tendering.tender_id, organisation_id)
    before = queries.get_by_id(tendering.tender_id).deadline
    number = actions.ask_question(actor, tendering.tender_id, organisation_id, "？")
    tendering.clock.set(datetime(2026, 3, 27, 9, tzinfo=ZONE))
    moved = actions.answer_question(tendering.secretary, tendering.tender_id, number, "改了", affects_bids=True)
    assert moved is not None
    assert moved > before
    tendering.clock.set(before + timedelta(minutes=5))
    settle()
    assert not {"BidSubmitted", "BidWithdrawn"} & set(_public_events())
    tendering.clock.set(moved)
    settle()
    assert {"BidSubmitted", "BidWithdrawn"} <= set(_public_events())


def test_a_bid_of_another_tender_is_not_found(tendering: Tendering) -> None:
    tendering.bids().opened()
    with pytest.raises(NotFound):
        actions.qualify_bid(tendering.secretary, tendering.tender_id, 9, True)


def _public_events() -> list[str]:
    rows = db.session.scalars(select(JournalEntry).where(JournalEntry.log_index.is_not(None)).order_by(JournalEntry.id))
    return [row.event for row in rows if row.event != "RoleGranted"]
