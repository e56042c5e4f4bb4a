"""Proxies: a written mandate with its limits, its instruction, its end; the owner's own vote goes before."""

import pytest

from app.core.db import db
from app.core.errors import Refused
from app.core.house import house
from app.core.values import Actor, Entry, Grant, Ref
from app.voting import actions, queries
from app.voting.models import ProxyMandate
from tests.conftest import Clock
from tests.desks import FIRST, read, received
from tests.polls import ballots, cast, marked, open_owners, units, voter
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
    instruction: str | None = None,
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
    assert "委托书写明" in sentence(lambda: actions.read_intake(world.actor(FIRST), poll_id, number, "no"))
    assert read(world, poll_id, number, "yes") == "read"
    assert ballots(poll_id)[0].channel == "proxy"


def test_names_of_proxies_come_back_masked(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    mandate(world, poll_id, roll[0], "yes")
    (row,) = queries.mandates(queries.get_poll(poll_id))
    assert row.holder == "何**"
    assert row.bound
