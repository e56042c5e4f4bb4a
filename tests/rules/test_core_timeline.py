"""Where a matter stands, merged from what every slice knows."""

from collections.abc import Callable

from flask import Flask

from app.core.house import DONE, NOW, PASSED_BY, TO_COME, House, Station, timeline
from app.core.values import Ref

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
