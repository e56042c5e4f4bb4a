"""Several owners of one unit: any of them casts until they name one, precedence decides, the others are told."""

from collections.abc import Callable

import pytest

from app.core import clock as house_clock
from app.core.values import Actor, Entry, Grant, Ref
from app.voting import actions, queries
from app.voting.queries import papers
from app.voting.rules.papers import PER_UNIT
from tests.conftest import Clock
from tests.desks import FIRST, handed_in
from tests.page_client import PageClient
from tests.polls import open_owners, speaks_for, units
from tests.world import PASSWORD, World

HIM, HER = Ref("person", 901), Ref("person", 902)
LABEL = "1号楼101"


def shared_unit(world: World) -> tuple[int, Entry]:
    """A flat of a couple among others, its vote open; he signs in as the owner."""
    first, *rest = units(1, 4)
    flat = Entry(first.key, first.label, first.building, "couple", area=first.area, voters=(HIM, HER))
    poll_id = open_owners(world, [flat, *rest])
    speaks_for(world.accounts["owner"], HIM)
    return poll_id, flat


def her(world: World) -> Actor:
    return Actor(world.accounts["resident"], frozenset({Grant(world.community_id, "owner")}), frozenset({HER}))


def online(world: World, poll_id: int, flat: Entry) -> None:
    actions.cast_ballot(her(world), poll_id, flat.key, "yes")


def by_code(world: World, poll_id: int, flat: Entry) -> None:
    actions.issue_papers(world.actor("secretary"), poll_id, PER_UNIT)
    paper = papers.valid_paper_of(queries.lines_of(queries.get_poll(poll_id), [HER])[0].line.id)
    assert paper is not None
    holder = Actor(None, frozenset({Grant(world.community_id, "owner")}), frozenset({paper.holder}))
    actions.cast_ballot(holder, poll_id, flat.key, "yes")


def at_the_desk(channel: str) -> Callable[[World, int, Entry], None]:
    def bring(world: World, poll_id: int, flat: Entry) -> None:
        handed_in(world, poll_id, flat, "yes", channel)

    return bring


