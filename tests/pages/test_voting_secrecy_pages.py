"""While a sealed vote runs nobody learns how anybody chose, nor how many: by no page, feed, export, figure, line or view.

Everything that staff can reach is read, then every choice in the database is turned round, then everything is read again:
whatever depends on a choice would differ. A live vote shows that the test would see it.
"""

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import case, inspect, select, update
from werkzeug.routing import BuildError

from app.core import clock as times
from app.core.copies import Copies
from app.core.db import db, transactional
from app.core.memory import Memory
from app.core.secrets import encrypt
from app.journal.actions import settle
from app.journal.models import JournalEntry, Outbox
from app.voting import actions
from app.voting.models import Ballot, BallotIntake, BallotReading, ProxyMandate, RollEntry
from app.voting.queries import INSTRUCTION
from tests.conftest import Clock
from tests.desks import FIRST, SECOND, handed_in, read, received
from tests.page_client import PageClient
from tests.polls import cast, open_owners, speaks_for, units
from tests.stories import story
from tests.world import PASSWORD, World

READERS = ("", "owner", "clerk", "secretary", "convener", "auditor", "operator")
CHANGING = re.compile(r'(name="(?:once|csrf_token)" value=")[0-9a-f]+|"request_id"[^,}]*|/attachments/new/[\w=%-]+')
LINKS = re.compile(r'href="(/[^"#]*)')
LEFT_OUT = re.compile("/static/|/preferences|/sign-in|/sign-out|/c/[a-z]+/attachments/new/")
PACKED = ("application/zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
OWN_TIME = frozenset({"/metrics", "/healthz", "/readyz"})
MOST = 400
TURNED = {"yes": "no", "no": "abstain", "abstain": "invalid", "invalid": "yes"}


def vote(world: World, clock: Clock, *, live: bool = False) -> int:
    """A vote with ballots by every channel, some superseded, read once, disputed, void, unread; two mandates."""
    roll = units(2, 8)
    poll_id = open_owners(world, roll, live=live)
    for entry, choice in zip(roll[:4], ("yes", "no", "yes", "abstain"), strict=True):
        cast(world, poll_id, entry, choice)
    clock.forward(minutes=5)
    for entry, channel, choice in zip(
        roll[4:8], ("paper", "stall", "phone", "letter"), ("yes", "invalid", "no", "yes"), strict=True
    ):
        handed_in(world, poll_id, entry, choice, channel)
    handed_in(world, poll_id, roll[0], "no")
    actions.void_intake(world.actor(SECOND), poll_id, handed_in(world, poll_id, roll[8], "no"), "签名不是业主的")
    actions.register_mandate(world.actor(FIRST), poll_id, roll[9].key, "何受托", "139", "yes")
    actions.register_mandate(world.actor(FIRST), poll_id, roll[10].key, "何受托", "139")
    handed_in(world, poll_id, roll[9], "yes", "proxy")
    read(world, poll_id, received(world, poll_id, roll[11]), "yes", "no")
    actions.read_intake(world.actor(FIRST), poll_id, received(world, poll_id, roll[12]), "yes")
    received(world, poll_id, roll[13])
    settle()
    return poll_id


@story()
def sealed(world: World, clock: Clock) -> int:
    """A sealed vote under way."""
    return vote(world, clock)


def turn_round(app: Flask) -> None:
    """Every choice that lies in the database becomes another, and nothing that was remembered is left."""
    _turn()
    forget(app)


@transactional
def _turn() -> None:
    for column in (Ballot.choice, RollEntry.choice, BallotReading.choice):
        db.session.execute(update(column.class_).values(choice=case(TURNED, value=column, else_=column)))
    sealed = encrypt("no", INSTRUCTION)
    db.session.execute(update(ProxyMandate).where(ProxyMandate.instruction.is_not(None)).values(instruction=sealed))


@transactional
def _turn_against() -> None:
    """Ballots of proxies that followed their mandates do not, and the other way round."""
    turned = case((BallotIntake.against_at.is_(None), BallotIntake.received_at), else_=None)
    db.session.execute(update(BallotIntake).where(BallotIntake.mandate_id.is_not(None)).values(against_at=turned))


def forget(app: Flask) -> None:
    """What workers remember of earlier answers."""
    app.extensions["copies"], app.extensions["memory"] = Copies(), Memory()
    app.extensions.pop("voting_turnout", None)
    app.extensions["todo_counts"].clear()


def addresses(app: Flask, slug: str) -> Iterator[str]:
    """Every address of the site that can be read, with the numbers that exist."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        values = {name: slug if name == "slug" else "1" for name in rule.arguments}
        with app.test_request_context():
            try:
                path = app.url_map.bind("localhost").build(rule.endpoint, values)
            except (BuildError, ValueError):
                continue
        if path not in OWN_TIME:
            yield path


def everything(app: Flask, slug: str, client: PageClient) -> dict[str, tuple[int, str]]:
    """Every answer that a reader gets, links followed, whatever differs from one request to the next left out."""
    waiting, found = list(addresses(app, slug)), dict[str, tuple[int, str]]()
    while waiting and len(found) < MOST:
        path = waiting.pop(0)
        if path in found:
            continue
        answer = client._outside(lambda path=path: client.browser.get(path))  # type: ignore[misc]  # bound at once
        packed = answer.mimetype in PACKED
        text = plain(answer.get_data()) if packed else answer.get_data().decode("utf-8", "replace")
        found[path] = (answer.status_code, CHANGING.sub(r"\1", text))
        if answer.mimetype == "text/html":
            waiting += [link.replace("&amp;", "&") for link in LINKS.findall(text) if not LEFT_OUT.match(link)]
    return found


def plain(packed: bytes) -> str:
    """The texts inside a packed file, without the times at which it was packed."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = sorted(name for name in archive.namelist() if "docProps" not in name)
        return "".join(archive.read(name).decode("utf-8", "replace") for name in names)


def reader(app: Flask, world: World, role: str) -> PageClient:
    """Somebody's browser, signed in unless `role` is empty; the owner may vote for the first unit."""
    speaks_for(world.accounts["owner"], *units(2, 8)[0].voters)
    client = PageClient(app)
    if role:
        client.sign_in(world.login(role), PASSWORD)
    return client


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("role", READERS)
def test_no_answer_of_the_site_depends_on_a_choice_while_a_sealed_vote_runs(
    app: Flask, world: World, sealed: int, role: str
) -> None:
    client = reader(app, world, role)
    before = everything(app, world.slug, client)
    reached = {path for path, (status, _body) in before.items() if status == 200}
    assert f"/c/{world.slug}/polls/1" in reached
    assert len(reached) > 30
    if role in (FIRST, SECOND):
        desk = {path for path in reached if f"/c/{world.slug}/polls/1/desk" in path}
        assert len(desk) > 10
        assert before[f"/c/{world.slug}/polls/1/desk/type"][0] == 200
    _turn_against()
    turn_round(app)
    after = everything(app, world.slug, client)
    assert [path for path in before if before[path] != after.get(path)] == []


@pytest.mark.databases("sqlite")
def test_the_same_test_sees_a_live_vote(app: Flask, world: World, clock: Clock) -> None:
    vote(world, clock, live=True)
    client = reader(app, world, "")
    before = everything(app, world.slug, client)
    turn_round(app)
    after = everything(app, world.slug, client)
    assert f"/c/{world.slug}/polls/1" in [path for path in before if before[path] != after.get(path)]


def test_the_public_record_the_outbox_and_the_view_of_the_database_hold_no_choice(
    sealed: int,
) -> None:
    texts = [*db.session.scalars(select(JournalEntry.text)), *map(str, db.session.scalars(select(Outbox.reader)))]
    assert len(texts) > 30
    for text in texts:
        assert not re.search(r'"(yes|no|abstain|invalid|choice)"', text), text
    assert inspect(db.engine).get_view_names() == []


def test_no_figure_and_no_line_of_the_log_tells_what_was_typed(
    app: Flask, world: World, sealed: int, caplog: pytest.LogCaptureFixture
) -> None:
    client = reader(app, world, SECOND)
    with caplog.at_level(logging.DEBUG):
        page = client.get(f"/c/{world.slug}/polls/1/desk/type")
        client.submit(page, "main form.card", marks="2")
        cast(world, sealed, units(2, 8)[14], "no")
    figures = client.browser.get("/metrics").get_data(as_text=True)
    lines = "\n".join(str(record.__dict__.get("msg", "")) + record.getMessage() for record in caplog.records)
    for told in (figures, lines):
        assert not re.search(r"marks|choice|['\"=](yes|no|abstain|invalid)\b", told), told[-2000:]
    assert "voting" in figures


def test_after_the_close_and_before_the_outcome_it_is_still_nobodys_business(
    app: Flask, world: World, sealed: int, clock: Clock
) -> None:
    clock.set(times.now() + timedelta(days=11))
    client = reader(app, world, SECOND)
    paths = [f"/c/{world.slug}/polls/1{rest}" for rest in ("", "/roll", "/desk", "/desk/intakes", "/desk/type")]
    before = [CHANGING.sub(r"\1", client.get(path).html) for path in paths]
    assert "还没有结果" in before[0]
    turn_round(app)
    assert [CHANGING.sub(r"\1", client.get(path).html) for path in paths] == before
