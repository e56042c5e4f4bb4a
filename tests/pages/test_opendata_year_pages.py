"""A whole year of a community as open data: every table is filled, a running vote shows nothing, and nobody is named."""

import csv
import io
import json
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.demo.year import tell_year
from app.identity.models import Account
from app.opendata.rules import TABLES
from app.register.models import Person
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.purchases import ZONE


@pytest.fixture
def files(app: Flask, clock: Clock) -> dict[str, str]:
    """Every table of the demo community as CSV, by name."""
    clock.set(datetime(2026, 11, 23, 17, 20, tzinfo=ZONE))
    slug = tell_year().slug
    client = PageClient(app)

    def text(name: str) -> str:
        answer = client._outside(lambda: client.browser.get(f"/c/{slug}/data/{name}.csv", buffered=True))
        return answer.get_data().decode("utf-8-sig")

    return {name: text(name) for name in TABLES}


def test_a_year_fills_every_table_and_tells_on_nobody(files: dict[str, str]) -> None:
    told = {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in files.items()}
    assert all(told.values())
    assert all(None not in row and None not in row.values() for rows in told.values() for row in rows)

    running = [row for row in told["polls"] if row["state"] != "declared"]
    assert running
    assert all(row[name] == "" for row in running for name in ("outcome", "heads_participating", "area_agreeing"))
    assert sorted(int(row["ballots_refused"]) for row in told["polls"])[-2:] == [0, 2]
    declared = {row["number"] for row in told["polls"] if row["state"] == "declared"}
    counted = {row["number"] for row in told["polls"] if row["outcome"] == "counted"}
    assert {row["poll"] for row in told["poll-conditions"]} == declared - counted
    assert {row["poll"] for row in told["poll-options"]} <= counted
    for row in told["poll-conditions"]:
        left, right = int(row["left"]), int(row["right"])
        assert (left > right if row["relation"] == ">" else left >= right) == (row["holds"] == "true")

    assert sum(int(row["resolutions"]) for row in told["meetings"]) == len(told["resolutions"])
    assert {row["number"] for row in told["proposals"]} >= {row["proposal"] for row in told["comments"]}
    for contract in told["contracts"]:
        steps = [row for row in told["milestones"] if row["contract"] == contract["number"]]
        assert int(contract["milestones"]) == len(steps)
        fen = [int(row["amount"].replace(".", "")) for row in steps]
        assert sum(fen) == int(contract["amount"].replace(".", ""))

    numbers = [int(row["number"]) for row in told["journal"]]
    assert numbers == list(range(len(numbers), 0, -1))
    assert all(json.loads(row["entry"])["event"] == row["event"] for row in told["journal"])
    assert not any("%(" in row["words"] or row["words"] == "" for row in told["journal"])

    people = {*db.session.scalars(select(Account.name)), *db.session.scalars(select(Person.name))}
    named = sorted({person for person in people if len(person) > 2 for text in files.values() if person in text})
    assert len(people) > 100
    assert named == []
