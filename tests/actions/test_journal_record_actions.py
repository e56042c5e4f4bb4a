"""What is done is recorded with it, sealed just after, and readers are told once it is certain."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db, transactional
from app.core.errors import Conflict, NotFound
from app.core.house import house
from app.core.secrets import paper_code
from app.core.values import ANYONE, Actor, Ref
from app.journal import queries
from app.journal.actions import attach, record, relay, seal, settle, tell_patiently
from app.journal.events import Digest, ReceiptCode, UnfitEvent, Word
from app.journal.models import JournalEntry, JournalReceipt, Outbox
from tests.conftest import Clock
from tests.world import World

MATTER = Ref("proposal", 7)


@dataclass(frozen=True, slots=True)
class LampLit:
    """Something happened."""

    community_id: int
    lamp: int


class Colour(StrEnum):
    """A closed list."""

    RED = "red"


@dataclass(frozen=True, slots=True)
class EverythingTold:
    """An event with a field of every kind."""

    community_id: int
    sure: bool
    day: date
    moment: datetime
    thing: Ref
    digest: Digest
    code: ReceiptCode
    version: Word
    colour: Colour
    answer: Literal["yes", "no"]
    nothing: int | None
    things: tuple[Ref, ...]


@transactional
def light(community_id: int, lamp: int = 1, *, hold_until: datetime | None = None, matter: Ref | None = MATTER) -> int:
    """The action of these tests."""
    return record(LampLit(community_id, lamp), Actor(5), matter, hold_until=hold_until)


def stored(entry_id: int) -> JournalEntry:
    db.session.expire_all()
    return db.session.get_one(JournalEntry, entry_id)


def test_an_event_is_kept_as_the_exact_text_that_is_published(world: World, clock: Clock) -> None:
    entry = stored(light(world.community_id, 3))
    assert entry.text == (
        f'{{"at":"2026-03-02T01:00:00Z","community_id":{world.community_id},"event":"LampLit","lamp":3,"matter":"proposal:7"}}'
    )
    assert (entry.event, entry.matter, entry.at, entry.log_index) == ("LampLit", MATTER, clock.now, None)


def test_who_acted_stands_beside_the_record_and_not_in_it(world: World) -> None:
    entry = stored(light(world.community_id))
    assert entry.account_id == 5
    assert "account" not in entry.text


def test_every_kind_of_field_has_one_spelling(world: World, clock: Clock) -> None:
    code = paper_code()
    event = EverythingTold(
        world.community_id, True, date(2026, 3, 2), datetime(2026, 3, 2, 9, 0, 0, 5, UTC), MATTER, Digest("ab" * 32),
        ReceiptCode(code), Word("owners.area@2021-01-01/CN"), Colour.RED, "yes", None, (MATTER, Ref("unit", 2)),
    )  # fmt: skip
    entry_id = transactional(lambda: record(event, ANYONE, None))()
    assert json.loads(stored(entry_id).text) == {
        "event": "EverythingTold", "matter": None, "at": "2026-03-02T01:00:00Z", "community_id": world.community_id,
        "sure": True, "day": "2026-03-02", "moment": "2026-03-02T09:00:00.000005Z", "thing": "proposal:7",
        "digest": "ab" * 32, "code": code, "version": "owners.area@2021-01-01/CN", "colour": "red", "answer": "yes",
        "nothing": None, "things": ["proposal:7", "unit:2"],
    }  # fmt: skip


@dataclass(frozen=True)
class NameTold:
    """An event that could hold a name."""

    community_id: int
    name: str


@dataclass(frozen=True)
class FractionTold:
    """An event that could hold a fraction."""

    community_id: int
    share: float


@dataclass(frozen=True)
class NowhereTold:
    """An event of no community."""

    thing: int


@dataclass(frozen=True)
class AtTold:
    """An event that would hide when it happened."""

    community_id: int
    at: int


@dataclass
class LooseTold:
    """An event that could still change."""

    community_id: int


@pytest.mark.parametrize(
    "event", [NameTold(1, "王芳"), FractionTold(1, 0.5), NowhereTold(1), AtTold(1, 1), LooseTold(1)]
)
def test_an_event_that_could_hold_a_name_or_a_fraction_is_refused_by_its_type(world: World, event: Any) -> None:
    with pytest.raises(UnfitEvent):
        transactional(lambda: record(event, ANYONE, None))()
    assert (
        db.session.scalar(
            select(func.count()).select_from(JournalEntry).where(JournalEntry.event == type(event).__name__)
        )
        == 0
    )


@dataclass(frozen=True, slots=True)
class WordTold:
    """Fields whose values are looked at as well."""

    community_id: int
    word: Word
    digest: Digest
    answer: Literal["yes"]
    moment: datetime


FIT: dict[str, Any] = {"word": "a", "digest": "0" * 64, "answer": "yes", "moment": datetime(2026, 1, 1, tzinfo=UTC)}


@pytest.mark.parametrize(
    "values",
    [
        {"word": "王芳"}, {"word": "Wang Fang"}, {"word": ""}, {"word": "a" * 81}, {"digest": "0" * 63}, {"digest": "G" * 64},
        {"answer": "no"}, {"moment": datetime(2026, 1, 1)}, {"community_id": True}, {"community_id": 2**53},
        {"word": "a\n"}, {"digest": None},
    ],
)  # fmt: skip
def test_a_value_that_its_type_does_not_allow_is_refused(world: World, values: dict[str, Any]) -> None:
    with pytest.raises(UnfitEvent):
        transactional(lambda: record(WordTold(**{**FIT, "community_id": world.community_id, **values}), ANYONE, None))()
    assert transactional(lambda: record(WordTold(**{**FIT, "community_id": world.community_id}), ANYONE, None))()


def test_nothing_is_recorded_outside_of_an_action(world: World) -> None:
    with pytest.raises(RuntimeError, match="part of an action"):
        record(LampLit(world.community_id, 1), ANYONE, None)


def test_what_is_undone_was_never_recorded(world: World) -> None:
    before = db.session.scalar(select(func.count()).select_from(JournalEntry))

    @transactional
    def fail() -> None:
        record(LampLit(world.community_id, 1), ANYONE, None)
        raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert db.session.scalar(select(func.count()).select_from(JournalEntry)) == before


def test_a_crossing_happens_in_the_same_transaction_or_not_at_all(world: World) -> None:
    seen: list[tuple[Any, Actor, Ref | None]] = []
    house().cross(LampLit, lambda event, actor, matter: seen.append((event, actor, matter)))
    light(world.community_id, 4)
    assert seen == [(LampLit(world.community_id, 4), Actor(5), MATTER)]

    def refuse(_event: Any, _actor: Actor, _matter: Ref | None) -> None:
        raise NotFound("没有")

    house().cross(LampLit, refuse)
    with pytest.raises(NotFound):
        light(world.community_id, 5)
    assert [line.told["lamp"] for line in queries.history(world.community_id, MATTER)] == [4]


def test_sealing_gives_each_entry_its_place_and_signs_the_head(world: World) -> None:
    seal()
    start = queries.find_log(world.community_id)
    before = start.size if start else 0
    ids = [light(world.community_id, lamp) for lamp in range(3)]
    assert seal() == 3
    assert [queries.place_of(entry_id) for entry_id in ids] == [before, before + 1, before + 2]
    assert seal() == 0
    head = queries.latest_checkpoint(world.community_id)
    assert head is not None
    assert head.size == before + 3
    assert head.note.startswith(f"127.0.0.1:8000/c/wutongli/log\n{before + 3}\n")


def test_each_community_has_a_log_and_a_key_of_its_own(world: World) -> None:
    light(world.community_id)
    light(world.other_id)
    seal()
    logs = [queries.find_log(number) for number in (world.community_id, world.other_id)]
    keys = [str(queries.key(log)) for log in logs if log]
    assert [name.split("+")[0] for name in keys] == ["127.0.0.1:8000/c/wutongli/log", "127.0.0.1:8000/c/hepingli/log"]
    assert keys[0].split("+")[2] != keys[1].split("+")[2]
    assert [queries.audit_log(number).ok for number in (world.community_id, world.other_id)] == [True, True]


def test_a_held_entry_is_seen_by_nobody_until_its_time(world: World, clock: Clock) -> None:
    told: list[Mapping[str, Any]] = []
    house().read(LampLit, "test", told.append)
    entry_id = light(world.community_id, 9, hold_until=clock.now + timedelta(days=1))
    light(world.community_id, 10)
    settle()
    assert queries.place_of(entry_id) is None
    assert [line.told["lamp"] for line in queries.history(world.community_id, MATTER)] == [10]
    assert queries.waiting_lines(world.community_id) == []
    assert (queries.unsealed_entries(), queries.overdue_readings()) == (0, 0)
    assert [entry["lamp"] for entry in told] == [10]
    clock.forward(days=1)
    assert (queries.unsealed_entries(), queries.overdue_readings()) == (1, 1)
    settle()
    assert queries.place_of(entry_id) is not None
    assert [line.told["lamp"] for line in queries.history(world.community_id, MATTER)] == [10, 9]
    assert [entry["lamp"] for entry in told] == [10, 9]
    assert queries.audit_log(world.community_id).ok


def test_readers_are_told_after_the_commit_of_what_is_published(world: World, clock: Clock) -> None:
    told: list[Mapping[str, Any]] = []
    house().read(LampLit, "test", told.append)
    entry_id = light(world.community_id, 2)
    assert told == []
    settle()
    assert told == [{**json.loads(stored(entry_id).text), "entry_id": entry_id}]
    settle()
    assert len(told) == 1


def test_a_fault_in_one_reader_keeps_neither_the_event_nor_the_others_back(world: World, clock: Clock) -> None:
    told: list[int] = []
    faults = [OSError("王芳")]

    def fail_once(entry: Mapping[str, Any]) -> None:
        if faults:
            raise faults.pop()
        told.append(entry["entry_id"])

    house().read(LampLit, "fails once", fail_once)
    house().read(LampLit, "works", lambda entry: told.append(-1))
    entry_id = light(world.community_id)
    rows = db.session.scalars(select(Outbox.id).order_by(Outbox.id)).all()
    for outbox_id in rows:
        tell_patiently(outbox_id)
    assert told == [-1]
    left = db.session.scalars(select(Outbox)).one()
    assert (left.reader, left.fault) == ("fails once", "OSError")
    assert left.due_at > clock.now
    assert (queries.overdue_readings(), queries.failing_readings()) == (0, 1)
    clock.forward(hours=1)
    tell_patiently(left.id)
    tell_patiently(left.id)
    assert told == [-1, entry_id]
    assert db.session.scalars(select(Outbox)).all() == []


def test_what_a_reader_wrote_before_it_failed_is_undone(world: World) -> None:
    def write_and_fail(entry: Mapping[str, Any]) -> None:
        db.session.execute(db.delete(JournalEntry))
        raise OSError

    house().read(LampLit, "fails", write_and_fail)
    entry_id = light(world.community_id)
    tell_patiently(db.session.scalars(select(Outbox.id)).one())
    assert stored(entry_id).event == "LampLit"


def test_a_reader_that_no_longer_exists_is_forgotten(world: World) -> None:
    house().read(LampLit, "old", lambda entry: None)
    light(world.community_id)
    house().readers.clear()
    settle()
    assert db.session.scalars(select(Outbox)).all() == []


def test_the_relay_sends_again_what_the_queue_lost(app: Flask, world: World, clock: Clock) -> None:
    told: list[Mapping[str, Any]] = []
    house().read(LampLit, "test", told.append)
    light(world.community_id)
    assert relay() == 1
    assert relay() == 0
    clock.forward(minutes=2)
    assert relay() == 1


def test_a_receipt_code_leads_to_its_entry_and_is_never_given_twice(world: World) -> None:
    @transactional
    def vote(code: str = "") -> tuple[int, str]:
        entry_id = record(LampLit(world.community_id, 1), ANYONE, MATTER)
        return entry_id, attach(entry_id, code)

    entry_id, code = vote()
    assert queries.codes_of([entry_id]) == {entry_id: code}
    receipt = queries.get_receipt(world.community_id, code)
    assert (receipt.code, receipt.proof, receipt.held_until) == (code, None, None)
    seal()
    sealed = queries.get_receipt(world.community_id, code)
    assert sealed.proof is not None
    assert sealed.proof.entry == stored(entry_id).text
    with pytest.raises(Exception, match="同时有别人在改"):
        vote(code)
    with pytest.raises(NotFound):
        queries.get_receipt(world.other_id, code)


@pytest.mark.parametrize("readers", [0, 1, 3])
@pytest.mark.parametrize("coded", [True, False])
def test_an_entry_its_receipt_and_what_its_readers_are_owed_are_written_together(
    world: World, clock: Clock, readers: int, coded: bool
) -> None:
    for number in range(readers):
        house().read(LampLit, f"reader {number}", lambda _entry: None)
    code = paper_code() if coded else ""
    due = clock.now + timedelta(hours=2)

    @transactional
    def act() -> int:
        return record(LampLit(world.community_id, 4), Actor(5), None, hold_until=due, receipt=code)

    first, second = act(), light(world.community_id)
    assert second > first
    entry = stored(first)
    assert (entry.community_id, entry.account_id, entry.public_from) == (world.community_id, 5, due)
    assert (entry.matter_kind, entry.matter_id, entry.log_index) == (None, None, None)
    owed = db.session.scalars(select(Outbox).filter_by(entry_id=first).order_by(Outbox.reader)).all()
    assert [(row.reader, row.due_at, row.attempts, row.fault, row.community_id) for row in owed] == [
        (f"reader {number}", due, 0, "", world.community_id) for number in range(readers)
    ]
    kept = db.session.scalars(select(JournalReceipt).filter_by(entry_id=first)).all()
    assert [(row.community_id, row.code) for row in kept] == ([(world.community_id, code)] if coded else [])


def test_a_code_that_is_taken_undoes_the_entry_and_what_its_readers_were_owed(world: World) -> None:
    house().read(LampLit, "reader", lambda _entry: None)
    code = paper_code()

    @transactional
    def act() -> int:
        return record(LampLit(world.community_id, 4), Actor(5), None, receipt=code)

    def many() -> list[int | None]:
        return [db.session.scalar(select(func.count()).select_from(model)) for model in (JournalEntry, Outbox)]

    first = act()
    before = many()
    with pytest.raises(Conflict):
        act()
    assert many() == before
    assert db.session.scalars(select(JournalReceipt.entry_id).filter_by(code=code)).all() == [first]
