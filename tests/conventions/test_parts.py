"""The suite in several processes leaves no test out, runs none twice, and ends well only when all of them do."""

import subprocess
import sys
from itertools import zip_longest
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.parts import ROOT, Part, taken, total

FILES = ("actions/test_a.py", "browser/test_b.py", "pages/test_c.py", "rules/test_d.py", "rules/test_e.py")
ITEMS = [SimpleNamespace(path=ROOT / "tests" / file, name=f"{file}{at}") for file in FILES for at in range(3)]


def part(last: str, status: int = 0, collected: str = "collected 12 items / 2 deselected / 10 selected") -> Part:
    """A process that ended with these words."""
    return Part([], [f"{collected}\n", "\n", f"===== {last} =====\n", "\n"], status)


@pytest.mark.parametrize("parts", [1, 2, 3, 7])
def test_every_test_is_taken_once_and_a_file_stays_together(tmp_path: Path, parts: int) -> None:
    each = [taken(ITEMS, tmp_path, at, parts) for at in range(parts)]
    turns = list(zip_longest(*each))
    by_part = [[item for item in one if item is not None] for one in zip(*turns, strict=True)]
    assert sorted(item.name for one in by_part for item in one) == sorted(item.name for item in ITEMS)
    for one in by_part:
        folders = [item.path for item in one]
        assert folders == sorted(folders, key=folders.index)


def test_the_slowest_folder_is_begun_first(tmp_path: Path) -> None:
    assert next(taken(ITEMS, tmp_path, 0, 2)).path.parent.name == "browser"


def test_every_process_ends_with_what_is_quick(tmp_path: Path) -> None:
    for at in range(2):
        (tmp_path / str(at)).mkdir()
        assert [item.path.parent.name for item in taken(ITEMS, tmp_path / str(at), at, 2)][-1] == "rules"


def test_what_another_process_took_is_left_to_it(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "pytest", "-q", "--part=1/2", f"--taken={tmp_path}"]
    words += ["tests/rules/test_core_timeline.py", "tests/rules/test_bylaws_rules.py"]
    first, second = (subprocess.run(words, cwd=ROOT, capture_output=True, text=True) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), first.stdout
    assert " passed" in first.stdout
    assert "no tests ran" in second.stdout


def test_the_last_line_adds_up_what_each_process_counted() -> None:
    line, status = total([part("6 passed, 2 deselected in 3.10s"), part("4 passed, 2 deselected in 2.00s")], 3.4)
    assert (line, status) == ("=== 10 passed, 0 failed in 3 s by 2 processes", 0)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (part("5 passed in 1.0s"), part("1 failed, 4 passed in 2.0s", 1), "9 passed, 1 failed"),
        (part("6 passed in 1.0s"), part("3 passed, 1 error in 2.0s", 1), "9 passed, 0 failed, 1 errors"),
        (part("6 passed in 1.0s"), part("3 passed in 2.0s"), "9 passed, 0 failed, 1 never ran"),
        (part("10 passed in 1.0s"), Part([], ["Killed\n"], -9), "10 passed, 0 failed"),
        (Part([], [], 4), Part([], [], 4), "0 passed, 0 failed"),
    ],
    ids=["a test fails", "a test cannot begin", "a test is left out", "a process is killed", "none begins"],
)
def test_the_whole_fails_when_one_fails(one: Part, other: Part, words: str) -> None:
    line, status = total([one, other], 2)
    assert line.startswith(f"=== {words} in 2 s")
    assert status != 0
