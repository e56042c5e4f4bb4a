"""`flask voting decide` and `flask voting import`: answers on standard output, words on standard error, three exit codes."""

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.assemblies import queries as assemblies
from app.core.db import db
from app.core.law.rows import law_row
from app.core.values import Entry
from app.journal.rules import verifier
from app.voting import queries
from app.voting.rules import owners_terms
from tests.records import ORIGIN, VKEY, Cast, make_record
from tests.world import World

pytestmark = pytest.mark.databases("sqlite")

CASE: dict[str, Any] = {
    "kind": "owners",
    "matter": 5,
    "on": "2026-11-23",
    "units": [{"unit": "a", "area": 8950, "owners": ["p1"], "developer": False}],
    "ballots": [{"ballot": "b", "unit": "a", "choice": "yes", "channel": "online", "time": "2026-11-01T10:00:00Z"}],
    "opens_at": "2026-11-01T09:00:00Z",
    "closes_at": "2026-11-21T18:00:00Z",
    "precedence": "last",
    "follow_majority": False,
}
PB = """META
key;value
description;Assen Top Idee
vote_type;approval
date_begin;31.03.2024
date_end;15.04.2024
min_length;2
PROJECTS
project_id;cost;name
1;7200;Podium
2;21000;Platform
VOTES
voter_id;vote
a;1,2
b;2
c;7
"""
Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(app: Flask) -> Ask:
    """What `flask voting …` answers: exit code, standard output, standard error."""

    def run(*words: str) -> tuple[int, str, str]:
        db.session.rollback()
        done = app.test_cli_runner().invoke(args=["voting", *words])
        return done.exit_code, done.stdout, done.stderr

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, Any], str]:
    """Puts a file somewhere and answers where."""

    def put(name: str, value: Any) -> str:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
        return str(path)

    return put


Write = Callable[[str, Any], str]


def test_a_case_is_answered_with_one_json_object(ask: Ask, write: Write) -> None:
    code, out, err = ask("decide", write("case.json", CASE), "--json")
    assert code == 0
    assert out.count("\n") == 1
    assert json.loads(out)["outcome"] == "adopted"
    assert err == "通过\n"


def test_without_json_the_answer_is_the_same_for_reading(ask: Ask, write: Write) -> None:
    path = write("case.json", CASE)
    code, out, _ = ask("decide", path)
    assert code == 0
    assert json.loads(out) == json.loads(ask("decide", path, "--json")[1])
    assert out.count("\n") > 1


@pytest.mark.parametrize(
    ("case", "path"),
    [({**CASE, "matter": 0}, "matter"), ([], "$"), (b"{", "$"), ({**CASE, "on": "2026-02-30"}, "on"), (b"\xff", "$")],
)
def test_a_malformed_case_is_named_by_its_path_and_ends_with_two(ask: Ask, write: Write, case: Any, path: str) -> None:
    code, out, err = ask("decide", write("case.json", case), "--json")
    assert code == 2
    answer = json.loads(out)
    assert answer["malformed"] == path
    assert err == f"{path}: {answer['why']}\n"
    assert "%(" not in answer["why"]


def test_a_day_without_law_ends_with_one_and_the_reason(ask: Ask, write: Write) -> None:
    code, out, err = ask("decide", write("case.json", {**CASE, "on": "2020-12-31"}), "--json")
    assert code == 1
    assert "2020-12-31" in json.loads(out)["refused"]
    assert err.startswith("2020-12-31没有生效的规则")


def test_wrong_usage_ends_with_two_and_answers_nothing(ask: Ask, write: Write, tmp_path: Path) -> None:
    path = write("case.json", CASE)
    for words in (
        ("decide",),
        ("decide", str(tmp_path / "none.json")),
        ("decide", str(tmp_path)),
        ("decide", path, "--batch", str(tmp_path)),
        ("decide", "--batch", path),
        ("decide", "--batch", str(tmp_path / "none"), "--json"),
    ):
        code, out, err = ask(*words)
        assert (code, out) == (2, ""), words
        assert err


