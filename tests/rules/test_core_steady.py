"""Python looks for garbage again after long work, whatever became of it."""

import gc

import pytest

from app.core.steady import steady


@steady
def looks() -> bool:
    return gc.isenabled()


@steady
def fails() -> None:
    raise ValueError("no register")


@steady
def within() -> tuple[bool, bool]:
    return looks(), gc.isenabled()


def test_nothing_looks_for_garbage_during_long_work_and_everything_after_it() -> None:
    assert gc.isenabled()
    assert not looks()
    assert gc.isenabled()


def test_work_that_fails_leaves_it_as_it_was() -> None:
    with pytest.raises(ValueError, match="no register"):
        fails()
    assert gc.isenabled()


def test_work_within_work_leaves_it_to_the_outer_one() -> None:
    assert within() == (False, False)
    assert gc.isenabled()