WAYS: dict[str, tuple[Callable[[World, int, Entry], None], str]] = {
    "online": (online, "的票在网上投了，不是用您的账号"),
    "code": (by_code, "的票在网上投了，不是用您的账号"),
    "paper": (at_the_desk("paper"), "的纸质票收到了"),
    "stall": (at_the_desk("stall"), "在投票点投了票"),
    "phone": (at_the_desk("phone"), "用电话投了票"),
    "letter": (at_the_desk("letter"), "寄来的票收到了"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_others_are_told_however_it_came_in(client: PageClient, world: World, clock: Clock, way: str) -> None:
    clock.set(house_clock.tick())
    poll_id, flat = shared_unit(world)
    client.sign_in(world.login("owner"), PASSWORD)
    assert client.get(f"/c/{world.slug}/todo").says(f"{LABEL}还没有投票")
    cast, told = WAYS[way]
    cast(world, poll_id, flat)
    todo = client.get(f"/c/{world.slug}/todo")
    assert todo.says(f"{LABEL}{told}")
    assert not todo.says("还没有投票")
    page = client.get(f"/c/{world.slug}/polls/{queries.get_poll(poll_id).number}")
    assert page.says("您的回执")
    client.prefer("en")
    assert client.get(f"/c/{world.slug}/todo").says("tell the service desk")


def test_what_a_proxy_casts_is_told_too(client: PageClient, world: World, clock: Clock) -> None:
    clock.set(house_clock.tick())
    poll_id, flat = shared_unit(world)
    client.sign_in(world.login("owner"), PASSWORD)
    actions.register_mandate(world.actor(FIRST), poll_id, flat.key, "受托人", "19900001234")
    handed_in(world, poll_id, flat, "yes", "proxy")
    assert client.get(f"/c/{world.slug}/todo").says(f"{LABEL}的票由受托人投了")


def test_whoever_cast_it_and_who_owns_alone_are_told_nothing_and_it_fades(
    client: PageClient, world: World, clock: Clock
) -> None:
    clock.set(house_clock.tick())
    poll_id, flat = shared_unit(world)
    speaks_for(world.accounts["resident"], HER)
    online(world, poll_id, flat)
    other = PageClient(client.app)
    other.sign_in(world.login("resident"), PASSWORD)
    assert not other.get(f"/c/{world.slug}/todo").says(LABEL)
    page = other.get(f"/c/{world.slug}/polls/{queries.get_poll(poll_id).number}")
    assert not page.says("由共有的另一位业主投出")
    client.sign_in(world.login("owner"), PASSWORD)
    page = client.get(f"/c/{world.slug}/polls/{queries.get_poll(poll_id).number}")
    assert page.says("网上，由共有的另一位业主投出")
    assert page.says("不是您家投的，请马上告诉服务台")
    clock.forward(days=3, minutes=1)
    assert not client.get(f"/c/{world.slug}/todo").says(LABEL)


def named_unit(world: World) -> tuple[int, Entry]:
    """A flat of a couple who named her to cast its ballot; he signs in as the owner."""
    first, *rest = units(1, 4)
    flat = Entry(first.key, first.label, first.building, "couple", area=first.area, voters=(HER,), told=(HIM,))
    poll_id = open_owners(world, [flat, *rest])
    speaks_for(world.accounts["owner"], HIM)
    return poll_id, flat


@pytest.mark.parametrize("way", WAYS)
def test_who_named_the_other_is_told_that_it_was_cast_and_not_how(
    client: PageClient, world: World, clock: Clock, way: str
) -> None:
    clock.set(house_clock.tick())
    poll_id, flat = named_unit(world)
    client.sign_in(world.login("owner"), PASSWORD)
    address = f"/c/{world.slug}/polls/{queries.get_poll(poll_id).number}"
    assert not client.get(f"/c/{world.slug}/todo").says(LABEL), "it is not for him to cast"
    page = client.get(address)
    assert page.says(f"{LABEL}的票 还没有投")
    assert not page.css("form[action*=ballot]")
    cast, told = WAYS[way]
    cast(world, poll_id, flat)
    todo = client.get(f"/c/{world.slug}/todo")
    assert todo.says(f"{LABEL}{told}")
    assert todo.says("由你们推选的投票人来投，怎么投的这里不显示")
    assert client.get(f"/c/{world.slug}/todo").html.count(f"{LABEL}{told}") == todo.html.count(f"{LABEL}{told}")
    page = client.get(address)
    assert page.says(f"{LABEL}的票 已经投了")
    assert not page.says("您的回执")
    client.prefer("en")
    assert client.get(address).says("The ballot of")
    clock.forward(days=3, minutes=1)
    assert not client.get(f"/c/{world.slug}/todo").says(LABEL)


def test_what_the_named_voter_changes_is_told_again_and_nobody_else_reads_it(
    client: PageClient, world: World, clock: Clock
) -> None:
    clock.set(house_clock.tick())
    poll_id, flat = named_unit(world)
    speaks_for(world.accounts["resident"], HER)
    online(world, poll_id, flat)
    hers = PageClient(client.app)
    hers.sign_in(world.login("resident"), PASSWORD)
    assert not hers.get(f"/c/{world.slug}/todo").says(LABEL)
    client.sign_in(world.login("owner"), PASSWORD)
    clock.forward(days=4)
    assert not client.get(f"/c/{world.slug}/todo").says(LABEL)
    actions.cast_ballot(her(world), poll_id, flat.key, "no")
    assert client.get(f"/c/{world.slug}/todo").says(f"{LABEL}的票在网上投了")
    for role in ("member", "clerk"):
        other = PageClient(client.app)
        other.sign_in(world.login(role), PASSWORD)
        assert not other.get(f"/c/{world.slug}/todo").says(f"{LABEL}的票在网上投了")
    form = client.get(f"/c/{world.slug}/polls/{queries.get_poll(poll_id).number}/ballot?key={flat.key}")
    assert form.says("你们推选了另一位共有人投票，这一票由那一位来投")
    assert not form.css("input[name=choice]")


def test_he_casts_again_and_she_is_told_in_turn(client: PageClient, world: World, clock: Clock) -> None:
    clock.set(house_clock.tick())
    poll_id, flat = shared_unit(world)
    speaks_for(world.accounts["resident"], HER)
    online(world, poll_id, flat)
    clock.forward(minutes=1)
    actions.cast_ballot(world.actor("owner"), poll_id, flat.key, "no")
    client.sign_in(world.login("resident"), PASSWORD)
    assert client.get(f"/c/{world.slug}/todo").says("不是用您的账号")
    page = client.get(f"/c/{world.slug}/polls/{queries.get_poll(poll_id).number}")
    assert page.says("算这一张")
    assert page.says("被取代，不算")