def test_a_folder_is_answered_one_line_a_case_in_the_order_of_names(ask: Ask, write: Write, tmp_path: Path) -> None:
    write("cases/b.json", {**CASE, "on": "2020-01-01"})
    write("cases/a.json", CASE)
    write("cases/c.json", b"nonsense")
    write("cases/notes.txt", b"not a case")
    code, out, _ = ask("decide", "--batch", str(tmp_path / "cases"), "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(line["case"], line["status"]) for line in lines] == [("a", 0), ("b", 1), ("c", 2)]
    assert list(lines[0]) == ["case", "status", "answer"]
    assert lines[0]["answer"]["outcome"] == "adopted"
    assert lines[2]["answer"]["malformed"] == "$"


def test_an_empty_folder_is_answered_with_nothing(ask: Ask, tmp_path: Path) -> None:
    assert ask("decide", "--batch", str(tmp_path), "--json") == (0, "", "")


def test_the_shared_cases_are_answered_at_the_terminal(ask: Ask, shared_data: Path) -> None:
    expected = {
        one["case"]: one
        for one in map(json.loads, (shared_data / "decide" / "expected.jsonl").read_text().splitlines())
    }
    code, out, _ = ask("decide", "--batch", str(shared_data / "decide" / "cases"), "--json")
    answers = {line["case"]: line for line in map(json.loads, out.splitlines())}
    assert code == 0
    assert answers.keys() == expected.keys()
    for name, one in expected.items():
        got = answers[name]
        assert got["status"] == one["status"], name
        if got["status"] == 0:
            assert got["answer"] == one["answer"], name
        else:
            assert got["answer"]["malformed"] == one["path"], name


def test_a_poll_held_elsewhere_comes_in_from_its_file(ask: Ask, write: Write, world: World) -> None:
    code, out, err = ask("import", write("assen.pb", PB.encode()), "--community", world.slug, "--json")
    assert code == 0
    answer = json.loads(out)
    assert (answer["poll"], answer["options"], answer["ballots"]) == (1, 2, 2)
    assert [(one["line"], one["ballot"]) for one in answer["rejected"]] == [(16, "c")]
    assert "7" in answer["rejected"][0]["reason"]
    assert "2张选票" in err
    poll = queries.get_by_number(world.community_id, 1)
    assert (poll.question, poll.outcome, poll.matter.kind) == ("Assen Top Idee", "counted", "assembly")
    assert poll.opens_at.isoformat() == "2024-03-30T16:00:00+00:00"
    assert poll.closes_at.isoformat() == "2024-04-15T15:59:59+00:00"
    assert json.loads(queries.get_answer(poll) or "")["winners"] == ["2"]
    assert [item.poll.id for item in assemblies.items_of([1])[1] if item.poll] == [poll.id]


def test_a_file_comes_in_once_in_each_community(ask: Ask, write: Write, world: World) -> None:
    path = write("assen.pb", PB.encode())
    assert ask("import", path, "--community", world.slug)[0] == 0
    code, _, err = ask("import", path, "--community", world.slug)
    assert (code, "已经导入过了" in err) == (1, True)
    assert ask("import", path, "--community", world.other_slug)[0] == 0
    assert len(queries.polls(world.community_id)) == 1


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"\x00" * 64, 1, "META"),
        (PB.replace("approval", "cumulative").encode(), 1, "points"),
        (PB.replace("approval", "dice").encode(), 1, "dice"),
        (PB.replace("15.04.2024", "15.04.2049").encode(), 1, "还没有截止"),
        (PB.replace("31.03.2024", "31.03.2025").encode(), 1, "截止必须晚于开始"),
        (PB.split("a;1", maxsplit=1)[0].encode(), 1, "没有可以计入的选票"),
        (PB.replace("1;7200", ";7200").encode(), 1, "line 10"),
    ],
)
def test_a_file_that_cannot_come_in_is_refused_whole(
    ask: Ask, write: Write, world: World, data: bytes, code: int, said: str
) -> None:
    answered, out, err = ask("import", write("bad.pb", data), "--community", world.slug, "--json")
    assert (answered, out) == (code, "")
    assert said in err
    assert queries.polls(world.community_id) == []
    assert assemblies.assemblies(world.community_id) == []


def test_an_import_without_a_file_or_a_community_says_so(ask: Ask, write: Write, world: World) -> None:
    path = write("assen.pb", PB.encode())
    assert ask("import", path, "--community", "nowhere")[0] == 1
    assert ask("import", path)[0] == 2
    assert ask("import", write("table.xlsx", b"PK"), "--community", world.slug)[0] == 2
    assert ask("import", "missing.pb", "--community", world.slug)[0] == 2


