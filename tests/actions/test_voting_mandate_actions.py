"""Proxies: a written mandate with its limits, its instruction, its end; the owner's own vote goes before."""

import pytest

from app.core.db import db
from app.core.errors import Forbidden, Refused
from app.core.house import house
from app.core.values import Actor, Entry, Grant, Ref
from app.voting import actions, queries
from app.voting.models import ProxyMandate
from app.voting.rules import Budget, Marks
from tests.conftest import Clock
from tests.desks import FIRST, SECOND, THIRD, read, received, standing
from tests.polls import after_close, ballots, cast, marked, open_method, open_owners, units, voter
from tests.world import World

PROXY = Ref("person", 900)


@pytest.fixture(autouse=True)
def known(world: World) -> None:
    """The register knows one proxy by name and phone."""
    house().people.append(lambda _, name, phone: PROXY if (name, phone) == ("何受托", "13800000900") else None)


def proxy(world: World) -> Actor:
    return Actor(world.accounts["resident"], frozenset({Grant(world.community_id, "owner")}), frozenset({PROXY}))


def mandate(
    world: World,
    poll_id: int,
    entry: Entry,
    instruction: Marks | None = None,
    name: str = "何受托",
    phone: str = "13800000900",
) -> int:
    return actions.register_mandate(world.actor(FIRST), poll_id, entry.key, name, phone, instruction)


def sentence(act: object) -> str:
    with pytest.raises(Refused) as refusal:
        act()  # type: ignore[operator]  # a lambda
    return refusal.value.refusal.sentence


