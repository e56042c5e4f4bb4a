"""Owners and residents are called to vote, with the roll of the register and the notice that the law wants."""

import hashlib
from datetime import date, timedelta

import pytest
from flask import Flask

from app.assemblies import actions, queries
from app.assemblies.rules import notice_refusal, title_refusal
from app.core.db import db
from app.core.errors import Forbidden, NotFound, Refused
from app.core.law.rows import law_row
from app.core.values import Ref, the_house
from app.journal import queries as journal
from app.register.actions import import_register
from app.voting import queries as voting
from app.voting.actions import cast_ballot
from app.voting.rules import Option, read_pb
from tests.books import SMALL, TODAY, read
from tests.conftest import MORNING, Clock
from tests.world import World

NOTICE = law_row("owners.notice", date(2026, 3, 2))
PB = b"""META
key;value
description;Zomer
vote_type;approval
date_begin;1.05.2024
date_end;1.05.2024
max_length;1
PROJECTS
project_id;cost;name
1;10;Een
2;20;Twee
VOTES
voter_id;vote
a;1,2
b;2
"""


def test_owners_are_told_fifteen_days_ahead_to_the_moment() -> None:
    assert notice_refusal(MORNING, MORNING + timedelta(days=15), NOTICE) is None
    refusal = notice_refusal(MORNING, MORNING + timedelta(days=15) - timedelta(microseconds=1), NOTICE)
    assert refusal is not None
    assert refusal.values == {"days": 15, "earliest": MORNING + timedelta(days=15)}
    assert refusal.article == "物业管理条例 14"


@pytest.mark.parametrize(
    ("title", "fits"), [("", False), (" \n", False), ("更换水泵", True), ("字" * 200, True), ("字" * 201, False)]
)
def test_an_assembly_says_in_one_line_what_it_is_about(title: str, fits: bool) -> None:
    assert (title_refusal(title) is None) is fits


@pytest.fixture
def registered(world: World, clock: Clock) -> int:
    """A register of a few dwellings; how many people live there."""
    here = the_house(world.community_id)
    return import_register(here, world.community_id, read(SMALL), "0" * 64, TODAY).figures.residents


def test_residents_are_asked_which_ideas_they_approve_of(registered: int, world: World, clock: Clock) -> None:
    options = (Option("1", "健身角"), Option("2", "充电棚"))
    called = actions.convene_residents(
        world.actor("secretary"),
        world.community_id,
        "公共收益怎么用",
        "哪些可以办？",
        clock.now,
        clock.now + timedelta(days=7),
        options,
    )
    poll = voting.get_poll(called.poll_id)
    assert (poll.terms.kind, poll.terms.option_keys, poll.lines) == ("residents", ("1", "2"), registered)
    assert poll.matter == Ref("assembly", called.assembly_id)
    told = journal.history(world.community_id, poll.matter)
    assert [line.event for line in told] == ["PollOpened", "PollAnnounced", "PostingPublished", "AssemblyConvened"]


def test_owners_are_called_on_the_roll_of_the_register(registered: int, world: World, clock: Clock) -> None:
    opens = clock.now + timedelta(days=15)
    called = actions.convene_owners(
        world.actor("convener"), world.community_id, 6, "补充维修资金", "是否同意？", opens, opens + timedelta(days=14)
    )
    poll = voting.get_poll(called.poll_id)
    assert (poll.state, poll.terms.matter, poll.terms.thresholds[2].denominator) == ("planned", 6, 4)
    assert (poll.area, poll.frozen_at, actions.open_due()) == (0, None, 0)
    clock.set(opens - timedelta(seconds=60))
    assert (actions.open_due(), actions.open_due()) == (1, 0)
    entry = voting.roll_of(poll.id)[0].entry
    assert voting.get_poll(poll.id).area > 0
    voter = next(iter(voting.find_line(poll.id, entry.key).entry.voters))  # type: ignore[union-attr]  # it is on the roll
    clock.set(opens)
    assert cast_ballot(world.actor("owner", voter), poll.id, entry.key, "yes").label == entry.label


def test_without_the_notice_nobody_is_called_and_nothing_is_kept(registered: int, world: World, clock: Clock) -> None:
    opens = clock.now + timedelta(days=14)
    with pytest.raises(Refused, match="提前"):
        actions.convene_owners(
            world.actor("convener"), world.community_id, 5, "选聘物业", "同意吗？", opens, opens + timedelta(days=14)
        )
    assert queries.assemblies(world.community_id) == []


def test_an_empty_register_calls_nobody(world: World, clock: Clock) -> None:
    with pytest.raises(Refused, match="空"):
        actions.convene_residents(
            world.actor("secretary"), world.community_id, "问一问", "好吗？", clock.now, clock.now + timedelta(days=1)
        )
    assert queries.assemblies(world.community_id) == []


@pytest.mark.parametrize("role", ["resident", "owner", "member", "clerk", "auditor"])
def test_only_whoever_convenes_calls_people_together(registered: int, world: World, clock: Clock, role: str) -> None:
    later = clock.now + timedelta(days=30)
    with pytest.raises(Forbidden):
        actions.convene_owners(
            world.actor(role), world.community_id, 5, "事", "好吗？", later, later + timedelta(days=9)
        )
    with pytest.raises(Forbidden):
        actions.import_residents_poll(world.actor(role), world.community_id, read_pb(PB), "0" * 64)
    with pytest.raises(Forbidden):
        actions.convene_residents(
            world.actor("secretary"), world.other_id, "事", "好吗？", later, later + timedelta(days=9)
        )


def test_an_imported_poll_is_called_by_its_title_where_its_matter_is_named(
    app: Flask, world: World, clock: Clock
) -> None:
    house = the_house(world.community_id)
    actions.import_residents_poll(house, world.community_id, read_pb(PB), hashlib.sha256(PB).hexdigest())
    assembly = queries.get_assembly(world.community_id, 1)
    poll = voting.get_by_number(world.community_id, 1)
    assert (assembly.title, assembly.ref, poll.terms.most) == ("Zomer", poll.matter, 0)
    with app.test_request_context(f"/c/{world.slug}/polls"):
        app.preprocess_request()
        assert queries.items_of([assembly.id])[assembly.id][0].title == "Zomer"
    with pytest.raises(NotFound):
        queries.get_assembly(world.other_id, 1)


def test_nobody_here_casts_a_ballot_in_an_imported_poll(world: World, clock: Clock) -> None:
    actions.import_residents_poll(the_house(world.community_id), world.community_id, read_pb(PB), "1" * 64)
    poll = voting.get_by_number(world.community_id, 1)
    with pytest.raises(Refused, match="名册"):
        cast_ballot(world.actor("resident", Ref("person", 1)), poll.id, "a", ["1"])
    db.session.rollback()