def test_the_real_election_of_assen_comes_in_with_every_vote(ask: Ask, shared_data: Path, world: World) -> None:
    source = shared_data / "pabulib" / "Netherlands_Assen_2024"
    expected = json.loads(source.with_name(f"{source.name}.expected.json").read_text())
    code, out, _ = ask("import", f"{source}.pb", "--community", world.slug, "--json")
    assert code == 0
    assert json.loads(out) == {
        "poll": 1,
        "options": expected["num_projects"],
        "ballots": expected["num_votes"],
        "rejected": [],
    }
    answer = json.loads(queries.get_answer(queries.get_by_number(world.community_id, 1)) or "")
    assert {item["option"]: item["ballots"] for item in answer["options"]}["3"] == 43
    results = expected["results"]
    spent = answer["details"]
    assert sorted(spent["greedy"]["funded"]) == results["greedy_utilitarian[cost_sat]"]["selected"]
    assert sorted(spent["equal-shares"]["funded"]) == expected["official_selected"]


def test_the_real_rankings_of_debian_come_in_and_are_counted(ask: Ask, shared_data: Path, world: World) -> None:
    source = shared_data / "ranked" / "preflib-debian-00002-00000001.soi"
    code, out, err = ask("import", str(source), "--community", world.slug, "--json")
    assert (code, json.loads(out)) == (0, {"poll": 1, "options": 4, "ballots": 475, "rejected": []})
    assert [line[:4] for line in err.splitlines()] == ["读到47", "正在写入", "正在写入", "正在计票"]
    answer = json.loads(queries.get_answer(queries.get_by_number(world.community_id, 1)) or "")
    assert (answer["winners"], answer["heads"]["participating"]) == (["3"], 475)
    assert [one["out"] for one in answer["details"]["rounds"]] == ["4", "2", ""]


def _record(tmp_path: Path, **changed: bytes) -> Path:
    roll = [Entry(f"k{place}", "", "1号楼", f"h{place}", area=5000 + place) for place in range(4)]
    cast = [Cast("u1", "yes", "online", 5), Cast("u2", "no", "paper", 6), Cast("u3", "yes", "stall", 7)]
    files = {
        **make_record(owners_terms(5, date(2026, 3, 2), law_row), roll, cast),
        "README.txt": f"\n{VKEY}\n".encode(),
    }
    target = tmp_path / "record.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, changed.get(name.partition(".")[0], content))
    return target


def test_a_record_is_counted_anew_at_the_terminal(ask: Ask, tmp_path: Path) -> None:
    code, out, err = ask("verify", str(_record(tmp_path)), "--json")
    assert code == 0
    answer = json.loads(out)
    assert (answer["ok"], answer["outcome"]["outcome"]) == (True, "adopted")
    assert answer["outcome"]["heads"] == {"total": 4, "participating": 3, "agreeing": 2}
    assert VKEY in err
    assert ask("verify", str(_record(tmp_path)), "--vkey", VKEY)[0] == 0


def test_a_record_that_differs_is_refused_with_the_reason(ask: Ask, tmp_path: Path) -> None:
    code, out, err = ask("verify", str(_record(tmp_path, roll=b"unit\n")), "--json")
    assert (code, json.loads(out)["ok"]) == (1, False)
    assert "roll.csv" in err
    other = str(verifier(ORIGIN, b"\x08" * 32))
    assert ask("verify", str(_record(tmp_path)), "--vkey", other)[0] == 1
    assert ask("verify", str(_record(tmp_path)), "--vkey", "nonsense")[0] == 1


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all" * 100])
def test_what_is_no_record_gets_a_sentence(ask: Ask, tmp_path: Path, content: bytes) -> None:
    target = tmp_path / "odd.zip"
    target.write_bytes(content)
    code, out, err = ask("verify", str(target), "--json")
    assert (code, json.loads(out)["ok"]) == (1, False)
    assert "odd.zip" in err
    whole = _record(tmp_path)
    whole.write_bytes(whole.read_bytes()[:-30])
    assert ask("verify", str(whole))[0] == 1
    assert ask("verify", str(tmp_path / "nowhere.zip"))[0] == 2
