"""rules.json and roll.csv as exact texts: what is fixed when a poll opens."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.law.rows import law_row
from app.core.values import Entry
from app.voting.rules import (
    Option,
    Terms,
    council_terms,
    owners_terms,
    residents_terms,
    roll_sha256,
    roll_text,
    rules_text,
)

TODAY = date(2026, 3, 2)
OPENS = datetime(2026, 3, 2, 1, tzinfo=UTC)
HASH = "ab" * 32
FIELDS = (
    "kind", "matter", "on", "opens_at", "closes_at", "precedence", "follow_majority", "electorate", "options", "channels",
    "thresholds", "roll_sha256",
)  # fmt: skip
MARK = ["name", "stage", "of", "numerator", "denominator", "relation", "article", "version"]


def timed(terms: Terms) -> Terms:
    """The same terms with a window of ten days."""
    return replace(terms, opens_at=OPENS, closes_at=OPENS + timedelta(days=10))


def test_the_rules_of_an_owners_vote_are_the_fields_of_the_contract_and_no_other() -> None:
    rules = json.loads(rules_text(timed(owners_terms(7, TODAY, law_row)), HASH))
    assert tuple(rules) == FIELDS
    assert (rules["kind"], rules["matter"], rules["on"]) == ("owners", 7, "2026-03-02")
    assert (rules["opens_at"], rules["closes_at"]) == ("2026-03-02T01:00:00Z", "2026-03-12T01:00:00Z")
    assert (rules["precedence"], rules["follow_majority"], rules["electorate"]) == ("last", False, "units")
    assert rules["options"] == ["yes", "no", "abstain"]
    assert rules["channels"] == ["online", "paper", "stall", "phone", "proxy", "letter"]
    assert [list(mark) for mark in rules["thresholds"]] == [MARK] * 4
    assert [(mark["numerator"], mark["denominator"]) for mark in rules["thresholds"]] == [
        (2, 3),
        (2, 3),
        (3, 4),
        (3, 4),
    ]
    assert rules["roll_sha256"] == HASH


def test_the_rules_of_a_council_have_no_matter_and_say_nothing_more() -> None:
    rules = json.loads(rules_text(timed(council_terms(TODAY, law_row)), HASH))
    assert tuple(rules) == FIELDS
    assert (rules["matter"], rules["electorate"], len(rules["thresholds"])) == (None, "seats", 4)


def test_what_an_approval_poll_has_besides_stands_behind_the_contract() -> None:
    ideas = (Option("1", "健身角"), Option("2", "充电棚", 1200))
    rules = json.loads(rules_text(timed(residents_terms(TODAY, law_row, ideas)), HASH))
    assert tuple(rules) == (*FIELDS, "labels", "costs", "counting")
    assert rules["options"] == ["1", "2"]
    assert rules["labels"] == {"1": "健身角", "2": "充电棚"}
    assert rules["costs"] == {"1": None, "2": 1200}
    assert rules["counting"] == {"selection": "approval", "most": 0}


def test_abstentions_that_are_left_out_are_told() -> None:
    terms = timed(replace(owners_terms(1, TODAY, law_row), abstention="left-out"))
    assert json.loads(rules_text(terms, HASH))["counting"] == {"abstention": "left-out"}


def test_without_a_window_there_are_no_rules() -> None:
    with pytest.raises(ValueError, match="window"):
        rules_text(owners_terms(1, TODAY, law_row), HASH)


@given(
    st.sampled_from(("matter", "precedence", "follow_majority", "closes_at", "roll")),
    st.integers(1, 8),
)
def test_whatever_changes_the_count_changes_the_rules(field: str, matter: int) -> None:
    terms = timed(owners_terms(matter, TODAY, law_row))
    other = {
        "matter": replace(terms, matter=matter + 1),
        "precedence": replace(terms, precedence="paper"),
        "follow_majority": replace(terms, follow_majority=True),
        "closes_at": replace(terms, closes_at=OPENS + timedelta(days=11)),
        "roll": terms,
    }[field]
    assert rules_text(terms, HASH) == rules_text(replace(terms), HASH)
    assert rules_text(terms, HASH) != rules_text(other, "cd" * 32 if field == "roll" else HASH)


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
lines = st.lists(
    st.builds(
        Entry,
        key=st.uuids().map(str),
        label=names,
        building=names,
        head=st.sampled_from(("a", "b", "c", "")),
        area=st.integers(1, 10**9),
        eligible_from=st.none() | st.dates(),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda entry: entry.key,
)


@given(lines, st.data())
def test_the_hash_of_the_roll_is_that_of_the_file_without_the_channels(roll: list[Entry], data: st.DataObject) -> None:
    terms = owners_terms(1, TODAY, law_row)
    codes = data.draw(st.lists(st.sampled_from([f"u{place}" for place in range(1, len(roll) + 1)]), unique=True))
    text = roll_text(terms, roll, dict.fromkeys(codes, "paper"))
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert list(rows[0]) == ["unit", "head", "area", "eligible_from", "channel_used", "building"]
    assert [row["unit"] for row in rows if row["channel_used"]] == sorted(codes, key=lambda code: int(code[1:]))
    kept = io.StringIO()
    bare = csv.DictWriter(
        kept, ["unit", "head", "area", "eligible_from", "building"], extrasaction="ignore", lineterminator="\n"
    )
    bare.writeheader()
    bare.writerows(rows)
    assert hashlib.sha256(kept.getvalue().encode()).hexdigest() == roll_sha256(terms, roll)
    assert sum(int(row["area"]) for row in rows) == sum(entry.area for entry in roll)


def test_since_when_a_unit_is_entitled_stands_in_the_roll_where_it_is_known() -> None:
    roll = [Entry("a", "甲", "1号楼", "h", area=5, eligible_from=date(2019, 5, 1)), Entry("b", "乙", head="h", area=6)]
    text = roll_text(owners_terms(1, TODAY, law_row), roll)
    assert text == "unit,head,area,eligible_from,building\nu1,h1,5,2019-05-01,1号楼\nu2,h1,6,,\n"


def test_recused_lines_stand_in_the_roll_of_seats_alone() -> None:
    roll = [
        Entry("a", "甲", group="branch", head="x", area=5, recused=True),
        Entry("b", "乙", group="owners", head="y", area=6),
    ]
    assert roll_text(owners_terms(1, TODAY, law_row), roll).splitlines()[1:] == ["u2,h1,6,,"]
    assert roll_text(council_terms(TODAY, law_row), roll).splitlines()[1] == "a,branch,true,true"


def test_people_have_no_area() -> None:
    text = roll_text(residents_terms(TODAY, law_row), [Entry("p1", "王**", "2号楼")], {"u1": "stall"})
    assert text == "unit,head,eligible_from,channel_used,building\nu1,h1,,stall,2号楼\n"
