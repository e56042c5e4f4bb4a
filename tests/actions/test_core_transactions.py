"""One verb, one transaction."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.db import db, on_commit, transactional
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
