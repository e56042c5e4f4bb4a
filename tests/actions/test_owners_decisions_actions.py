"""What the owners decide has effect; what was annulled has none; and a vote may be held again."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock as house_clock
from app.core.db import db
from app.core.errors import Forbidden, Refused
from app.core.house import timeline
from app.core.law.rows import law_row
from app.core.values import Ref, the_house
from app.council import queries as council
from app.journal.models import JournalEntry
from app.procurement import actions as buying
from app.procurement.queries import find_mandate, mandates
from app.proposals import rules
from app.proposals.queries import get_by_number
from app.voting import actions, queries
from app.voting.rules import owners_terms
from tests.actions.test_council_crossings_actions import admitted, held_on
from tests.conftest import Clock
from tests.council_world import CEILING
from tests.polls import TODAY, open_council, open_owners, units, voter
from tests.world import World

REASON = "两栋楼的选票没有送达，通知也少了三天，程序不合规定。"


def advised(world: World) -> Ref:
    """A proposal on which the council advised the owners, with money."""
    matter = admitted(world, owners_matter=5)
    held = held_on(world)
    held.vote(held.ready())
    held.close()
    return matter


def vote(world: World, clock: Clock, matter: Ref, yes: int, no: int = 0, succeeds: int | None = None) -> int:
    """The owners of ten units vote on a matter, and the outcome is declared. Answers with the poll."""
    now, roll = house_clock.now(), units(1, 10)
    window = (now + timedelta(minutes=1), now + timedelta(days=5))
    terms = owners_terms(5, TODAY, law_row)
    actor = world.actor("secretary")
    poll_id = actions.announce_poll(actor, world.community_id, matter, "同意吗？", terms, *window, succeeds)
    clock.forward(minutes=1)
    actions.freeze_roll(actor, poll_id, roll)
    for place, entry in enumerate(roll[: yes + no]):
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, "yes" if place < yes else "no")
    clock.forward(days=5, minutes=1)
    actions.declare_outcome(poll_id)
    return poll_id


def state(world: World) -> str:
    return get_by_number(world.community_id, 1).state


def test_the_councils_advice_settles_nothing_and_the_owners_vote_does(app: Flask, world: World, clock: Clock) -> None:
    matter = advised(world)
    assert state(world) == rules.ADMITTED
    poll_id = vote(world, clock, matter, yes=8)
    assert state(world) == rules.ADOPTED
    mandate = find_mandate(world.community_id, Ref("poll", poll_id))
    assert mandate is not None
    assert (mandate.ceiling, mandate.matter) == (CEILING, matter)
    assert {station.name: station.state for station in timeline(matter)}["vote"] == "done"


def test_what_the_owners_reject_is_rejected_and_nothing_is_bought(app: Flask, world: World, clock: Clock) -> None:
    matter = advised(world)
    vote(world, clock, matter, yes=4, no=4)
    assert state(world) == rules.REJECTED
    assert mandates(world.community_id) == []


def test_without_enough_owners_nothing_is_decided_and_they_may_be_asked_again(
    app: Flask, world: World, clock: Clock
) -> None:
    matter = advised(world)
    vote(world, clock, matter, yes=6)
    assert state(world) == rules.ADMITTED
    vote(world, clock, matter, yes=7)
    assert state(world) == rules.ADOPTED


def test_without_advice_the_owners_decide_all_the_same_and_give_no_mandate(
    app: Flask, world: World, clock: Clock
) -> None:
    matter = admitted(world, owners_matter=5)
    vote(world, clock, matter, yes=9)
    assert state(world) == rules.ADOPTED
    assert council.find_advice(world.community_id, matter, 5) is None
    assert mandates(world.community_id) == []


def test_an_annulled_vote_takes_back_what_it_caused_and_stays_readable(app: Flask, world: World, clock: Clock) -> None:
    matter = advised(world)
    poll_id = vote(world, clock, matter, yes=8)
    [mandate] = mandates(world.community_id, unused=True)
    actions.annul_poll(world.actor("convener"), poll_id, REASON)
    assert state(world) == rules.ADMITTED
    assert mandates(world.community_id, unused=True) == []
    draft = buying.TenderDraft(title="买", ceiling=1, deadline=house_clock.now() + timedelta(days=30), criteria=())
    with pytest.raises(Refused, match="已经撤销"):
        buying.draft_tender(world.actor("secretary"), world.community_id, mandate.id, draft)
    poll = queries.get_poll(poll_id)
    assert (poll.outcome, poll.annulled_at) == ("adopted", house_clock.now())
    assert queries.get_annulment(poll_id).reason == REASON
    assert {station.name: station.state for station in timeline(matter)}["vote"] != "done"
    told = " ".join(db.session.scalars(select(JournalEntry.text)))
    assert REASON not in told
    assert "PollAnnulled" in told


def test_a_vote_is_held_again_once_after_it_was_annulled(app: Flask, world: World, clock: Clock) -> None:
    matter = advised(world)
    poll_id = vote(world, clock, matter, yes=8)
    with pytest.raises(Refused, match="没有撤销"):
        vote(world, clock, matter, yes=8, succeeds=poll_id)
    actions.annul_poll(world.actor("convener"), poll_id, REASON)
    again = vote(world, clock, matter, yes=8, succeeds=poll_id)
    assert queries.get_annulment(poll_id).again == queries.get_poll(again).number
    assert state(world) == rules.ADOPTED
    with pytest.raises(Refused, match="已经安排"):
        vote(world, clock, matter, yes=8, succeeds=poll_id)


def test_annulling_a_vote_that_decided_nothing_leaves_another_decision_alone(
    app: Flask, world: World, clock: Clock
) -> None:
    matter = advised(world)
    first = vote(world, clock, matter, yes=6)
    vote(world, clock, matter, yes=8)
    actions.annul_poll(world.actor("convener"), first, REASON)
    assert state(world) == rules.ADOPTED


def test_after_it_was_annulled_a_running_vote_takes_no_ballot_and_gets_no_outcome(
    app: Flask, world: World, clock: Clock
) -> None:
    clock.set(house_clock.tick())
    roll = units(1, 3)
    poll_id = open_owners(world, roll)
    actions.cast_ballot(voter(roll[0], world), poll_id, roll[0].key, "yes")
    actions.annul_poll(world.actor("convener"), poll_id, REASON)
    for act in (
        lambda: actions.cast_ballot(voter(roll[1], world), poll_id, roll[1].key, "yes"),
        lambda: actions.issue_papers(world.actor("secretary"), poll_id, "unit"),
        lambda: actions.annul_poll(world.actor("convener"), poll_id, REASON),
    ):
        with pytest.raises(Refused, match="撤销"):
            act()
    clock.forward(days=11)
    assert actions.declare_due() == 0
    with pytest.raises(Refused):
        actions.declare_outcome(poll_id)
    assert queries.get_poll(poll_id).outcome is None


def test_only_the_convener_annuls_and_never_without_a_reason(app: Flask, world: World, clock: Clock) -> None:
    clock.set(house_clock.tick())
    poll_id = open_owners(world, units(1, 1))
    for role in ("secretary", "clerk", "member", "owner", "auditor"):
        with pytest.raises(Forbidden):
            actions.annul_poll(world.actor(role), poll_id, REASON)
    for reason in ("", "   错了   ", "字" * 1001):
        with pytest.raises(Refused):
            actions.annul_poll(world.actor("convener"), poll_id, reason)
    with pytest.raises(Refused, match="四方会议"):
        actions.annul_poll(the_house(world.community_id), open_council(world), REASON)
