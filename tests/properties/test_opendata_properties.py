"""What is published stays published, whatever comes later; and every value comes back out of every file."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from app.core.formats.cells import FORMULA
from app.core.values import Fen
from app.opendata.rules import (
    Award,
    Bid,
    Clarification,
    Column,
    Contract,
    Milestone,
    Process,
    Table,
    compiled,
    releases,
)
from app.opendata.serializers import csv_file, json_file, json_text, xlsx_file
from tests.purchases import FIRST, SECOND, THIRD, ZONE, at, purchase

DAY = timedelta(days=1)
PARTIES = (FIRST, SECOND, THIRD)
HOURS = st.integers(1, 400).map(lambda hours: timedelta(hours=hours))


@st.composite
def stories(draw: st.DrawFn) -> Process:
    """A purchase that went any way that it may go, each event after the one before it."""
    now = at(3, 2)
    story = purchase(
        clarifications=(), bids=(), opened_at=None, evaluating_at=None, award=None, contract=None, bidders=None
    )
    deadline = story.deadline
    asked: list[Clarification] = []
    for number in range(1, draw(st.integers(0, 3)) + 1):
        now = min(now + draw(HOURS) / 10, deadline - timedelta(minutes=5 - number))
        moved = deadline + draw(st.integers(1, 9)) * DAY if draw(st.booleans()) else None
        asked.append(Clarification(number, "问", now, "答", now, moved))
        deadline = moved or deadline
    now = deadline + draw(st.integers(0, 600)) * timedelta(seconds=1)
    story = replace(story, clarifications=tuple(asked))
    many = draw(st.integers(0, 3))
    if many < 3 and draw(st.booleans()):
        return replace(story, bidders=many, failed_at=now)
    bids = tuple(
        Bid(
            f"CODE-{place}",
            PARTIES[place],
            draw(st.integers(0, 10**12)),
            at(3, 3),
            draw(st.sampled_from([True, False])),
            "理由",
        )
        for place in range(many)
    )
    story = replace(story, opened_at=now, bidders=many, bids=bids, evaluating_at=now + draw(HOURS))
    if not bids or draw(st.booleans()):
        return replace(story, failed_at=now + draw(HOURS) + 400 * timedelta(hours=1))
    now += draw(HOURS) + 400 * timedelta(hours=1)
    challenge = now.date() + draw(st.integers(1, 12)) * DAY
    award = Award(bids[0].code, bids[0].price, now, now, now.date(), challenge, challenge + 30 * DAY)
    story = replace(story, award=award)
    if draw(st.booleans()):
        return story
    now = datetime.combine(challenge + DAY, datetime.min.time(), ZONE) + draw(HOURS)
    steps = [Milestone(place, "步", now.date() + DAY, 100 * place) for place in range(1, draw(st.integers(1, 3)) + 1)]
    signed, done = now, None
    for place, step in enumerate(steps):
        if draw(st.booleans()):
            now += draw(HOURS)
            steps[place] = replace(step, completed_at=now, note="好")
    if all(step.completed_at for step in steps):
        done = now
    return replace(story, contract=Contract(1, 100, signed, now.date(), now.date() + DAY, tuple(steps), done))


def known_at(story: Process, now: datetime) -> Process:
    """The same purchase as it was known at a moment: what happened later has not happened."""

    def since(moment: datetime | None) -> datetime | None:
        return moment if moment is not None and moment <= now else None

    contract = story.contract if story.contract and story.contract.signed_at <= now else None
    if contract is not None:
        steps = tuple(
            step if since(step.completed_at) else replace(step, completed_at=None, note="")
            for step in contract.milestones
        )
        contract = replace(contract, milestones=steps, completed_at=since(contract.completed_at))
    opened = since(story.opened_at)
    award = story.award if story.award and story.award.published_at <= now else None
    bids = story.bids if opened else ()
    if award is None and not since(story.failed_at):
        bids = tuple(replace(bid, qualified=None, reason="") for bid in bids)
    return replace(
        story,
        clarifications=tuple(one for one in story.clarifications if one.answered_at and one.answered_at <= now),
        opened_at=opened,
        evaluating_at=since(story.evaluating_at),
        failed_at=since(story.failed_at),
        bidders=story.bidders if opened or since(story.failed_at) else None,
        bids=bids,
        award=award,
        contract=contract,
    )


@given(stories(), st.integers(0, 12_000))
def test_a_release_once_published_never_changes(story: Process, hours: int) -> None:
    """With everything that came later in the database, the past reads as it did then."""
    now = at(2, 1) + timedelta(hours=hours)
    assert releases(known_at(story, now), now) == releases(story, now)


@given(stories(), st.integers(0, 12_000), st.integers(0, 12_000))
def test_time_only_adds_releases(story: Process, first: int, second: int) -> None:
    early, late = sorted((at(2, 1) + timedelta(hours=first), at(2, 1) + timedelta(hours=second)))
    before, after = releases(story, early), releases(story, late)
    assert after[: len(before)] == before
    assert len({release["id"] for release in after}) == len(after)


@given(stories(), st.integers(0, 12_000))
def test_before_the_last_deadline_nothing_shows_that_anybody_bid(story: Process, hours: int) -> None:
    now = min(at(2, 1) + timedelta(hours=hours), story.last_deadline - timedelta(seconds=1))
    told = json_text(releases(story, now))
    assert "CODE-" not in told
    assert "numberOfTenderers" not in told
    assert all(party.name not in told for party in PARTIES)


@given(stories())
def test_what_the_releases_come_to_holds_the_last_word_of_each(story: Process) -> None:
    told = releases(story, at(1, 1, year=2029))
    found = compiled(told)
    for release in told:
        assert set(release) - {"id", "date", "tag"} <= set(found)
    last = next(release["tender"] for release in reversed(told) if "tender" in release)
    assert (found["tender"]["status"], found["tender"]["statusDetails"]) == (last["status"], last["statusDetails"])
    assert compiled([*told, *told[-1:]]) == found


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(0, 10**12), st.integers(0, 10**15).map(Fen), TEXTS,
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC)),
)  # fmt: skip
TABLE = Table("t", "t", "t", tuple(Column(name, "text", name) for name in "abc"))
ROWS = st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=6)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def plain(value: Any) -> Any:
    if isinstance(value, Fen):
        return Decimal(value.amount) / 100
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


@given(ROWS)
def test_every_value_comes_back_out_of_a_json_table(rows: list[tuple[Any, ...]]) -> None:
    data = b"".join(json_file(TABLE, rows, SHANGHAI, "x"))
    found = json.loads(data, parse_float=Decimal)["rows"]
    assert [tuple(row.values()) for row in found] == [tuple(map(plain, row)) for row in rows]


@given(ROWS)
def test_every_value_comes_back_out_of_a_csv_table_and_no_cell_is_a_formula(rows: list[tuple[Any, ...]]) -> None:
    text = b"".join(csv_file(TABLE, rows, SHANGHAI)).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert len(found) == len(rows)
    for cells, row in zip(found, rows, strict=True):
        for cell, value in zip(cells, row, strict=True):
            assert not cell.startswith(FORMULA)
            if isinstance(value, str):
                assert cell.removeprefix("'" if value.startswith(FORMULA) else "") == value


@given(ROWS)
def test_every_workbook_opens_and_holds_its_amounts_and_moments(rows: list[tuple[Any, ...]]) -> None:
    data = b"".join(xlsx_file(TABLE, rows, SHANGHAI, [["a"], ["b"]]))
    found: Any = load_workbook(io.BytesIO(data)).get_sheet_by_name("t").to_python(skip_empty_area=False)[1:]
    # The reader leaves out empty rows at the end.
    assert all(value in (None, "") for row in rows[len(found) :] for value in row)
    for cells, row in zip(found, rows, strict=False):
        for cell, value in zip(cells, row, strict=True):
            if isinstance(value, Fen) and value.amount < 10**12:
                assert round(cell * 100) == value.amount
            if isinstance(value, datetime):
                assert abs(cell - value.astimezone(SHANGHAI).replace(tzinfo=None)) < timedelta(seconds=1)
