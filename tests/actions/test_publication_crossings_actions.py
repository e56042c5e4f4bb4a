"""What is posted by itself: the call to vote, its outcome, the minutes of the four parties; on both databases."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from app.assemblies.actions import convene_owners, convene_residents, import_residents_poll, open_due
from app.core.permissions import OWNER
from app.core.values import Actor, Grant
from app.core.workdays import Workdays
from app.council.actions import sign_minutes
from app.council.queries import get_minutes
from app.publication import queries, rules
from app.publication.queries import PostingRow
from app.register.actions import import_register
from app.register.queries.rolls import roll
from app.voting.actions import cast_ballot, declare_due
from app.voting.rules import Option, read_pb
from tests.actions.test_assemblies_actions import PB
from tests.books import SMALL, TODAY, read
from tests.conftest import Clock
from tests.council_world import minutes_of, seat_council
from tests.world import World

TITLE, QUESTION = "使用维修资金换水泵", "您是否同意使用维修资金换水泵？"


def register(world: World) -> None:
    import_register(world.actor("operator"), world.community_id, read(SMALL), "a" * 64, TODAY)


def called(world: World, clock: Clock) -> int:
    opens = clock.now + timedelta(days=15)
    return convene_owners(
        world.actor("secretary"), world.community_id, 5, TITLE, QUESTION, opens, opens + timedelta(days=10)
    ).poll_id


def hanging(world: World) -> list[PostingRow]:
    return queries.in_full(world.community_id)


def test_the_call_to_vote_hangs_until_the_vote_closes_and_has_to_reach_every_home(world: World, clock: Clock) -> None:
    register(world)
    called(world, clock)
    (row,) = hanging(world)
    assert (row.kind, row.title, row.automatic) == (rules.OWNERS_NOTICE, f"请业主投票：{TITLE}", True)
    assert (row.span.begins, row.legal_last, row.span.last) == (date(2026, 3, 2), date(2026, 3, 17), date(2026, 3, 27))
    assert row.body.startswith("请在2026年3月17日9:00至2026年3月27日9:00之间投票。")
    assert row.matter.kind == "assembly"
    homes = roll(world.community_id, date(2026, 3, 2))
    assert row.lines == len(homes)
    assert [line.key for line in queries.unreached(row)[0]] == [home.key for home in homes]


@pytest.mark.parametrize(
    ("choices", "title", "sentences"),
    [
        (
            ("yes",) * 5,
            f"{TITLE}：通过",
            (
                "结果：通过。",
                "同意的业主须达到",
                "可以从知道或者应当知道之日起一年内，请求人民法院撤销（民法典第二百八十条）。",
            ),
        ),
        (("yes",), f"{TITLE}：参加的不够，不能作决定", ("还差",)),
    ],
)
def test_the_outcome_hangs_in_plain_words_with_its_numbers_and_the_way_to_court(
    world: World, clock: Clock, choices: Sequence[str], title: str, sentences: Sequence[str]
) -> None:
    register(world)
    poll_id = called(world, clock)
    clock.forward(days=16)
    open_due()
    grant = frozenset({Grant(world.community_id, OWNER)})
    homes = [home for home in roll(world.community_id, date(2026, 3, 2)) if home.voters]
    for home, choice in zip(homes, choices, strict=False):
        cast_ballot(Actor(None, grant, frozenset(home.voters)), poll_id, home.key, choice)
    clock.forward(days=10)
    assert declare_due() == 1
    row = hanging(world)[-1]
    assert (row.kind, row.title, row.automatic, row.lines) == (rules.OUTCOME, title, True, 0)
    assert (row.span.begins, row.span.last) == (date(2026, 3, 28), date(2026, 4, 7))  # seven days on is 清明's weekend
    assert row.body.startswith(QUESTION)
    for sentence in sentences:
        assert sentence in row.body


def test_the_outcome_of_a_choice_names_how_often_each_option_was_chosen(world: World, clock: Clock) -> None:
    register(world)
    opens = clock.now + timedelta(days=1)
    options = (Option("a", "晚上八点"), Option("b", "晚上九点"))
    convene_residents(
        world.actor("secretary"),
        world.community_id,
        "广场舞几点结束",
        "几点？",
        opens,
        opens + timedelta(days=3),
        options,
    )
    clock.forward(days=2)
    open_due()
    clock.forward(days=3)
    assert declare_due() == 1
    call, row = hanging(world)
    assert call.kind == rules.RESIDENTS_NOTICE
    assert row.title == "广场舞几点结束：已计票"
    assert "晚上八点：0票。\n晚上九点：0票。" in row.body
    assert "征求意见" in row.body
    assert "法院" not in row.body


def test_a_poll_that_was_held_elsewhere_is_not_posted_here(world: World, clock: Clock) -> None:
    import_residents_poll(world.actor("secretary"), world.community_id, read_pb(PB), "b" * 64)
    assert hanging(world) == []


def test_signed_minutes_hang_for_five_working_days_in_the_text_that_was_signed(world: World, clock: Clock) -> None:
    council = seat_council(world)
    held = minutes_of(council)
    minutes = get_minutes(held.id)
    clock.set(minutes.objections_until + timedelta(hours=1))
    for code in ("b1", "r1", "o1"):
        sign_minutes(council.member(code), held.id)
    assert hanging(world) == []
    sign_minutes(council.member("p1"), held.id)
    row = hanging(world)[0]
    assert (row.kind, row.title, row.days, row.in_workdays) == (rules.MINUTES, "第1次四方联席会议纪要", 5, True)
    assert row.body == "\n".join(block.text for block in minutes.blocks).strip()
    assert Workdays().workdays_between(row.span.begins, row.span.last) == 5