def test_a_proxy_signs_in_sees_the_lines_and_votes_by_mandate(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    assert "没有您名下的房" in sentence(lambda: actions.cast_ballot(proxy(world), poll_id, roll[0].key, "yes"))
    number = mandate(world, poll_id, roll[0])
    poll = queries.get_poll(poll_id)
    (own,) = queries.lines_of(poll, proxy(world).acts_as)
    assert (own.line.entry.key, own.mandate_id) == (roll[0].key, number)
    receipt = actions.cast_ballot(proxy(world), poll_id, roll[0].key, "yes")
    (ballot,) = ballots(poll_id)
    assert (receipt.channel, ballot.channel) == ("proxy", "proxy")
    assert (ballot.evidence_kind, ballot.evidence_id) == ("proxy_mandate", number)


def test_a_proxy_votes_as_instructed_and_the_instruction_is_kept_sealed(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = mandate(world, poll_id, roll[0], "no")
    kept = db.session.get_one(ProxyMandate, number)
    assert kept.instruction not in (None, "no")
    assert "何受托" not in kept.holder_sealed
    assert "委托书写明" in sentence(lambda: actions.cast_ballot(proxy(world), poll_id, roll[0].key, "yes"))
    actions.cast_ballot(proxy(world), poll_id, roll[0].key, "no")
    assert marked(poll_id, roll[0].key) == "no"


def test_one_proxy_holds_no_more_mandates_than_the_terms_allow(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll, proxy_limit=2)
    first = mandate(world, poll_id, roll[0])
    mandate(world, poll_id, roll[1])
    assert "最多接受" in sentence(lambda: mandate(world, poll_id, roll[2]))
    assert "已经登记过" in sentence(lambda: mandate(world, poll_id, roll[0], name="别人", phone=""))
    mandate(world, poll_id, roll[2], name="别人", phone="")
    actions.revoke_mandate(world.actor(FIRST), poll_id, first, "业主来说不用了")
    mandate(world, poll_id, roll[3])
    none = open_owners(world, roll, proxy_limit=0)
    assert "不接受委托" in sentence(lambda: mandate(world, none, roll[0]))


def test_the_owner_takes_a_mandate_back_and_what_was_cast_stays(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = mandate(world, poll_id, roll[0])
    actions.cast_ballot(proxy(world), poll_id, roll[0].key, "yes")
    assert "本人" in sentence(lambda: actions.revoke_mandate(proxy(world), poll_id, number))
    actions.revoke_mandate(voter(roll[0], world), poll_id, number)
    assert "已经撤销" in sentence(lambda: actions.revoke_mandate(voter(roll[0], world), poll_id, number))
    assert "没有您名下的房" in sentence(lambda: actions.cast_ballot(proxy(world), poll_id, roll[0].key, "no"))
    assert marked(poll_id, roll[0].key) == "yes"
    assert queries.lines_of(queries.get_poll(poll_id), proxy(world).acts_as) == []


def test_the_owners_own_vote_goes_before_the_proxys(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    mandate(world, poll_id, roll[0])
    actions.cast_ballot(proxy(world), poll_id, roll[0].key, "yes")
    clock.forward(minutes=1)
    cast(world, poll_id, roll[0], "no")
    clock.forward(minutes=1)
    assert "业主自己已经投票" in sentence(lambda: actions.cast_ballot(proxy(world), poll_id, roll[0].key, "yes"))
    assert "业主自己已经投票" in sentence(lambda: received(world, poll_id, roll[0], "proxy"))
    (own,) = queries.lines_of(queries.get_poll(poll_id), proxy(world).acts_as)
    assert (own.cast, own.by_owner) == (None, True)
    assert marked(poll_id, roll[0].key) == "no"


def test_a_proxy_without_an_account_hands_in_at_the_desk(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    assert "没有登记过委托书" in sentence(lambda: received(world, poll_id, roll[0], "proxy"))
    mandate(world, poll_id, roll[0], "yes", "路人甲", "13911112222")
    number = received(world, poll_id, roll[0], "proxy")
    assert read(world, poll_id, number, "yes") == "read"
    assert ballots(poll_id)[0].channel == "proxy"
    assert not standing(poll_id, number).against


def test_a_typist_learns_nothing_of_an_instruction_whatever_they_try(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    mandate(world, poll_id, roll[0], "yes", "路人甲", "13911112222")
    number = received(world, poll_id, roll[0], "proxy")
    for choice in ("no", "yes", "abstain", "invalid"):
        assert actions.read_intake(world.actor(FIRST), poll_id, number, choice) == "half-read"
        actions.withdraw_reading(world.actor(FIRST), poll_id, number, "按错键")
    assert read(world, poll_id, number, "no") == "read"
    assert marked(poll_id, roll[0].key) == "no"
    assert "现在没有要和委托书核对的" in sentence(lambda: weigh(world, poll_id, number))


def weigh(
    world: World, poll_id: int, number: int, role: str = THIRD, reason: str = "看过原件", **changes: bool
) -> None:
    actions.weigh_proxy_ballot(world.actor(role), poll_id, number, **{"stands": False, **changes}, reason=reason)


def over(world: World, clock: Clock, choice: str = "no") -> tuple[int, int, str]:
    """A vote that is over, in which a proxy handed in a ballot against the mandate; the owner of another unit voted."""
    roll = units()
    poll_id = open_owners(world, roll, days=1)
    mandate(world, poll_id, roll[0], "yes", "路人甲", "13911112222")
    number = received(world, poll_id, roll[0], "proxy")
    read(world, poll_id, number, choice)
    after_close(queries.get_poll(poll_id).closes_at, clock)
    return poll_id, number, roll[0].key


def test_a_ballot_against_the_mandate_waits_for_a_third_after_the_close_and_is_void(world: World, clock: Clock) -> None:
    poll_id, number, key = over(world, clock)
    assert actions.declare_due() == 0
    assert "和委托书不一致" in sentence(lambda: actions.declare_outcome(poll_id))
    assert [row.number for row in queries.against(queries.get_poll(poll_id))] == [number]
    assert "第三个人" in sentence(lambda: weigh(world, poll_id, number, SECOND))
    assert "请写明" in sentence(lambda: weigh(world, poll_id, number, reason=" "))
    with pytest.raises(Forbidden):
        weigh(world, poll_id, number, FIRST)
    weigh(world, poll_id, number)
    assert marked(poll_id, key) is None
    assert [(one.counted, one.rejected) for one in ballots(poll_id)] == [(False, "void")]
    assert actions.declare_due() == 1
    assert "结果已经公布" in sentence(lambda: weigh(world, poll_id, number))


def test_where_the_mandate_was_registered_wrongly_the_ballot_stands(world: World, clock: Clock) -> None:
    poll_id, number, key = over(world, clock)
    weigh(world, poll_id, number, stands=True, reason="原件写的是不同意，登记时选错")
    assert marked(poll_id, key) == "no"
    assert standing(poll_id, number).weighed_reason == "原件写的是不同意，登记时选错"
    assert "现在没有" in sentence(lambda: weigh(world, poll_id, number))
    assert actions.declare_due() == 1


def test_a_dispute_settled_against_the_mandate_is_weighed_too_and_what_is_superseded_is_not(
    world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll, days=1)
    for entry in roll[:2]:
        mandate(world, poll_id, entry, "yes", "路人甲", "13911112222")
    first, second = (received(world, poll_id, entry, "proxy") for entry in roll[:2])
    read(world, poll_id, first, "no", "abstain")
    actions.settle_intake(world.actor(THIRD), poll_id, first, "abstain", "勾在第三格")
    read(world, poll_id, second, "no")
    clock.forward(minutes=1)
    cast(world, poll_id, roll[1], "yes")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    assert [row.number for row in queries.against(queries.get_poll(poll_id))] == [first]


@pytest.mark.parametrize(
    ("method", "told", "follows", "differs"),
    [
        ("irv", ["2", "1"], ["2", "1"], ["1", "2"]),
        ("schulze", ["3"], ["3"], ["3", "1"]),
        ("score", {"1": 5, "2": 2}, {"2": 2, "1": 5, "3": 0}, {"1": 5}),
        ("approval", ["3", "1"], ["1", "3"], ["1"]),
        ("budget", ["2"], ["2"], ["2", "3"]),
    ],
)
def test_a_mandate_may_say_how_to_rank_to_score_and_what_to_fund(
    world: World, clock: Clock, method: str, told: Marks, follows: Marks, differs: Marks
) -> None:
    poll_id = open_method(world, method, budget=Budget(100_000_00), proxy_limit=3, channels=("online", "proxy"))
    lines = [line.entry for line in queries.roll_of(poll_id)][:3]
    for entry in lines:
        mandate(world, poll_id, entry, told)
    assert "和委托书不一致" in sentence(lambda: actions.cast_ballot(proxy(world), poll_id, lines[0].key, differs))
    actions.cast_ballot(proxy(world), poll_id, lines[0].key, follows)
    numbers = [received(world, poll_id, entry, "proxy") for entry in lines[1:]]
    for number, marks in zip(numbers, (follows, differs), strict=True):
        assert read(world, poll_id, number, marks) == "read"
    assert [standing(poll_id, number).against for number in numbers] == [False, True]
    with pytest.raises(Refused):
        mandate(world, poll_id, queries.roll_of(poll_id)[3].entry, ["9"])


def test_names_of_proxies_come_back_masked(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    mandate(world, poll_id, roll[0], "yes")
    (row,) = queries.mandates(queries.get_poll(poll_id))
    assert row.holder == "何**"
    assert row.bound
