"""A community's own days off and made-up days: published, withdrawn, and followed by every term."""

import json
from datetime import date, timedelta

import pytest
from flask import Flask

from app.bylaws.actions import publish_days, withdraw_days
from app.bylaws.queries import own_days, workdays
from app.core.errors import Forbidden, NotFound, Refused
from app.core.law import law_row
from app.procurement.queries import basis
from app.proposals.queries import admission_due
from app.publication.actions import publish_posting
from app.publication.queries import get_by_id
from app.publication.rules import GENERAL, LAW_KEYS, Draft
from tests.conftest import MORNING, Clock
from tests.world import World

TODAY, FRIDAY, SATURDAY = date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 7)


def _publish(
    world: World, first: date, last: date | None = None, *, works: bool = False, role: str = "convener"
) -> int:
    return publish_days(
        world.actor(role), world.community_id, first, last or first, works, "区政府通知3号", "停电检修，都不上班"
    )


def test_days_hold_here_alone_and_the_latest_word_holds(app: Flask, world: World, clock: Clock) -> None:
    _publish(world, FRIDAY, SATURDAY)
    clock.forward(minutes=1)
    _publish(world, SATURDAY, works=True)
    here = workdays(world.community_id)
    assert (here.is_workday(FRIDAY), here.is_workday(SATURDAY)) == (False, True)
    assert workdays(world.other_id).is_workday(FRIDAY)
    assert not workdays(world.other_id).is_workday(SATURDAY)


def test_every_term_follows_them(app: Flask, world: World, clock: Clock) -> None:
    def last_days() -> list[date]:
        draft = Draft(GENERAL, "换灯", "六号换楼道的灯。", TODAY, ("board",))
        term = law_row(LAW_KEYS[GENERAL], TODAY)
        posted = publish_posting(world.actor("secretary"), world.community_id, draft, term)
        due = admission_due(world.community_id, clock.now)
        return [
            get_by_id(posted.posting_id).span.last,
            due.date(),
            basis(world.community_id, TODAY).workdays.after_workdays(TODAY, 5).last,
        ]

    assert last_days() == [date(2026, 3, 9)] * 3
    clock.forward(minutes=1)
    _publish(world, FRIDAY)
    assert last_days() == [date(2026, 3, 10)] * 3


def test_a_saturday_worked_here_alone_shortens_no_posting_and_no_duty(app: Flask, world: World, clock: Clock) -> None:
    _publish(world, SATURDAY, works=True)
    assert workdays(world.community_id).is_workday(SATURDAY)
    draft = Draft(GENERAL, "换灯", "六号换楼道的灯。", TODAY, ("board",))
    posted = publish_posting(world.actor("secretary"), world.community_id, draft, law_row(LAW_KEYS[GENERAL], TODAY))
    assert get_by_id(posted.posting_id).span.last == date(2026, 3, 9)
    assert admission_due(world.community_id, clock.now).date() == date(2026, 3, 9)
    assert basis(world.community_id, TODAY).workdays.after_workdays(TODAY, 5).last == date(2026, 3, 9)


def test_what_was_reckoned_before_does_not_move(app: Flask, world: World, clock: Clock) -> None:
    told = admission_due(world.community_id, MORNING)
    clock.forward(minutes=1)
    days = _publish(world, FRIDAY)
    known = clock.now
    assert admission_due(world.community_id, MORNING) == told
    assert admission_due(world.community_id, known) == told + timedelta(days=1)
    clock.forward(minutes=1)
    withdraw_days(world.actor("secretary"), world.community_id, days)
    assert admission_due(world.community_id, known) == told + timedelta(days=1)
    assert admission_due(world.community_id, clock.now) == told
    assert [one.withdrawn_at is not None for one in own_days(world.community_id)] == [True]


def test_a_year_that_is_told_whole_is_no_longer_provisional(app: Flask, world: World, clock: Clock) -> None:
    spring = date(2027, 2, 5)
    assert workdays(world.community_id).provisional(spring, spring)
    publish_days(
        world.actor("convener"), world.community_id, spring, spring, False, "国办通知", "春节", whole_year=True
    )
    assert not workdays(world.community_id).provisional(spring, spring)
    with pytest.raises(Refused, match="已经有了"):
        publish_days(
            world.actor("convener"),
            world.community_id,
            date(2027, 2, 8),
            date(2027, 2, 8),
            False,
            "国办通知",
            "春节",
            whole_year=True,
        )


def test_what_has_begun_is_not_withdrawn_and_nobody_withdraws_elsewhere(app: Flask, world: World, clock: Clock) -> None:
    days = _publish(world, date(2026, 3, 3))
    with pytest.raises(NotFound):
        withdraw_days(world.actor("convener"), world.community_id, days + 99)
    with pytest.raises(Forbidden):
        withdraw_days(world.actor("convener"), world.other_id, days)
    clock.forward(days=1)
    with pytest.raises(Refused, match="已经开始"):
        withdraw_days(world.actor("convener"), world.community_id, days)


@pytest.mark.parametrize("role", ["resident", "owner", "member", "clerk", "supplier"])
def test_only_who_answers_for_the_rules_sets_days(app: Flask, world: World, clock: Clock, role: str) -> None:
    with pytest.raises(Forbidden):
        _publish(world, FRIDAY, role=role)


def test_one_command_publishes_in_every_community_and_says_where_it_was_so_already(
    app: Flask, world: World, clock: Clock
) -> None:
    _publish(world, FRIDAY)
    told = ["--first", "2026-03-06", "--off", "--article", "市政府通知", "--reason", "台风"]
    done = app.test_cli_runner().invoke(args=["bylaws", "days", *told, "--json"])
    answer = json.loads(done.stdout)
    assert done.exit_code == 1
    assert answer["published"] == [world.other_slug]
    assert [one["community"] for one in answer["refused"]] == [world.slug]
    assert "本来就放假" in answer["refused"][0]["reason"]
    assert not workdays(world.other_id).is_workday(FRIDAY)
    alone = app.test_cli_runner().invoke(
        args=["bylaws", "days", *told[:1], "2026-03-09", *told[2:], "--community", world.slug]
    )
    assert alone.exit_code == 0
    assert workdays(world.other_id).is_workday(date(2026, 3, 9))
    assert app.test_cli_runner().invoke(args=["bylaws", "days", *told[:5], "--reason", "  "]).exit_code == 2
