"""One verb, one transaction."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.bulk import insert_row
from app.core.db import db, in_one_view, on_commit, transactional
from app.core.errors import Conflict
from app.core.forms import FormOnce
from app.core.numbers import last_number, next_number


def second_connection_rows(app: Flask, sql: str) -> list[tuple[object, ...]]:
    """What somebody else sees at this moment: another thread, another connection."""

    def ask() -> list[tuple[object, ...]]:
        with app.app_context(), db.engine.connect() as other:
            return [tuple(row) for row in other.exec_driver_sql(sql)]

    with ThreadPoolExecutor(1) as somebody:
        return somebody.submit(ask).result(timeout=30)


def _in(app: Flask, act: Callable[[], object]) -> Callable[[], object]:
    def run() -> object:
        with app.app_context():
            return act()

    return run


def _form(token: str) -> FormOnce:
    return FormOnce(token=token, account_id=None, location="/", at=clock.now())


@transactional
def _write(*tokens: str, fail: bool = False) -> int:
    for token in tokens:
        db.session.add(_form(token))
        db.session.flush()
    if fail:
        raise LookupError("undone")
    return len(tokens)


def test_the_outermost_action_commits_and_another_connection_sees_it(app: Flask) -> None:
    assert _write("a", "b") == 2
    assert second_connection_rows(app, "SELECT token FROM form_once ORDER BY token") == [("a",), ("b",)]


def test_an_exception_undoes_everything_of_every_inner_action(app: Flask) -> None:
    @transactional
    def outer() -> None:
        _write("inner")
        raise LookupError("outer")

    with pytest.raises(LookupError):
        outer()
    assert second_connection_rows(app, "SELECT token FROM form_once") == []


def test_inner_actions_join_and_do_not_commit_by_themselves(app: Flask) -> None:
    seen: list[list[tuple[object, ...]]] = []

    @transactional
    def outer() -> None:
        _write("inner")
        seen.append(second_connection_rows(app, "SELECT token FROM form_once"))

    outer()
    assert seen == [[]]


def test_a_race_that_is_lost_for_ever_becomes_a_conflict_with_a_sentence(app: Flask) -> None:
    _write("taken")
    with pytest.raises(Conflict) as lost:
        _write("taken")
    assert "再试一次" in lost.value.refusal.sentence
    assert isinstance(lost.value.__cause__, IntegrityError)


def test_a_lost_race_is_tried_again(app: Flask) -> None:
    tries: list[int] = []

    @transactional
    def second_time_lucky() -> None:
        tries.append(1)
        db.session.add(_form("taken" if len(tries) == 1 else "free"))
        db.session.flush()

    _write("taken")
    second_time_lucky()
    assert len(tries) == 2
    assert len(second_connection_rows(app, "SELECT token FROM form_once")) == 2


def test_what_waits_for_the_commit_happens_once_after_it_and_never_when_undone(app: Flask) -> None:
    done: list[str] = []

    @transactional
    def outer(fail: bool) -> None:
        on_commit(lambda: done.append("told"))
        _write("x" if fail else "y", fail=fail)
        assert done == []

    with pytest.raises(LookupError):
        outer(fail=True)
    assert done == []
    outer(fail=False)
    assert done == ["told"]


def test_numbers_run_without_gaps_although_an_action_was_undone(app: Flask) -> None:
    @transactional
    def take(fail: bool = False) -> int:
        number = next_number(1, "proposal")
        if fail:
            raise LookupError
        return number

    assert take() == 1
    with pytest.raises(LookupError):
        take(fail=True)
    assert [take(), take()] == [2, 3]
    assert (last_number(1, "proposal"), last_number(2, "proposal"), last_number(1, "tender")) == (3, 0, 0)


def test_who_reads_holds_nothing_open_and_sees_what_was_written_meanwhile(app: Flask) -> None:
    tokens = select(FormOnce.token)
    assert db.session.scalars(tokens).all() == []
    with ThreadPoolExecutor(1) as somebody:
        somebody.submit(_in(app, lambda: _write("theirs"))).result(timeout=30)
    assert db.session.scalars(tokens).all() == ["theirs"]
    _write("ours")
    assert db.session.scalars(tokens.order_by(FormOnce.token)).all() == ["ours", "theirs"]


def test_what_is_too_long_for_one_statement_is_read_in_a_transaction(app: Flask) -> None:
    _write("a", "b")
    with in_one_view():
        assert len(list(db.session.scalars(select(FormOnce.token).execution_options(yield_per=1)))) == 2
    _write("c")


def test_a_row_written_by_itself_is_undone_with_the_rest_and_gets_the_defaults(app: Flask) -> None:
    @transactional
    def write(fail: bool) -> None:
        insert_row(FormOnce, token="alone", account_id=None, location="/", at=clock.now())
        if fail:
            raise LookupError

    with pytest.raises(LookupError):
        write(fail=True)
    assert second_connection_rows(app, "SELECT token FROM form_once") == []
    write(fail=False)
    assert second_connection_rows(app, "SELECT token FROM form_once") == [("alone",)]


@pytest.mark.databases("postgresql")
def test_a_connection_that_the_server_closed_is_replaced_before_anybody_notices(app: Flask) -> None:
    who = text("SELECT pg_backend_pid()")
    before = db.session.scalar(who)
    db.session.remove()
    with closing(psycopg.connect(app.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", ""))) as somebody:
        assert somebody.execute("SELECT pg_terminate_backend(%s, 5000)", [before]).fetchone() == (True,)
    assert db.session.scalar(who) != before
    _write("after")
    assert second_connection_rows(app, "SELECT token FROM form_once") == [("after",)]
