"""Ballot papers: a code for every line, ballots without an account, lost sheets, a thousand printed in one go."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core import clock as house_clock
from app.core.db import db
from app.core.errors import Forbidden, Refused
from app.core.secrets import read_paper_code
from app.core.values import Actor, Grant
from app.journal.models import JournalEntry
from app.voting import actions, queries
from app.voting.models import BallotPaper
from app.voting.queries import papers
from app.voting.rules.papers import PER_OWNER, PER_UNIT
from tests.conftest import Clock
from tests.polls import open_council, open_owners, units
from tests.world import World


def issue(world: World, poll_id: int, per: str = PER_UNIT, building: str = "") -> int:
    """Make all papers; answers how many."""
    made = 0
    while found := actions.issue_papers(world.actor("secretary"), poll_id, per, building, 5):
        made += found
    return made


def holder(world: World, poll_id: int, code: str) -> Actor:
    """Whoever holds the sheet with a code."""
    paper = papers.find_paper(poll_id, code)
    assert paper is not None
    return Actor(None, frozenset({Grant(world.community_id, "owner")}), frozenset({paper.holder}))


def test_every_line_gets_one_paper_with_a_code_of_its_own_and_asking_twice_makes_none_again(world: World) -> None:
    poll_id = open_owners(world, units(2, 6))
    assert issue(world, poll_id) == 12
    assert issue(world, poll_id) == 0
    sheets = papers.sheets_of(poll_id)
    assert [sheet.number for sheet in sheets] == list(range(1, 13))
    assert len({sheet.code for sheet in sheets}) == 12
    assert sorted(line.key for sheet in sheets for line in sheet.lines) == sorted(one.key for one in units(2, 6))
    assert [(one.building, one.lines, one.issued) for one in sorted(papers.issued(poll_id), key=lambda o: o.building)] == [
        ("1号楼", 6, 6), ("2号楼", 6, 6),
    ]  # fmt: skip


def test_papers_can_be_made_for_one_building_first(world: World) -> None:
    poll_id = open_owners(world, units(2, 6))
    assert issue(world, poll_id, building="2号楼") == 6
    assert {sheet.building for sheet in papers.sheets_of(poll_id)} == {"2号楼"}
    assert issue(world, poll_id) == 6


def test_an_owner_of_several_units_gets_one_paper_whose_code_casts_each_of_them(world: World) -> None:
    roll = [
        one
        if one.building != "1号楼"
        else type(one)(one.key, one.label, one.building, "same", area=one.area, voters=one.voters)
        for one in units(2, 3)
    ]
    poll_id = open_owners(world, roll)
    assert issue(world, poll_id, PER_OWNER) == 4
    [sheet] = [one for one in papers.sheets_of(poll_id) if len(one.lines) == 3]
    actor = holder(world, poll_id, sheet.code)
    assert {own.line.entry.key for own in queries.lines_of(queries.get_poll(poll_id), actor.acts_as)} == {
        "1-101", "1-102", "1-103",
    }  # fmt: skip
    for line in sheet.lines:
        actions.cast_ballot(actor, poll_id, line.key, "yes")
    assert queries.turnout(queries.get_poll(poll_id)).heads.participating == 1


def test_a_code_casts_its_own_line_and_no_other(world: World) -> None:
    poll_id = open_owners(world, units(1, 2))
    issue(world, poll_id)
    first, second = papers.sheets_of(poll_id)
    actor = holder(world, poll_id, first.code)
    actions.cast_ballot(actor, poll_id, first.lines[0].key, "no")
    with pytest.raises(Refused, match="没有您名下的房"):
        actions.cast_ballot(actor, poll_id, second.lines[0].key, "no")


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: code.replace("-", " "), lambda code: f"http://x/code#{code}"]
)
def test_a_code_is_known_however_it_was_typed_or_scanned(world: World, change: object) -> None:
    poll_id = open_owners(world, units(1, 1))
    issue(world, poll_id)
    [sheet] = papers.sheets_of(poll_id)
    found = papers.find_paper(poll_id, change(sheet.code))  # type: ignore[operator]  # one of the three above
    assert found is not None
    assert found.number == sheet.number


def test_a_code_of_another_poll_opens_nothing(world: World) -> None:
    first, second = open_owners(world, units(1, 1)), open_owners(world, units(1, 1), matter=4)
    issue(world, first)
    assert papers.find_paper(second, papers.sheets_of(first)[0].code) is None


def test_codes_are_not_readable_in_the_database(world: World) -> None:
    poll_id = open_owners(world, units(1, 3))
    issue(world, poll_id)
    codes = {sheet.code for sheet in papers.sheets_of(poll_id)}
    kept = " ".join(f"{row.code_sealed} {row.code_print}" for row in db.session.scalars(select(BallotPaper)))
    told = " ".join(db.session.scalars(select(JournalEntry.text)))
    for code in codes:
        assert code not in kept + told
        assert read_paper_code(code).replace("-", "") not in kept + told


def test_a_lost_paper_is_void_and_the_next_one_counts(world: World) -> None:
    poll_id = open_owners(world, units(1, 2))
    issue(world, poll_id)
    old = papers.sheets_of(poll_id)[0]
    before = holder(world, poll_id, old.code)
    number = actions.reissue_paper(world.actor("secretary"), poll_id, old.lines[0].key)
    assert number == 3
    found = papers.find_paper(poll_id, old.code)
    assert found is not None
    assert found.void
    with pytest.raises(Refused):
        actions.cast_ballot(before, poll_id, old.lines[0].key, "yes")
    [new] = [sheet for sheet in papers.sheets_of(poll_id) if sheet.number == number]
    actions.cast_ballot(holder(world, poll_id, new.code), poll_id, new.lines[0].key, "yes")
    assert issue(world, poll_id) == 0


def test_who_may_not_print_makes_no_papers(world: World) -> None:
    poll_id = open_owners(world, units(1, 1))
    for role in ("owner", "clerk", "member", "resident", "auditor"):
        with pytest.raises(Forbidden):
            actions.issue_papers(world.actor(role), poll_id, PER_UNIT)
        with pytest.raises(Forbidden):
            actions.begin_print(world.actor(role), poll_id, PER_UNIT)


def test_nothing_is_printed_for_the_council_nor_after_the_end(world: World, clock: Clock) -> None:
    with pytest.raises(Refused):
        actions.issue_papers(world.actor("secretary"), open_council(world), PER_UNIT)
    poll_id = open_owners(world, units(1, 1))
    clock.forward(days=11)
    with pytest.raises(Refused):
        actions.issue_papers(world.actor("secretary"), poll_id, PER_UNIT)


def test_a_printing_is_sealed_kept_for_a_day_and_told_to_the_record(app: Flask, world: World, clock: Clock) -> None:
    clock.set(house_clock.tick())
    poll_id = open_owners(world, units(1, 3))
    actor = world.actor("secretary")
    print_id = actions.begin_print(actor, poll_id, PER_UNIT)
    actions.finish_print(actor, print_id, b"%PDF-1.7 the sheets", 3)
    actions.finish_print(actor, print_id, b"%PDF-1.7 the sheets", 3)
    row = papers.get_print(world.community_id, poll_id, print_id)
    assert (row.state, row.done, row.total) == (papers.DONE, 3, 3)
    assert papers.printed_file(row) == b"%PDF-1.7 the sheets"
    told = select(func.count()).select_from(JournalEntry).where(JournalEntry.event == "PapersPrinted")
    assert db.session.scalar(told) == 1
    clock.forward(days=1, minutes=1)
    actions.forget_prints()
    assert papers.printed_file(row) is None


def test_a_printing_that_lost_its_process_is_asked_for_again(world: World, clock: Clock) -> None:
    clock.set(house_clock.tick())
    poll_id = open_owners(world, units(1, 1))
    print_id = actions.begin_print(world.actor("secretary"), poll_id, PER_UNIT)
    assert papers.stalled_prints() == []
    clock.forward(seconds=61)
    assert papers.stalled_prints() == [print_id]
    actions.resume_prints()
    assert papers.stalled_prints() == []
