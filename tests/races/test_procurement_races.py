"""Many at once: bids in the last second, two openings, two awards."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import HouseError
from app.journal.models import JournalEntry
from app.procurement import actions, queries, rules
from app.procurement.actions import Offer
from app.procurement.models import CURRENT, OPENED, Award, Bid, OpenedBid
from tests.conftest import Clock
from tests.stories import story
from tests.tendering import DECLARED, Tendering
from tests.together import together
from tests.world import World


@story()
def tendering(world: World, clock: Clock) -> Tendering:
    """A published tender with four organisations."""
    tendering = Tendering(world, clock).published()
    tendering.supplier(3)
    return tendering


def count(model: type, **by: object) -> int:
    """How many rows there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).filter_by(**by)) or 0


def test_one_organisation_that_hands_in_many_times_at_once_has_one_bid(app: Flask, tendering: Tendering) -> None:
    actor, organisation_id = tendering.supplier(0)

    def hand_in(number: int) -> str:
        offer = Offer(1000 + number, "方案", "团队", DECLARED)
        return actions.submit_bid(actor, tendering.tender_id, organisation_id, offer)

    codes = together(app, hand_in, 8)
    assert len(set(codes)) == 8
    assert count(Bid) == 8
    assert count(Bid, state=CURRENT) == 1
    db.session.rollback()
    sequences = sorted(db.session.scalars(select(Bid.sequence)))
    assert sequences == list(range(1, 9))


def test_a_bid_is_either_acknowledged_and_opened_or_refused(app: Flask, tendering: Tendering) -> None:
    tendering.bids()
    actor, organisation_id = tendering.supplier(3)
    deadline = queries.get_by_id(tendering.tender_id).deadline
    tendering.clock.set(deadline - timedelta(microseconds=1))

    def act(number: int) -> str:
        try:
            if number == 0:
                offer = Offer(1000, "方案", "团队", DECLARED)
                return actions.submit_bid(actor, tendering.tender_id, organisation_id, offer)
            tendering.after_deadline()
            return f"opened {actions.open_bids(tendering.secretary, tendering.tender_id)}"
        except HouseError:
            return "refused"

    answers = together(app, act, 2)
    db.session.rollback()
    if answers[1] == "refused":
        actions.open_bids(tendering.secretary, tendering.tender_id)
    opened = {bid.organisation_id for bid in queries.opened_bids(tendering.tender_id)}
    assert (organisation_id in opened) is (answers[0] != "refused")


def test_bids_are_opened_once_however_many_open(app: Flask, tendering: Tendering) -> None:
    tendering.bids().after_deadline()

    def open_one(number: int) -> int:
        return actions.open_due_bids() if number % 2 else actions.open_bids(tendering.secretary, tendering.tender_id)

    answers = together(app, open_one, 6)
    assert [answers[number] for number in (0, 2, 4)] == [3, 3, 3]
    assert count(OpenedBid) == 3
    assert count(JournalEntry, event="BidsOpened") == 1
    assert queries.get_by_id(tendering.tender_id).stage == OPENED


def test_questions_asked_at_once_have_numbers_of_their_own(app: Flask, tendering: Tendering) -> None:
    def ask(number: int) -> int:
        actor, organisation_id = tendering.suppliers[number % 4]
        return actions.ask_question(actor, tendering.tender_id, organisation_id, f"第{number}问")

    assert sorted(together(app, ask, 8)) == list(range(1, 9))


def test_two_that_award_at_once_award_once(app: Flask, tendering: Tendering) -> None:
    tendering.bids().opened().panel().scored().ranked()
    first = queries.ranks(tendering.tender_id)[0].bid.position
    secretary = tendering.secretary
    db.session.rollback()

    def award(_number: int) -> bool:
        try:
            actions.decide_award(secretary, tendering.tender_id, first)
        except HouseError:
            return False
        return True

    assert together(app, award, 4).count(True) == 1
    assert count(Award) == 1


def test_members_score_at_once_without_waiting_for_each_other(app: Flask, tendering: Tendering) -> None:
    tendering.bids().opened().panel()
    factors = [row.id for row in queries.criteria(tendering.tender_id) if row.kind != rules.PRICE]
    db.session.rollback()

    def score(number: int) -> None:
        for position in (1, 2, 3):
            actions.score_bid(tendering.experts[number], tendering.tender_id, position, dict.fromkeys(factors, 1000))
        actions.submit_scores(tendering.experts[number], tendering.tender_id)

    together(app, score, 5)
    db.session.rollback()
    tendering.ranked()
    assert [row.rank for row in queries.ranks(tendering.tender_id)] == [1, 2, 3]
