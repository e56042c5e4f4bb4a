"""The four deliberations on screen: the way from the proposal to the result, and what was typed is still there."""

from typing import Any

import pytest

from app.foursteps import queries
from tests.conftest import Clock
from tests.page_client import Page, PageClient
from tests.world import PASSWORD, World

TEXT = "把东侧空地改成口袋公园，花费从公共收益支出。"
MEETING = {"held_on": "2026-03-02", "text": TEXT}


@pytest.fixture
def address(client: PageClient, world: World, clock: Clock) -> str:
    """A matter that the party branch has proposed; the secretary is signed in."""
    client.sign_in(world.login("secretary"), PASSWORD)
    form = client.get(f"/c/{world.slug}/four-steps/new")
    return client.submit(form, title="东侧空地改口袋公园", text=TEXT).location


def enter(client: PageClient, address: str, **typed: Any) -> Page:
    return client.follow(client.submit(client.get(f"{address}/next"), **typed))


def test_a_matter_goes_from_the_proposal_to_its_result(
    client: PageClient, world: World, clock: Clock, address: str
) -> None:
    assert enter(client, address, held_on="2026-03-02", agreed="yes", text=TEXT).says("轮到党员大会审议")
    page = enter(client, address, due="30", present="20", agreed="15", **MEETING)
    assert page.says("应到30人，实到20人，同意15人")
    enter(client, address, due="１００", present="60", agreed="31", **MEETING)
    page = enter(client, address, text="同意改成口袋公园。")
    assert page.css("a[href*=postings]")
    assert page.says("期满以后才能公开实施结果")
    assert client.get(f"{address}/next").says("期满以后才能公开实施结果")
    clock.forward(days=8)
    assert enter(client, address, text="公园已经建好。").says("已完成")
    assert client.get(f"/c/{world.slug}/four-steps").says("东侧空地改口袋公园")


def test_figures_that_cannot_be_are_told_and_kept(client: PageClient, address: str) -> None:
    enter(client, address, held_on="2026-03-02", agreed="yes", text=TEXT)
    form = client.get(f"{address}/next")
    page = client.submit(form, due="10", present="11", agreed="3", status=409, **MEETING)
    assert page.says("实到人数不能比应到的多")
    assert page.one("#due").attributes["value"] == "10"
    page = client.submit(form, due="很多", present="11", agreed="3", status=422, **MEETING)
    assert page.one("#due").attributes["value"] == "很多"
    assert len(queries.get_chain(1, 1).steps) == 2


def test_a_stale_page_does_not_take_a_step_twice(client: PageClient, address: str) -> None:
    form = client.get(f"{address}/next")
    again = client.get(f"{address}/next")
    client.submit(form, held_on="2026-03-02", agreed="yes", text=TEXT)
    page = client.submit(again, held_on="2026-03-02", agreed="no", text=TEXT, status=409)
    assert page.says("一步一步")
    assert len(queries.get_chain(1, 1).steps) == 2


def test_everybody_reads_it_and_only_who_leads_enters_a_step(new_client: Any, world: World, address: str) -> None:
    reader = new_client()
    page = reader.get(address)
    assert page.says("现在轮到这一步")
    assert not page.css(f'a[href="{address}/next"]')
    reader.sign_in(world.login("member"), PASSWORD)
    reader.get(f"{address}/next", status=403)


def test_an_empty_list_says_what_will_come_here(client: PageClient, world: World, clock: Clock) -> None:
    assert client.get(f"/c/{world.slug}/four-steps").says("还没有走")
