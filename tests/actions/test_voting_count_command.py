"""`flask voting count`: the answer on standard output, sentences on standard error, three exit codes."""

import json
from pathlib import Path

import pytest
from flask import Flask

from tests.rules.test_voting_election_files import APPROVALS, POINTS, SOI

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Some files of ballots."""
    for name, text in (("a.pb", APPROVALS), ("p.pb", POINTS), ("s.soi", SOI), ("bad.pb", "META\n"), ("notes.txt", "x")):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def ask(app: Flask, *words: str) -> tuple[int, str, str]:
    done = app.test_cli_runner().invoke(args=["voting", "count", *words])
    return done.exit_code, done.stdout, done.stderr


def test_a_file_is_counted_into_one_json_object(app: Flask, files: Path) -> None:
    code, out, err = ask(app, str(files / "s.soi"), "--rule", "schulze", "--json")
    assert (code, out.count("\n"), err) == (0, 1, "")
    assert json.loads(out) == {"rule": "schulze", "winners": ["3"], "order": ["3", "1", "2"]}


def test_without_json_the_winners_are_marked(app: Flask, files: Path) -> None:
    code, out, _ = ask(app, str(files / "a.pb"), "--rule", "greedy")
    assert (code, out) == (0, "✓ 10  Pont\n✓ 3  Arbre\n")


@pytest.mark.parametrize(
    ("file", "rule", "said"),
    [
        ("p.pb", "irv", "irv要用排序的选票来数，文件里的选票是“cumulative”。"),
        ("p.pb", "approval", "approval要用赞成票来数"),
        ("s.soi", "greedy", "greedy要有总预算"),
        ("bad.pb", "greedy", "$: 缺少META一节。"),
    ],
)
def test_what_cannot_be_counted_ends_with_one_and_the_reason(
    app: Flask, files: Path, file: str, rule: str, said: str
) -> None:
    code, out, err = ask(app, str(files / file), "--rule", rule, "--json")
    assert (code, out) == (1, "")
    assert said in err


@pytest.mark.parametrize(
    "words",
    [("a.pb",), ("a.pb", "--rule", "dice"), ("notes.txt", "--rule", "irv"), ("none.pb", "--rule", "greedy"), ()],
)
def test_wrong_usage_ends_with_two_and_answers_nothing(app: Flask, files: Path, words: tuple[str, ...]) -> None:
    code, out, err = ask(app, *(str(files / word) if "." in word else word for word in words))
    assert (code, out) == (2, "")
    assert err
