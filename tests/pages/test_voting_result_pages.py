"""The result of an owners' vote: windows that are dwellings, what each building lacks, the paper for the notice board."""

import pytest

from app.core import clock as house_clock
from app.voting import actions, queries
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.polls import open_council, open_owners, units, voter
from tests.world import World


def held(world: World, clock: Clock, cast: int, yes: int) -> str:
    """A vote of twelve units in two buildings, over and declared; answers with its address."""
    clock.set(house_clock.tick())
    roll = units(2, 6)
    poll_id = open_owners(world, roll)
    for place, entry in enumerate(roll[:cast]):
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, "yes" if place < yes else "no")
    clock.forward(days=10, minutes=1)
    actions.declare_outcome(poll_id)
    return f"/c/{world.slug}/polls/{queries.get_poll(poll_id).number}"


def lit(page: object) -> list[int]:
    """How many windows are lit in each building."""
    return [(node.attributes.get("d") or "").count("h10") for node in page.css(".skyline .lit")]  # type: ignore[attr-defined]  # a page


def test_while_a_vote_runs_windows_stand_for_numbers_and_after_it_each_is_its_dwelling(
    client: PageClient, world: World, clock: Clock
) -> None:
    clock.set(house_clock.tick())
    roll = units(2, 6)
    poll_id = open_owners(world, roll)
    # Only the last unit of the first building votes: a number lights the first window, a dwelling its own.
    actions.cast_ballot(voter(roll[5], world), poll_id, roll[5].key, "yes")
    address = f"/c/{world.slug}/polls/{queries.get_poll(poll_id).number}"
    running = client.get(address)
    clock.forward(days=10, minutes=1)
    actions.declare_outcome(poll_id)
    over = client.get(address)
    assert running.says("只按楼计数")
    assert over.says("每一扇窗是一户")
    paths = [page.css(".skyline .lit")[0].attributes["d"] for page in (running, over)]
    assert paths[0] != paths[1]
    assert lit(running) == lit(over) == [1]


def test_windows_never_show_how_a_dwelling_voted(client: PageClient, world: World, clock: Clock) -> None:
    all_yes = client.get(held(world, clock, 8, 8)).one(".skyline").html
    all_no = client.get(held(world, clock, 8, 0)).one(".skyline").html
    assert all_yes == all_no


def test_the_table_says_for_each_building_what_is_missing(client: PageClient, world: World, clock: Clock) -> None:
    page = client.get(held(world, clock, 8, 8))
    rows = [
        [cell.text(strip=True).replace("\xa0", " ") for cell in row.css("th, td")]
        for row in page.css("figure table tbody tr")
    ]
    assert rows == [["1号楼", "6", "0", "0.00 m²"], ["2号楼", "2", "4", "358.00 m²"]]


def test_the_paper_for_the_board_has_each_condition_with_its_arithmetic_and_the_way_to_court(
    client: PageClient, world: World, clock: Clock
) -> None:
    address = held(world, clock, 8, 5)
    page = client.get(f"{address}/result")
    assert page.one(".paper h2").text()
    assert page.says("结果：通过。")
    assert len(page.css(".paper ol li")) == 4
    # 8 of 12 units of 89.50 m² take part: 8 × 3 ≥ 12 × 2, exactly two thirds; 5 of 8 agree.
    assert page.says("24 ≥ 24")
    assert page.says("10 > 8")
    assert page.says("自知道之日起1年内请求法院撤销")
    assert page.one(".paper svg.qr path").attributes["d"]
    assert client.get(address).css(f'a[href="{address}/result"]')


def test_what_failed_is_said_with_what_was_missing(client: PageClient, world: World, clock: Clock) -> None:
    page = client.get(f"{held(world, clock, 7, 7)}/result")
    assert page.says("还差1人")
    assert page.says("还差89.50 m²")


def test_before_the_outcome_there_is_no_paper(client: PageClient, world: World, clock: Clock) -> None:
    clock.set(house_clock.tick())
    poll = queries.get_poll(open_owners(world, units(1, 3)))
    page = client.get(f"/c/{world.slug}/polls/{poll.number}/result")
    assert page.says("还没有公布结果")
    assert not page.css(".paper")


def test_the_result_of_the_council_needs_no_court(client: PageClient, world: World, clock: Clock) -> None:
    clock.set(house_clock.tick())
    poll_id = open_council(world)
    actions.close_poll(world.actor("convener"), poll_id)
    clock.forward(seconds=31)
    actions.declare_outcome(poll_id)
    page = client.get(f"/c/{world.slug}/polls/{queries.get_poll(poll_id).number}/result")
    assert page.says("结果：未通过。")
    assert not page.says("法院")


@pytest.mark.parametrize("lang", ["zh_Hans_CN", "en"])
def test_the_paper_is_complete_in_both_languages(client: PageClient, world: World, clock: Clock, lang: str) -> None:
    address = held(world, clock, 8, 5)
    client.prefer(lang)
    assert client.get(f"{address}/result").css(".paper")
