"""Whatever is changed in the database afterwards, the audit finds it."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.core.db import db, transactional
from app.core.values import ANYONE, Ref
from app.journal import queries
from app.journal.actions import record, seal
from tests.stories import story
from tests.world import World

SEALED = 300


@dataclass(frozen=True, slots=True)
class StoneLaid:
    """Something happened."""

    community_id: int
    stone: int


@transactional
def lay(community_id: int, first: int, many: int) -> None:
    """Many entries at once, as only a test writes them."""
    for stone in range(first, first + many):
        record(StoneLaid(community_id, stone), ANYONE, Ref("wall", 1))


@story()
def log(world: World) -> int:
    """A log of two tiles in several batches, and one entry that waits."""
    seal()
    for first, many in ((0, 255), (255, 1), (256, SEALED - 256)):
        lay(world.community_id, first, many)
        seal()
    lay(world.community_id, SEALED, 1)
    return world.community_id


def change(statement: str, **values: Any) -> None:
    """Somebody with access to the database changes it."""
    done = db.session.execute(text(statement), values)
    assert done.rowcount >= 1, "the test changed nothing"  # type: ignore[attr-defined]  # a cursor's result
    db.session.commit()


def test_an_untouched_log_is_in_order(log: int) -> None:
    verdict = queries.audit_log(log)
    found = queries.find_log(log)
    assert found is not None
    assert verdict.faults == []
    assert verdict.size >= SEALED
    assert (verdict.size, verdict.root) == (found.size, found.root)


def test_an_empty_log_is_in_order(app: Flask, world: World) -> None:
    verdict = queries.audit_log(world.other_id)
    assert (verdict.ok, verdict.size) == (True, 0)


ENTRY = "UPDATE journal_entry SET {} WHERE community_id = :c AND log_index = 270"
HEAD = "(SELECT max(size) FROM journal_checkpoint WHERE community_id = :c)"
FIRST_ROOT = "(SELECT root FROM journal_checkpoint WHERE community_id = :c ORDER BY size LIMIT 1)"
LAST_NOTE = f"(SELECT note FROM journal_checkpoint WHERE community_id = :c AND size = {HEAD})"
FIRST_TILE = '(SELECT hashes FROM journal_tile WHERE community_id = :c AND level = 0 AND "index" = 0)'


CHANGES = [
    ENTRY.format("text = replace(text, 'StoneLaid', 'StoneLaie')"),
    ENTRY.format("text = text || ' '"),
    ENTRY.format("leaf = (SELECT leaf FROM journal_entry WHERE community_id = :c AND log_index = 271)"),
    ENTRY.format("event = 'StoneTaken'"),
    ENTRY.format("matter_id = 2"),
    ENTRY.format("matter_kind = NULL"),
    ENTRY.format("at = '2020-01-01 00:00:00'"),
    ENTRY.format("log_index = 99999"),
    ENTRY.format("log_index = NULL"),
    "DELETE FROM journal_entry WHERE community_id = :c AND log_index = 270",
    "DELETE FROM journal_entry WHERE community_id = :c AND log_index >= 280",
    "UPDATE journal_entry SET text = replace(text, '300', '301') WHERE community_id = :c AND log_index IS NULL",
    "UPDATE journal_entry SET log_index = -1 - log_index WHERE community_id = :c AND log_index < 2",
    "UPDATE journal_log SET size = size - 1 WHERE community_id = :c",
    f"UPDATE journal_log SET root = {FIRST_ROOT} WHERE community_id = :c",
    "UPDATE journal_log SET key_label = 'another' WHERE community_id = :c",
    "DELETE FROM journal_log WHERE community_id = :c",
    f"UPDATE journal_checkpoint SET size = size - 1 WHERE community_id = :c AND size = {HEAD}",
    f"DELETE FROM journal_checkpoint WHERE community_id = :c AND size = {HEAD}",
    f"UPDATE journal_checkpoint SET note = 'x' || note WHERE community_id = :c AND size = {HEAD}",
    f"UPDATE journal_checkpoint SET root = {FIRST_ROOT} WHERE community_id = :c AND size = {HEAD}",
    f"UPDATE journal_checkpoint SET note = {LAST_NOTE} WHERE community_id = :c AND size < {HEAD}",
    'DELETE FROM journal_tile WHERE community_id = :c AND level = 0 AND "index" = 1',
    "DELETE FROM journal_tile WHERE community_id = :c AND level = 1",
    f'UPDATE journal_tile SET hashes = {FIRST_TILE} WHERE community_id = :c AND level = 0 AND "index" = 1',
    'UPDATE journal_tile SET "index" = 7 WHERE community_id = :c AND level = 0 AND "index" = 1',
    "UPDATE community SET log_origin = 'elsewhere.example/log' WHERE id = :c",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_one_change_in_the_database_is_found(log: int, statement: str) -> None:
    change(statement, c=log)
    db.session.expire_all()
    assert not queries.audit_log(log).ok


def test_one_flipped_byte_anywhere_in_an_entry_is_found(log: int) -> None:
    row = db.session.execute(
        text("SELECT id, text FROM journal_entry WHERE community_id = :c AND log_index = 269"), {"c": log}
    ).one()
    for place in range(0, len(row.text), 7):
        other = row.text[:place] + chr(ord(row.text[place]) ^ 1) + row.text[place + 1 :]
        change("UPDATE journal_entry SET text = :t WHERE id = :i", t=other, i=row.id)
        assert not queries.audit_log(log).ok, other
    change("UPDATE journal_entry SET text = :t WHERE id = :i", t=row.text, i=row.id)
    assert queries.audit_log(log).ok


def test_a_log_under_another_master_key_is_not_in_order(log: int, app: Flask) -> None:
    app.config["SECRETS"] = {**app.config["SECRETS"], "LOG_MASTER_KEY": "another"}
    assert not queries.audit_log(log).ok


def test_who_acted_can_be_erased_and_the_record_stays_in_order(log: int) -> None:
    change("UPDATE journal_entry SET account_id = NULL WHERE community_id = :c", c=log)
    assert queries.audit_log(log).ok
