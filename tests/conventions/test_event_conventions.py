"""What the public record may hold, for every event of every slice at once."""

import importlib
import inspect
from collections import Counter
from dataclasses import dataclass, is_dataclass
from pathlib import Path

import pytest

from app.core.house import House
from app.journal.events import UnfitEvent, kinds
from app.wiring.application import _modules
from app.wiring.slices import __name__ as slices_name

APP = Path(__file__).parents[2] / "app"
SLICES = sorted(path.parent.name for path in APP.glob("*/events*") if path.parent.name != "journal")


def events() -> list[type]:
    """Every event of every slice."""
    found: list[type] = []
    for name in SLICES:
        module = importlib.import_module(f"app.{name}.events")
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__.startswith(module.__name__) and is_dataclass(kind):
                found.append(kind)
    return found


def unfit(kinds_of_event: list[type]) -> list[str]:
    """What the record would refuse."""
    said = []
    for event in kinds_of_event:
        try:
            kinds(event)
        except UnfitEvent as error:
            said.append(f"{event.__module__}: {error}")
    return said


def test_every_event_fits_into_the_public_record() -> None:
    assert events()
    assert unfit(events()) == []


def test_an_event_with_a_text_in_it_is_named() -> None:
    @dataclass(frozen=True)
    class NameTold:
        """A planted violation."""

        community_id: int
        name: str

    (said,) = unfit([NameTold])
    assert "NameTold.name" in said


def test_no_two_slices_give_an_event_the_same_name() -> None:
    counted = Counter(event.__name__ for event in events())
    assert [name for name, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("name", SLICES)
def test_every_event_has_words_for_the_page_of_the_record(name: str) -> None:
    house = House()
    for module in _modules(importlib.import_module(slices_name)):
        module.register(house)
    silent = [
        event.__name__
        for event in events()
        if event.__module__.startswith(f"app.{name}.events") and event.__name__ not in house.event_words
    ]
    assert silent == [], f"hang up words in app/wiring/slices/{name}.py: house.words_for({{…}})"
