"""Locks name no host, files no machine and no secret; what runs is what was tested."""

import re

import pytest

from tests.conventions.secrecy import LOCKS, choices, hosts, keys, machine_paths, pins
from tests.conventions.sources import ROOT, Source, committed, expect_none, python_of

KEPT = committed()


def test_every_lock_is_kept() -> None:
    assert {source.path for source in KEPT} >= set(LOCKS)


def test_no_lock_names_a_host() -> None:
    expect_none(hosts(KEPT))


@pytest.mark.parametrize(
    "line",
    ["--index-url https://pypi.example/simple", "--extra-index-url x", "--find-links wheels", "flask @ file:wheels/flask.whl",
     '"resolved": "x"', "flask @ https://pypi.example/flask.whl"],
)  # fmt: skip
def test_a_host_in_a_lock_is_found(line: str) -> None:
    assert len(hosts([Source("requirements.lock", f"flask==3.1.3\n{line}\n")])) == 1


def test_every_line_of_a_lock_has_hashes() -> None:
    for name in LOCKS[:3]:
        blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())
        assert [block.split("\n")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_what_runs_is_what_was_tested() -> None:
    running, tested = (pins((ROOT / name).read_text("utf-8")) for name in LOCKS[:2])
    assert running
    assert {name: versions for name, versions in running.items() if tested.get(name) != versions} == {}


@pytest.mark.parametrize(("wishes", "lock"), [("requirements.in", LOCKS[0]), ("requirements-dev.in", LOCKS[1])])
def test_every_wish_is_locked(wishes: str, lock: str) -> None:
    wished = re.findall(r"^[\w.\-]+", (ROOT / wishes).read_text("utf-8"), re.MULTILINE)
    assert [
        name for name in wished if name != "-r" and name.lower() not in pins((ROOT / lock).read_text("utf-8"))
    ] == []


def test_the_assets_are_pinned_exactly() -> None:
    wished = re.findall(
        r'"([\w.@/-]+)": "([^"]+)"', (ROOT / "package.json").read_text("utf-8").split('"dependencies"')[1]
    )
    assert ("htmx.org", "2.0.11") in wished
    assert [name for name, version in wished if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_no_file_points_at_a_machine() -> None:
    expect_none(machine_paths(KEPT))


@pytest.mark.parametrize("folder", ["work/main", "root/.config", "home/li/house", "Users/li/house", "opt/wheels"])
def test_a_path_of_a_machine_is_found(folder: str) -> None:
    assert len(machine_paths([Source("docs/how-to.md", f"cd /{folder}")])) == 1
    assert machine_paths([Source("docs/how-to.md", f"GET /c/heping/{folder}")]) == []


def test_no_file_keeps_a_secret() -> None:
    expect_none(keys(KEPT))


def test_a_secret_in_a_file_is_found() -> None:
    assert len(keys([Source("docs/keys.md", "-----BEGIN " + "PRIVATE KEY-----")])) == 1


def test_only_voting_itself_reads_what_is_marked_on_a_ballot() -> None:
    expect_none(choices(python_of("app")))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("app/voting/routes/desk.py", "shown = queries.readings(1)"),
        ("app/voting/routes/mandates.py", "told = queries.instruction(1)"),
        ("app/voting/queries/showing.py", "found = queries.line_ballots(1)"),
        ("app/notices/queries/home.py", "wanted = select(RollEntry.choice)"),
        ("app/voting/serializers/papers.py", "wanted = BallotReading.choice"),
    ],
)
def test_a_page_that_asks_for_a_choice_is_found(path: str, line: str) -> None:
    assert len(choices([Source(path, line)])) == 1
    assert choices([Source("app/voting/actions/reading.py", line)]) == []
