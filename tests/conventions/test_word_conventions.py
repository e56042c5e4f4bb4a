"""Words that belong into one file, lengths, and excuses."""

import pytest

from tests.conventions.calls import aborts, clocks, commits, days, excuses, left_out, middle, sizes
from tests.conventions.sources import Source, expect_none, python_of

APP = python_of("app")
TESTS = python_of("tests")
CODE = [*APP, *TESTS, *python_of("bench")]


def planted(text: str, path: str = "app/voting/actions.py") -> list[Source]:
    """One file that breaks a convention."""
    return [Source(path, text)]


def test_one_file_commits() -> None:
    expect_none(commits(APP))


@pytest.mark.parametrize("line", ["db.session.commit()", "connection.commit()", "done = session.commit"])
def test_a_second_commit_is_found(line: str) -> None:
    assert len(commits(planted(line))) == 1
    assert commits(planted(line, "app/core/db.py")) == []


def test_one_file_reads_the_time() -> None:
    expect_none(clocks(APP))


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "datetime.date.today()",
        "time.time()",
        "from time import time",
    ],
)
def test_a_second_clock_is_found(line: str) -> None:
    assert len(clocks(planted(line))) == 1
    assert clocks(planted(line, "app/core/clock.py")) == []


def test_a_duration_may_be_measured_and_the_clock_asked() -> None:
    assert clocks(planted("time.perf_counter()\nclock.now()\ntime.monotonic()\nclock.today(zone)")) == []


def test_no_slice_takes_the_day_of_greenwich_for_its_own() -> None:
    expect_none(days(APP))
    assert len(days(planted("least = law(here, key, clock.now().date())"))) == 1
    assert days(planted("least = law(here, key, clock.today(zone))")) == []


def test_no_slice_aborts() -> None:
    expect_none(aborts(APP))


@pytest.mark.parametrize("line", ["abort(404)", "flask.abort(403)"])
def test_an_abort_in_a_slice_is_found(line: str) -> None:
    assert len(aborts(planted(line))) == 1


def test_files_are_short_and_lines_fit_a_screen() -> None:
    expect_none(sizes(CODE))
    assert middle(APP) < 120


def test_a_long_file_and_a_wide_line_are_found() -> None:
    assert len(sizes(planted("x = 1\n" * 401))) == 1
    assert sizes(planted("x = 1\n" * 400)) == []
    assert len(sizes(planted("# " + "楼" * 131))) == 1
    assert sizes(planted("# " + "楼" * 130)) == []
    assert middle([Source("a.py", "\n" * 10), Source("b.py", "\n" * 300), Source("c.py", "\n" * 400)]) == 300


def test_whatever_silences_a_checker_says_why() -> None:
    expect_none(excuses(CODE))


@pytest.mark.parametrize(
    "line",
    [
        "x = y  # type: ignore",
        "x = y  # type: ignore[misc]",
        "x = y  # noqa",
        "x = y  # noqa: S101",
        "# TODO count the votes",
        "x = y  # FIXME",
    ],
)
def test_a_bare_excuse_is_found(line: str) -> None:
    assert len(excuses(planted(line))) == 1


def test_an_excuse_with_a_reason_is_taken() -> None:
    lines = ["x = y  # type: ignore[misc]  # the library ships no types", "x = y  # noqa: S101  for the reader"]
    assert excuses(planted("\n".join(lines))) == []


def test_no_test_is_left_out_or_asks_a_mock() -> None:
    expect_none(left_out(TESTS))


@pytest.mark.parametrize(
    "line",
    [
        "import pytest\npytest.skip('later')",
        "@pytest.mark.xfail\ndef test_x(): ...",
        "from unittest.mock import Mock",
        "from unittest import mock",
    ],
)
def test_a_test_that_is_left_out_is_found(line: str) -> None:
    assert left_out(planted(line, "tests/rules/test_x.py")) != []
