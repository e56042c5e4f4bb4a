"""How often a page asks the database: eight times for a stranger, twelve for a reader, however long the lists are."""

from dataclasses import replace

import pytest
from flask import Flask

from app.core.copies import Copies
from app.core.memory import Memory
from bench import fill
from bench.fill import SLUG, TINY, Town
from bench.serving import pages
from tests.conftest import Clock
from tests.counting import counted

MOST = {"": 8, "signed in": 12}
VOTE = 12
OTHERS = ("polls", "tenders?view=open", "journal", "rules", "council", "meetings", "search?q=灯")
QUIET = ("BEGIN", "PRAGMA", "ROLLBACK", "SELECT CAST(pg_current_snapshot")


def asked(app: Flask, town: Town, path: str, reader: str, *, cold: bool = False) -> list[str]:
    """The statements of a page that a reader comes back to, without the copies that answer strangers unasked; when `cold`
    nothing else is remembered either."""
    browser = app.test_client()
    if reader:
        for pair in town.readers[0].cookie.split("; "):
            name, _, value = pair.partition("=")
            browser.set_cookie(name, value)
    assert browser.get(path).status_code == 200, path
    app.extensions["copies"] = Copies()
    if cold:
        app.extensions["memory"] = Memory()
        app.extensions["todo_counts"].clear()
    with counted() as statements:
        browser.get(path)
    return [one for one in statements if not one.startswith(QUIET)]


def paths(town: Town, reader: str) -> list[str]:
    """Every list and detail page of the town; what waits for me only for who is somebody."""
    found = [path[0] for what, path in pages(town).items() if reader or what != "to-do"]
    return found + [f"/c/{SLUG}/{other}" for other in OTHERS]


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("reader", MOST)
def test_no_page_asks_too_often_or_oftener_when_lists_grow(app: Flask, clock: Clock, reader: str) -> None:
    town = fill.fill(app, TINY)
    short = {path: asked(app, town, path, reader) for path in paths(town, reader)}
    told = [
        f"{path}: {len(found)}\n  " + "\n  ".join(found) for path, found in short.items() if len(found) > MOST[reader]
    ]
    assert not told, "\n".join(told)
    few = {path: asked(app, town, path, reader, cold=True) for path in short}
    assert all(few.values()), "each page asks something"
    first = [
        f"{path}: {len(found)}\n  " + "\n  ".join(found) for path, found in few.items() if len(found) > MOST[reader]
    ]
    assert not first, "\n".join(first)
    fill.more(town, replace(TINY, communities=1))
    for path, before in few.items():
        after = asked(app, town, path, reader, cold=True)
        assert len(after) <= len(before), f"{path}: {len(before)} before, then:\n  " + "\n  ".join(after)


def test_a_vote_is_cast_in_few_statements(app: Flask, clock: Clock) -> None:
    town = fill.fill(app, TINY)
    voter = town.readers[0]
    browser = app.test_client()
    for pair in voter.cookie.split("; "):
        name, _, value = pair.partition("=")
        browser.set_cookie(name, value)
    form = {"csrf_token": voter.token, "once": "o", "step": "cast", "key": voter.key, "choice": "yes"}
    with counted() as statements:
        answer = browser.post(f"/c/{SLUG}/polls/{town.ballot_poll}/ballot", data=form)
    assert answer.status_code == 303
    assert "/receipts/" in answer.location
    found = [one for one in statements if not one.startswith(QUIET)]
    assert 5 < len(found) <= VOTE, "\n".join(found)
