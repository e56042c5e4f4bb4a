"""Publishing a community's own figure."""

from datetime import date
from fractions import Fraction

import pytest
from flask import Flask

from app.bylaws import queries
from app.bylaws.actions import publish_rule
from app.core.errors import Forbidden, NotFound, Refused
from tests.conftest import Clock
from tests.world import World

KEY = "owners.participation"


def _publish(world: World, value: str, day: date, role: str = "convener", key: str = KEY) -> int:
    return publish_rule(world.actor(role), world.community_id, key, Fraction(value), day, "规约 3", "更多人参加才算数")


def test_a_published_figure_holds_from_its_day_and_here_alone(app: Flask, world: World, clock: Clock) -> None:
    _publish(world, "3/4", date(2026, 3, 10))
    assert queries.law(world.community_id, KEY, date(2026, 3, 9)).value == Fraction(2, 3)
    own = queries.law(world.community_id, KEY, date(2026, 3, 10))
    assert (own.value, own.article, own.relation) == (Fraction(3, 4), "规约 3", ">=")
    assert own.version != queries.law(world.other_id, KEY, date(2026, 3, 10)).version
    assert queries.law(world.other_id, KEY, date(2026, 3, 10)).value == Fraction(2, 3)


def test_a_newer_rule_follows_an_older_one_and_the_past_stays_explained(app: Flask, world: World, clock: Clock) -> None:
    _publish(world, "3/4", date(2026, 3, 10))
    _publish(world, "4/5", date(2026, 4, 1))
    days = [date(2026, 3, 31), date(2026, 4, 1)]
    assert [queries.law(world.community_id, KEY, day).value for day in days] == [Fraction(3, 4), Fraction(4, 5)]


def test_what_the_law_says_is_never_loosened(app: Flask, world: World, clock: Clock) -> None:
    with pytest.raises(Refused, match="更严"):
        _publish(world, "1/2", date(2026, 3, 10))
    assert not any(rule.local or rule.coming for rule in queries.rules_in_force(world.community_id, date(2026, 3, 2)))


def test_a_rule_that_does_not_exist_cannot_be_published(app: Flask, world: World, clock: Clock) -> None:
    with pytest.raises(NotFound):
        _publish(world, "1/2", date(2026, 3, 10), key="owners.invented")


@pytest.mark.parametrize("role", ["resident", "owner", "member", "clerk", "supplier"])
def test_only_those_who_answer_for_the_rules_publish_them(app: Flask, world: World, clock: Clock, role: str) -> None:
    with pytest.raises(Forbidden):
        _publish(world, "3/4", date(2026, 3, 10), role)


def test_the_table_shows_what_holds_and_what_is_coming(app: Flask, world: World, clock: Clock) -> None:
    _publish(world, "3/4", date(2026, 3, 10))
    today = {rule.row.key: rule for rule in queries.rules_in_force(world.community_id, date(2026, 3, 2))}
    later = {rule.row.key: rule for rule in queries.rules_in_force(world.community_id, date(2026, 3, 10))}
    assert (today[KEY].local, today[KEY].coming) == (False, date(2026, 3, 10))
    assert (later[KEY].local, later[KEY].coming, later[KEY].row.value) == (True, None, Fraction(3, 4))
