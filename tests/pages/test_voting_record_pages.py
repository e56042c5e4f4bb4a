"""The record of a poll through its address: who gets what, and a bare Python that checks it in an empty folder."""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from app.core.values import Entry, Ref
from app.journal import actions as journal_actions
from app.journal import queries as journal
from app.voting import actions, queries
from app.voting.rules import Marks
from app.voting.rules.terms import PAPER_FIRST
from tests.conftest import Clock
from tests.desks import handed_in
from tests.page_client import Page, PageClient
from tests.polls import (
    after_close,
    cast,
    open_approval,
    open_council,
    open_method,
    open_owners,
    seats,
    speaks_for,
    units,
    voter,
)
from tests.world import PASSWORD, World

FILES = [
    "README.txt",
    "verify.py",
    "rules.json",
    "roll.csv",
    "ballots.jsonl",
    "outcome.json",
    "proofs.json",
    "checkpoint",
]


def unpacked(page: Page) -> dict[str, bytes]:
    """The files of a record as it was sent."""
    assert page.status == 200
    with zipfile.ZipFile(io.BytesIO(page.response.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def verified(files: dict[str, bytes], folder: Path, *words: str) -> tuple[int, str, str]:
    """What a bare Python says of a record that lies alone in an empty folder."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    command = [sys.executable, "-I", "verify.py", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={"LC_ALL": "C"}, timeout=60)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def declared(world: World, clock: Clock) -> list[Entry]:
    """An owners' vote with ballots that were changed, declared and sealed."""
    roll = units(2, 4)
    poll_id = open_owners(world, roll, follow_majority=True)
    for place, entry in enumerate(roll[:6]):
        clock.forward(minutes=1)
        cast(world, poll_id, entry, "yes" if place else "no")
    clock.forward(minutes=1)
    cast(world, poll_id, roll[1], "no")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.declare_outcome(poll_id)
    journal_actions.seal()
    return roll


def test_an_owner_takes_home_a_record_that_a_bare_python_confirms(
    client: PageClient, world: World, declared: list[Entry], tmp_path: Path
) -> None:
    speaks_for(world.accounts["member"], *declared[7].voters)
    client.sign_in(world.login("member"), PASSWORD)
    address = f"/c/{world.slug}/polls/1/record.zip"
    page = client.get(address)
    files = unpacked(page)
    assert list(files) == FILES
    rules = json.loads(files["rules.json"])
    roll = files["roll.csv"].decode().splitlines()
    assert roll[0] == "unit,head,area,eligible_from,channel_used,building"
    bare = "".join(",".join([*line.split(",")[:4], *line.split(",")[5:]]) + "\n" for line in roll)
    assert sha256(bare.encode()).hexdigest() == rules["roll_sha256"] == queries.get_poll(1).roll_sha256
    ballots = [json.loads(line) for line in files["ballots.jsonl"].decode().splitlines()]
    assert list(ballots[0]) == ["ballot", "unit", "choice", "channel", "time", "status", "why"]
    assert [one["status"] for one in ballots].count("superseded") == 1
    outcome = json.loads(files["outcome.json"])
    assert list(outcome)[-2:] == ["counts", "files"]
    assert sum(line["units"] for line in outcome["counts"] if line["option"] == "yes") == 4
    assert {line["building"] for line in outcome["counts"]} == {"1号楼", "2号楼"}
    assert outcome["files"] == {name: sha256(files[name]).hexdigest() for name in ("roll.csv", "ballots.jsonl")}
    proofs = json.loads(files["proofs.json"])
    assert set(proofs["ballots"]) == {one["ballot"] for one in ballots}
    assert all(len(one["salt"]) == 64 for one in proofs["ballots"].values())
    vkey = str(journal.key(journal.get_log(world.community_id)))
    assert vkey.encode() in files["README.txt"]
    code, out, err = verified(files, tmp_path / "mine")
    assert (code, err) == (0, ""), out
    assert "Vote no. 1: adopted" in out
    assert vkey in out
    assert verified(files, tmp_path / "poster", vkey)[0] == 0
    assert client.get(address).response.data == page.response.data


def test_an_owner_who_named_another_to_vote_reads_the_choices_as_every_owner_does(
    client: PageClient, world: World, clock: Clock
) -> None:
    him = Ref("person", 77)
    roll = units(2, 4)
    poll_id = open_owners(world, [replace(roll[0], told=(him,)), *roll[1:]])
    for entry in roll[:6]:
        clock.forward(minutes=1)
        cast(world, poll_id, entry, "yes")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.declare_outcome(poll_id)
    journal_actions.seal()
    client.sign_in(world.login("member"), PASSWORD)
    address = f"/c/{world.slug}/polls/1/record.zip"
    assert b'"choice"' not in unpacked(client.get(address))["ballots.jsonl"]
    speaks_for(world.accounts["member"], him)
    clock.forward(seconds=20)
    assert b'"choice"' in unpacked(client.get(address))["ballots.jsonl"]


def test_everybody_else_gets_the_same_record_without_choices(
    client: PageClient, world: World, declared: list[Entry], tmp_path: Path
) -> None:
    files = unpacked(client.get(f"/c/{world.slug}/polls/1/record.zip"))
    told = b"".join(files[name] for name in files if name not in ("verify.py", "README.txt", "rules.json"))
    assert b'"choice"' not in told
    assert {one["salt"] for one in json.loads(files["proofs.json"])["ballots"].values()} == {None}
    outcome = json.loads(files["outcome.json"])
    assert {(line["channel"], line["building"]) for line in outcome["counts"]} == {(None, None)}
    code, out, err = verified(files, tmp_path / "public")
    assert (code, err) == (0, ""), out
    assert "cannot be recounted here" in out
    [line] = [line for line in journal.sealed_lines(world.community_id) if line.event == "OutcomeDeclared"]
    assert line.told["answer"] in out


@pytest.mark.parametrize("name", FILES[2:])
def test_a_changed_file_is_found_by_the_bare_python(
    client: PageClient, world: World, declared: list[Entry], tmp_path: Path, name: str
) -> None:
    files = unpacked(client.get(f"/c/{world.slug}/polls/1/record.zip"))
    middle = len(files[name]) // 2
    files[name] = files[name][:middle] + bytes([files[name][middle] ^ 1]) + files[name][middle + 1 :]
    code, out, err = verified(files, tmp_path / "changed")
    assert (code, err, len(out.splitlines())) == (1, "", 2)
    del files[name]
    assert verified(files, tmp_path / "missing")[0] == 1


def test_an_auditor_sees_how_ballots_are_marked_and_the_secretary_does_not(
    app: Flask, world: World, declared: list[Entry]
) -> None:
    for role, sees in (("auditor", True), ("secretary", False), ("owner", True)):
        client = PageClient(app)
        client.sign_in(world.login(role), PASSWORD)
        found = unpacked(client.get(f"/c/{world.slug}/polls/1/record.zip"))
        assert (b'"choice":"yes"' in found["ballots.jsonl"]) == sees, role


def test_there_is_no_record_before_the_outcome(client: PageClient, world: World, clock: Clock) -> None:
    poll_id = open_owners(world, units(1, 3))
    address = f"/c/{world.slug}/polls/1/record.zip"
    assert client.get(address, status=409).says("公布结果以后")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    assert client.get(address, status=409).says("公布结果以后")
    actions.declare_outcome(poll_id)
    assert client.get(address, status=409).says("封入公开账本")
    journal_actions.seal()
    assert client.get(address).status == 200


def test_a_record_that_did_not_change_is_not_sent_again(
    client: PageClient, world: World, declared: list[Entry]
) -> None:
    address = f"/c/{world.slug}/polls/1/record.zip"
    tag = client.get(address).response.headers["ETag"]
    again = client.browser.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert "private" in again.headers["Cache-Control"]


def test_the_record_of_a_council_is_open_to_everybody(
    client: PageClient, world: World, clock: Clock, tmp_path: Path
) -> None:
    roll = seats(2, branch_2={"present": False}, property_1={"recused": True}, property_2={"recused": True})
    poll_id = open_council(world, roll)
    for entry in roll[2:6]:
        cast(world, poll_id, entry, "yes")
    cast(world, poll_id, roll[0], "abstain")
    actions.close_poll(world.actor("convener"), poll_id)
    journal_actions.seal()
    files = unpacked(client.get(f"/c/{world.slug}/polls/1/record.zip"))
    code, out, err = verified(files, tmp_path / "council")
    assert (code, err) == (0, ""), out
    assert "party-residents" in out
    assert "cannot be recounted" not in out


def test_the_record_of_a_residents_poll_shows_no_choice_to_anybody(
    client: PageClient, world: World, clock: Clock, tmp_path: Path
) -> None:
    poll_id = open_approval(world, 4)
    roll = [line.entry for line in queries.roll_of(poll_id)]
    for entry in roll[:3]:
        resident = voter(replace(entry, voters=(Ref("person", int(entry.key[1:])),)), world)
        actions.cast_ballot(resident, poll_id, entry.key, ("1", "3"))
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.declare_outcome(poll_id)
    journal_actions.seal()
    client.sign_in(world.login("auditor"), PASSWORD)
    files = unpacked(client.get(f"/c/{world.slug}/polls/1/record.zip"))
    assert b'"choice"' not in files["ballots.jsonl"]
    code, out, err = verified(files, tmp_path / "residents")
    assert (code, err) == (0, ""), out
    assert "健身角: 3" in out


def test_ballots_of_every_channel_and_those_made_void_stand_in_the_record(
    app: Flask, world: World, clock: Clock, tmp_path: Path
) -> None:
    roll = units(1, 5)
    poll_id = open_owners(world, roll, precedence=PAPER_FIRST)
    numbers = {
        channel: handed_in(world, poll_id, entry, "invalid" if channel == "stall" else "yes", channel)
        for entry, channel in zip(roll, ("paper", "stall", "phone", "letter"), strict=False)
    }
    clock.forward(minutes=5)
    cast(world, poll_id, roll[0], "no")
    cast(world, poll_id, roll[3], "no")
    clock.forward(minutes=5)
    actions.void_intake(world.actor("secretary"), poll_id, numbers["letter"], "信封是空的")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.declare_outcome(poll_id)
    journal_actions.seal()
    client = PageClient(app)
    client.sign_in(world.login("auditor"), PASSWORD)
    files = unpacked(client.get(f"/c/{world.slug}/polls/1/record.zip"))
    ballots = [json.loads(line) for line in files["ballots.jsonl"].decode().splitlines()]
    told = [(one["channel"], one["choice"], one["status"], one["why"]) for one in ballots]
    assert told == [
        ("paper", "yes", "counted", None),
        ("stall", "invalid", "counted", None),
        ("phone", "yes", "counted", None),
        ("letter", "yes", "rejected", "void"),
        ("online", "no", "superseded", None),
        ("online", "no", "counted", None),
    ]
    assert json.loads(files["outcome.json"])["rejected"] == [{"ballot": ballots[3]["ballot"], "why": "void"}]
    code, out, err = verified(files, tmp_path / "desk")
    assert (code, err) == (0, ""), out
    proofs = json.loads(files["proofs.json"])
    assert set(proofs.pop("voided")) == {ballots[3]["ballot"]}
    unproven = json.dumps(proofs, ensure_ascii=False, separators=(",", ":")) + "\n"
    assert verified({**files, "proofs.json": unproven.encode()}, tmp_path / "unproven")[0] == 1


@pytest.mark.parametrize(("method", "marks"), [("irv", ["2", "1"]), ("score", {"1": 5, "3": 2}), ("schulze", ["3"])])
def test_a_vote_counted_by_another_method_is_recounted_by_a_bare_python(
    client: PageClient, world: World, clock: Clock, tmp_path: Path, method: str, marks: Marks
) -> None:
    poll_id = open_method(world, method, many=3, choices_visible="public")
    for number in (1, 2):
        entry = Entry(f"r{number}", "", voters=(Ref("person", number),))
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, marks)
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.declare_outcome(poll_id)
    journal_actions.seal()
    files = unpacked(client.get(f"/c/{world.slug}/polls/1/record.zip"))
    code, out, err = verified(files, tmp_path / "method")
    assert (code, err) == (0, ""), out
    assert "the outcome was recounted independently" in out


def test_a_lot_is_drawn_again_by_a_bare_python(client: PageClient, world: World, clock: Clock, tmp_path: Path) -> None:
    poll_id = open_method(world, "irv", many=2, choices_visible="public")
    for number in (1, 2):
        entry = Entry(f"r{number}", "", voters=(Ref("person", number),))
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, [str(number)])
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.declare_outcome(poll_id)
    journal_actions.seal()
    address = f"/c/{world.slug}/polls/1/record.zip"
    code, out, err = verified(unpacked(client.get(address)), tmp_path / "before")
    assert (code, err) == (0, ""), out
    assert "A tie waits for a lot." in out
    seed = sha256(b"a head that witnesses confirmed")
    actions.draw_lot(poll_id, seed.digest())
    journal_actions.seal()
    files = unpacked(client.get(address))
    code, out, err = verified(files, tmp_path / "after")
    assert (code, err) == (0, ""), out
    assert seed.hexdigest() in out
    winner = json.loads(files["outcome.json"])["winners"][0]
    assert f"first: {json.loads(files['rules.json'])['labels'][winner]}" in out
    entry_ = json.loads(json.loads(files["proofs.json"])["lot"]["entry"])
    assert (entry_["event"], entry_["seed"]) == ("LotDrawn", seed.hexdigest())
