"""A matter goes through four deliberations and two publications, or ends at one of them."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.core.errors import Forbidden, NotFound, Refused
from app.core.house import timeline
from app.foursteps import actions, queries
from app.foursteps.rules import DECIDE, FAILED, PASSED, REVIEW, TELL_DECISION, TELL_RESULT, Figures
from app.journal.models import JournalEntry
from app.publication.queries import get_by_number as get_posting
from tests.conftest import Clock
from tests.world import World

TEXT = "把东侧空地改成口袋公园，花费从公共收益支出。"


def begin(world: World) -> int:
    return actions.begin_chain(world.actor("convener"), world.community_id, "东侧空地改口袋公园", TEXT)


def consult(world: World, number: int, clock: Clock, agreed: bool = True) -> None:
    actions.enter_consultation(world.actor("secretary"), world.community_id, number, clock.now.date(), agreed, TEXT)


def meet(world: World, number: int, clock: Clock, step: str, *figures: int) -> str:
    return actions.enter_meeting(
        world.actor("secretary"), world.community_id, number, step, clock.now.date(), Figures(*figures), TEXT
    )


def test_all_six_steps_lead_to_a_published_result(app: Flask, world: World, clock: Clock) -> None:
    number = begin(world)
    consult(world, number, clock)
    assert meet(world, number, clock, REVIEW, 30, 20, 15) == PASSED
    assert meet(world, number, clock, DECIDE, 100, 60, 31) == PASSED
    decision = actions.publish_step(world.actor("secretary"), world.community_id, number, TELL_DECISION, TEXT)
    with pytest.raises(Refused, match="期满以后"):
        actions.publish_step(world.actor("secretary"), world.community_id, number, TELL_RESULT, TEXT)
    clock.forward(days=8)
    result = actions.publish_step(world.actor("secretary"), world.community_id, number, TELL_RESULT, TEXT)
    chain = queries.get_chain(world.community_id, number)
    assert [step.step for step in chain.steps][-1] == TELL_RESULT
    assert not chain.failed
    posting = get_posting(world.community_id, decision)
    assert (posting.matter, posting.body, posting.days) == (chain.ref, TEXT, 7)
    assert get_posting(world.community_id, result).matter == chain.ref
    assert {station.name: station.state for station in timeline(chain.ref)}["resolve"] == "done"


def test_a_review_without_enough_members_ends_the_matter(app: Flask, world: World, clock: Clock) -> None:
    number = begin(world)
    consult(world, number, clock)
    assert meet(world, number, clock, REVIEW, 30, 19, 19) == FAILED
    with pytest.raises(Refused, match="到此为止"):
        meet(world, number, clock, DECIDE, 100, 60, 31)
    assert queries.get_chain(world.community_id, number).failed


def test_committees_that_do_not_agree_end_the_matter(app: Flask, world: World, clock: Clock) -> None:
    number = begin(world)
    consult(world, number, clock, agreed=False)
    with pytest.raises(Refused, match="到此为止"):
        meet(world, number, clock, REVIEW, 30, 20, 15)


def test_no_step_is_left_out_or_taken_twice(app: Flask, world: World, clock: Clock) -> None:
    number = begin(world)
    with pytest.raises(Refused, match="一步一步"):
        meet(world, number, clock, REVIEW, 30, 20, 15)
    consult(world, number, clock)
    with pytest.raises(Refused, match="一步一步"):
        consult(world, number, clock)


def test_a_decision_is_explained_for_ever_by_the_marks_of_its_day(app: Flask, world: World, clock: Clock) -> None:
    number = begin(world)
    consult(world, number, clock)
    meet(world, number, clock, REVIEW, 30, 20, 15)
    step = queries.get_chain(world.community_id, number).steps[-1]
    assert [(item.have, item.whole, item.holds) for item in step.explained] == [(20, 30, True), (15, 30, True)]
    assert {item.article for item in step.explained} == {"四议两公开"}


def test_who_may_not_lead_enters_nothing_and_nothing_is_half_done(app: Flask, world: World, clock: Clock) -> None:
    for role in ("member", "owner", "resident", "clerk", "auditor"):
        with pytest.raises(Forbidden):
            actions.begin_chain(world.actor(role), world.community_id, "口袋公园", TEXT)
    for title, text in (("", TEXT), ("口" * 61, TEXT), ("口袋公园", "短")):
        with pytest.raises(Refused):
            actions.begin_chain(world.actor("convener"), world.community_id, title, text)
    assert queries.chains(world.community_id) == []


def test_another_community_neither_sees_nor_touches_it(app: Flask, world: World, clock: Clock) -> None:
    number = begin(world)
    assert queries.chains(world.other_id) == []
    with pytest.raises(NotFound):
        actions.enter_consultation(world.actor("secretary"), world.other_id, number, clock.now.date(), True, TEXT)


def test_the_record_holds_figures_and_hashes_and_no_words(app: Flask, world: World, clock: Clock) -> None:
    number = begin(world)
    consult(world, number, clock)
    meet(world, number, clock, REVIEW, 30, 20, 15)
    told = " ".join(db.session.scalars(select(JournalEntry.text).filter_by(event="FourStepTaken")))
    assert '"agreed":15' in told
    assert "口袋公园" not in told
