"""The compound and the bars, drawn from numbers."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core import formats

START = datetime(2026, 11, 11, tzinfo=UTC)
END = START + timedelta(days=10)


def windows(path: str) -> int:
    return path.count("M")


def test_a_building_has_one_window_for_each_dwelling() -> None:
    face = formats.facade(48, 29, 2, 8)
    assert (windows(face.lit), windows(face.panes), windows(face.crosses)) == (29, 19, 2)
    assert (face.width, face.height, face.em) == (129, 118, "8.60em")


def test_windows_light_up_from_below_and_say_nothing_of_a_dwelling() -> None:
    face = formats.facade(8, 3, 0, 4)
    assert face.lit == "M7 33h10v11h-10zM22 33h10v11h-10zM37 33h10v11h-10z"
    assert face.panes.startswith("M7 16")


@pytest.mark.parametrize(("total", "lit", "crossed"), [(0, 0, 0), (1, 5, 3), (4, 4, 4), (13, 0, 13)])
def test_a_building_is_never_fuller_than_it_is(total: int, lit: int, crossed: int) -> None:
    face = formats.facade(total, lit, crossed)
    assert windows(face.lit) + windows(face.panes) == total
    assert windows(face.crosses) == min(crossed, max(total - lit, 0))


def test_after_the_close_each_window_is_its_dwelling() -> None:
    face = formats.facade_of(("pane", "lit", "pane", "pane"), 2)
    assert face.lit == "M22 33h10v11h-10z"


@pytest.mark.parametrize(
    ("moment", "place"),
    [
        (START, "0.0%"),
        (START + timedelta(days=5), "50.0%"),
        (END, "100.0%"),
        (END + timedelta(days=1), "100.0%"),
        (START - timedelta(days=1), "0.0%"),
    ],
)
def test_a_moment_stands_inside_its_bar(moment: datetime, place: str) -> None:
    assert formats.along(moment, START, END) == place


def test_a_bar_without_length_does_not_divide_by_nothing() -> None:
    assert formats.along(START, START, START) == "0.0%"
    assert formats.share(1, 0) == "0%"


@pytest.mark.parametrize(
    ("part", "whole", "length"),
    [(0, 9, "0%"), (2, 3, "66.666%"), (9, 9, "100.000%"), (10, 9, "100.000%"), (-1, 9, "0%")],
)
def test_a_length_is_never_longer_than_the_bar(part: int, whole: int, length: str) -> None:
    assert formats.share(part, whole) == length
