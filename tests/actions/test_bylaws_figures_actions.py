"""Every duty is reckoned by the figure that the community has published, on the day that its own calendar shows."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from flask import Flask

from app.bylaws import queries as bylaws
from app.bylaws.actions import publish_rule
from app.bylaws.models import LocalRule
from app.core.db import db
from app.core.errors import Refused
from app.core.permissions import RESIDENT
from app.core.values import PROPERTY, Actor, Grant, Ref
from app.discussion import actions as talk
from app.discussion import queries as talks
from app.discussion.rules import AGAINST
from app.identity.actions import create_account
from app.proposals import actions, queries, rules
from tests.conftest import MORNING, Clock
from tests.world import PASSWORD, World

TOMORROW = date(2026, 3, 3)
SUBJECT = Ref("subject", 7)


def published(world: World, key: str, value: int, from_day: date = TOMORROW) -> None:
    publish_rule(
        world.actor("convener"), world.community_id, key, Fraction(value), from_day, "梧桐里规约 12", "大家商定的"
    )


def neighbours(community_id: int, many: int) -> list[Actor]:
    return [
        Actor(
            create_account(f"邻居{n}", f"neighbour-{community_id}-{n}", PASSWORD),
            frozenset({Grant(community_id, RESIDENT)}),
        )
        for n in range(many)
    ]


def supported(actor: Actor, community_id: int, crowd: list[Actor]) -> queries.ProposalRow:
    number = actions.submit_proposal(
        actor, community_id, "楼道换灯", "三楼的灯坏了两个月，晚上看不见路。", None, "陈女士"
    )
    row = queries.get_by_number(community_id, number)
    for one in crowd:
        actions.support_proposal(one, row.id, row.version)
    return queries.get_proposal(row.id)


def test_supporters_and_the_term_of_admission_are_the_communitys_own(app: Flask, world: World, clock: Clock) -> None:
    published(world, "proposals.supporters", 3)
    published(world, "proposals.admission.workdays", 2)
    crowd = neighbours(world.community_id, 3)
    today = supported(world.actor("resident"), world.community_id, crowd)
    assert today.state == rules.GATHERING, "the rule begins tomorrow"
    clock.forward(days=1)
    early = supported(world.actor("resident"), world.community_id, crowd[:2])
    with pytest.raises(Refused, match="还差") as refused:
        actions.admit_proposal(world.actor("secretary"), early.id, early.version)
    assert refused.value.refusal.values == {"missing": 1, "least": 3}
    assert refused.value.refusal.article == "梧桐里规约 12"
    row = supported(world.actor("resident"), world.community_id, crowd)
    assert row.facts.reached_at is not None
    assert queries.admission_due(world.community_id, row.facts.reached_at).date() == date(2026, 3, 5)
    assert queries.admission_due(world.other_id, row.facts.reached_at).date() == date(2026, 3, 10)
    stranger = neighbours(world.other_id, 4)
    assert supported(stranger[3], world.other_id, stranger[:3]).state == rules.GATHERING


def test_a_duty_keeps_the_term_of_the_day_on_which_it_began(app: Flask, world: World, clock: Clock) -> None:
    told = queries.admission_due(world.community_id, MORNING)
    published(world, "proposals.admission.workdays", 9)
    clock.forward(days=1)
    assert queries.admission_due(world.community_id, MORNING) == told
    assert queries.admission_due(world.community_id, MORNING + timedelta(days=1)) > told


def test_the_day_is_the_communitys_and_not_greenwichs(app: Flask, world: World, clock: Clock) -> None:
    published(world, "proposals.supporters", 3)
    # Seven in the morning in Shanghai is still the evening before in Greenwich.
    clock.set(MORNING + timedelta(days=1, hours=-2))
    assert bylaws.law_today(world.community_id, "proposals.supporters").whole == 3
    assert queries.least_supporters(world.community_id) == 3


def test_an_answer_is_owed_from_the_communitys_own_number_and_in_its_own_term(
    app: Flask, world: World, clock: Clock
) -> None:
    published(world, "discussion.answer.endorsements", 2)
    published(world, "discussion.answer.workdays", 1)
    clock.forward(days=1)
    thread = talk.open_thread(world.actor("secretary"), world.community_id, SUBJECT, SUBJECT)
    number = talk.say(world.actor("resident"), thread, AGAINST, "间距够不够？", "陈女士", PROPERTY)
    crowd = neighbours(world.community_id, 2)
    talk.endorse(crowd[0], number)
    assert talks.owed_in(SUBJECT) == []
    talk.endorse(crowd[1], number)
    (owed,) = talks.owed_in(SUBJECT)
    assert owed.due_at.date() == date(2026, 3, 4)
    assert talks.answer_figures(world.other_id) == (10, 5)


def test_what_was_once_published_against_a_fixed_figure_does_not_hold(app: Flask, world: World, clock: Clock) -> None:
    key = "owners.challenge.years"
    with pytest.raises(Refused, match="法律定死"):
        published(world, key, 1)
    words = {"article": "规约 9", "reason": "旧的", "from_day": date(2026, 1, 1), "published_at": MORNING}
    db.session.add(LocalRule(community_id=world.community_id, key=key, numerator=0, denominator=1, **words))
    db.session.flush()
    assert bylaws.law(world.community_id, key, TOMORROW).whole == 1
    (row,) = (one for one in bylaws.rules_in_force(world.community_id, TOMORROW) if one.row.key == key)
    assert (row.row.whole, row.local, row.fixed) == (1, False, True)
