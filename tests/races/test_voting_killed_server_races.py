"""A server that is killed in the middle of a vote has lost no ballot that it acknowledged, and counts none twice."""

import http.cookiejar
import os
import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.voting import actions
from app.voting.models import Ballot, BallotIntake
from app.voting.queries import papers
from app.voting.rules.papers import PER_UNIT
from bench.server import ROOT, free_port, words
from tests.polls import open_owners, units
from tests.world import PASSWORD, World

PATIENCE = 90.0
KILLS = 3
FIELD = re.compile(r'name="(csrf_token|once|key)"[^>]*?value="([^"]*)"')
LOST = (OSError, http.client.HTTPException, urllib.error.URLError)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Browser:
    """One reader with their cookies, over the wire."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(_Stay, urllib.request.HTTPCookieProcessor(self.jar))

    def ask(self, path: str, sent: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, where it leads, and the page."""
        body = urllib.parse.urlencode(sent).encode() if sent is not None else None
        try:
            answer = self.opener.open(self.address + path, body, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return int(answer.status or 0), answer.headers.get("Location", ""), answer.read().decode("utf-8", "replace")

    def submit(self, path: str, action: str | None = None, **typed: str) -> str:
        """Read a form and send it; answers where the house leads. Raises ValueError for any other answer."""
        _status, _to, page = self.ask(path)
        status, to, told = self.ask(action or path, {**dict(FIELD.findall(page)), **typed})
        if status != 303:
            raise ValueError(f"{path} answers {status}: {re.sub('<[^>]*>', ' ', told)[-400:]}")
        return to


@dataclass
class Server:
    """The real server on a port; killed and started again while people vote."""

    database: str
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """In a session of its own, so that its workers can be ended with it and nobody else."""
        env = {**os.environ, "DATABASE_URL": self.database, "PUBLIC_URL": self.address, "LOG_LEVEL": "ERROR"}
        self.process = subprocess.Popen(
            words("wsgi:app", self.port, 2), cwd=ROOT, env=env, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if Browser(self.address).ask("/healthz")[0] == 200:
                    return
            except LOST:
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """As by a power cut: every process of it at once, without a word."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        assert self.process.wait(PATIENCE) == -signal.SIGKILL


@pytest.fixture
def server(database: str) -> Iterator[Server]:
    """The house as it is served, over the test's database."""
    found = Server(database)
    found.start()
    yield found
    if found.process is not None and found.process.poll() is None:
        found.kill()


def until_acknowledged(act: Callable[[], str]) -> str:
    """Whoever gets no answer tries again, as people do."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except LOST:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_kill_nine_during_a_vote_loses_no_acknowledged_ballot_and_no_paper_that_was_received(
    app: Flask, world: World, server: Server
) -> None:
    roll = units(4, 16)
    poll_id = open_owners(world, roll)
    while actions.issue_papers(world.actor("secretary"), poll_id, PER_UNIT):
        pass
    codes = {sheet.lines[0].key: sheet.code for sheet in papers.sheets_of(poll_id)}
    poll = f"/c/{world.slug}/polls/1"
    acknowledged, received, half = dict[str, str](), list[int](), threading.Event()

    def vote(key: str) -> str:
        browser = Browser(server.address)
        browser.submit(f"{poll}/code", code=codes[key])
        to = browser.submit(f"{poll}/code/ballot", key=key, choice="yes", step="cast")
        acknowledged[key] = to.rpartition("/")[2]
        if len(acknowledged) >= 8:
            half.set()
        return to

    clerk = Browser(server.address)
    clerk.submit("/sign-in", login=world.login("clerk"), password=PASSWORD)

    def desk(key: str) -> str:
        try:
            to = clerk.submit(f"{poll}/desk/receive", typed=key, channel="stall")
        except ValueError:
            # Received before the answer was lost; the desk says so and nothing comes in twice.
            return ""
        received.append(int(to.rpartition("got=")[2]))
        return to

    online, papers_ = [entry.key for entry in roll[:52]], [entry.key for entry in roll[52:]]
    with ThreadPoolExecutor(16) as crowd:
        voting = [crowd.submit(until_acknowledged, lambda key=key: vote(key)) for key in online]  # type: ignore[misc]  # bound at once
        voting += [crowd.submit(until_acknowledged, lambda key=key: desk(key)) for key in papers_]  # type: ignore[misc]  # bound at once
        for round_ in range(KILLS):
            half.wait(PATIENCE) if round_ == 0 else time.sleep(0.4)
            server.kill()
            server.start()
        for one in voting:
            one.result(timeout=2 * PATIENCE)

    db.session.rollback()
    kept = list(db.session.execute(select(Ballot.code, Ballot.entry_id, Ballot.counted).filter_by(poll_id=poll_id)))
    assert len(acknowledged) == len(online)
    assert set(acknowledged.values()) <= {row.code for row in kept}
    counted = [row.entry_id for row in kept if row.counted]
    assert len(counted) == len(set(counted)) == len(online)
    numbers = set(db.session.scalars(select(BallotIntake.number).filter_by(poll_id=poll_id, void_at=None)))
    assert received
    assert set(received) <= numbers
    assert len(numbers) == len(papers_)
