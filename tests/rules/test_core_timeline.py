"""Where a matter stands, merged from what every slice knows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Flask

from app.core.house import DONE, NOW, PASSED_BY, TO_COME, House, Station, Todo, Turn, in_order, timeline, whose_turn
from app.core.values import Actor, Ref

MATTER = Ref("proposal", 1)


def _states(*said: tuple[Station, ...]) -> list[str]:
    app = Flask("timeline")
    house = app.extensions["house"] = House()

    def answer(stations: tuple[Station, ...]) -> Callable[[Ref], tuple[Station, ...]]:
        return lambda _matter: stations

    house.stations = [answer(stations) for stations in said]
    with app.app_context():
        return [station.state for station in timeline(MATTER)]


def test_a_matter_that_nobody_knows_has_everything_before_it() -> None:
    assert _states() == [TO_COME] * 7


def test_the_matter_stands_at_the_last_station_it_has_reached() -> None:
    proposal = (Station("propose", DONE), Station("discuss", NOW))
    assert _states(proposal, (Station("vote", NOW),)) == [DONE, PASSED_BY, DONE, NOW, TO_COME, TO_COME, TO_COME]


def test_what_is_done_wins_over_what_another_slice_still_expects() -> None:
    assert _states((Station("propose", DONE),), (Station("propose", TO_COME),))[0] == DONE


def _house() -> tuple[Flask, House]:
    app = Flask("turns")
    house = app.extensions["house"] = House()
    return app, house


def test_what_people_sit_and_wait_for_stands_before_every_deadline() -> None:
    soon = datetime(2026, 12, 3, 18, tzinfo=UTC)
    answer = Todo(MATTER, "答复", "", "/answer", "写答复", soon)
    vote = Todo(MATTER, "投票", "", "/vote", "去投票", soon + timedelta(days=1), now=True)
    some_day = Todo(MATTER, "修改", "", "/revise", "修改提案")
    assert in_order([some_day, answer, vote]) == [vote, answer, some_day]


def test_the_readers_own_turn_comes_first_then_what_goes_on_now() -> None:
    app, house = _house()
    soon = datetime(2026, 12, 3, 18, tzinfo=UTC)
    owed = Turn("物业公司", "答复", soon)
    sits = Turn("到会的委员", "投票", now=True)
    mine = Turn("业委会", "签署", soon + timedelta(days=9), mine=True)
    house.turns = [lambda _matter, _actor: (owed, sits, mine)]
    with app.app_context():
        assert whose_turn(MATTER, Actor(None)) == [mine, sits, owed]
