"""A posting names its matter, and the pages of a matter show what hangs about it."""

import pytest
from flask import Flask

from app.core.values import Ref
from app.publication import queries
from app.publication.actions import withdraw_posting
from app.voting.actions import annul_poll
from app.voting.queries import get_poll
from tests.actions.test_owners_decisions_actions import REASON, admitted, vote
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.polls import open_council
from tests.tendering import Tendering
from tests.world import PASSWORD, World

TYPED = {"title": "3号楼电梯停两天", "body": "请走楼梯。", "places": ["board"]}


def words(client: PageClient, address: str) -> list[str]:
    return [" ".join(row.text().split()) for row in client.get(address).css("#h-papers ~ ul li")]


@pytest.fixture
def secretary(client: PageClient, world: World, clock: Clock) -> PageClient:
    client.sign_in(world.login("secretary"), PASSWORD)
    return client


def test_a_posting_about_a_proposal_is_shown_there_and_fills_its_station(secretary: PageClient, world: World) -> None:
    matter = admitted(world)
    address = f"/c/{world.slug}/proposals/1"
    page = secretary.get(address)
    assert words(secretary, address) == []
    form = secretary.get(page.one("#h-papers ~ a").attributes["href"] or "")
    assert form.one("#about option[selected]").attributes["value"] == str(matter)
    shown = secretary.follow(secretary.submit(form, **TYPED))
    assert shown.one(".matter .meta a").attributes["href"] == address
    assert words(secretary, address) == ["其他公示，第1号公示中"]
    (step,) = [node for node in secretary.get(address).css(".steps li") if "公示" in node.text()]
    assert "3月2–9日" in step.text()
    withdraw_posting(world.actor("secretary"), queries.in_full(world.community_id)[0].id, "日子写错了，另发一份。")
    (step,) = [node for node in secretary.get(address).css(".steps li") if "公示" in node.text()]
    assert "3月2–9日" not in step.text(), "what was taken down is no station on the way"
    assert words(secretary, address) == ["其他公示，第1号公示撤下"]


def test_a_posting_about_a_vote_belongs_to_the_votes_matter_and_is_shown_on_both_pages(
    secretary: PageClient, world: World, clock: Clock
) -> None:
    matter = admitted(world, owners_matter=5)
    poll_id = vote(world, clock, matter, yes=8)
    address = f"/c/{world.slug}/polls/{get_poll(poll_id).number}"
    before = words(secretary, address)
    assert [line.startswith("表决结果公示") for line in before] == [True]
    form = secretary.get(secretary.get(address).one("#h-papers ~ a").attributes["href"] or "")
    shown = secretary.follow(secretary.submit(form, **TYPED))
    assert {node.attributes["href"] for node in shown.css(".matter .meta a")} == {
        address,
        f"/c/{world.slug}/proposals/1",
    }
    assert len(words(secretary, address)) == len(words(secretary, f"/c/{world.slug}/proposals/1")) == 2


def test_an_annulled_outcome_says_so_wherever_it_is_shown_and_leads_to_the_vote(
    client: PageClient, world: World, clock: Clock
) -> None:
    matter = admitted(world, owners_matter=5)
    poll_id = vote(world, clock, matter, yes=8)
    annul_poll(world.actor("convener"), poll_id, REASON)
    address = f"/c/{world.slug}/polls/{get_poll(poll_id).number}"
    assert words(client, address)[0].endswith("公示撤下")
    page = client.get(client.get(address).one("#h-papers ~ ul a").attributes["href"] or "")
    assert page.says(REASON)
    assert page.one(".refusal a").attributes["href"] == address
    assert not page.css("a[href*='poster']"), "nobody hangs up what has no effect"
    client.prefer("en")
    assert client.get(page.url).says("See this vote")


def test_a_posting_about_a_purchase_is_shown_on_its_page(secretary: PageClient, world: World, clock: Clock) -> None:
    tender = Tendering(world, clock).published()
    form = secretary.get(secretary.get(tender.url).one("#h-papers ~ a").attributes["href"] or "")
    secretary.submit(form, **TYPED)
    assert words(secretary, tender.url) == ["其他公示，第1号公示中"]
    (row,) = queries.in_full(world.community_id)
    assert (row.matter, row.source) == (Ref("proposal", 7), Ref("tender", tender.tender_id))


def test_nobody_else_is_led_to_post_and_nothing_of_another_community_is_offered(
    app: Flask, client: PageClient, world: World, clock: Clock
) -> None:
    matter = admitted(world)
    client.sign_in(world.login("resident"), PASSWORD)
    assert not client.get(f"/c/{world.slug}/proposals/1").css("#h-papers")
    client.sign_in(world.login("secretary"), PASSWORD)
    open_council(world)
    form = client.get(f"/c/{world.slug}/postings/new?matter=proposal:999")
    offered = [node.attributes["value"] for node in form.css("#about option")]
    assert offered == ["none", str(matter)], "votes of the council hang as its minutes"
    page = client.submit(form, status=422, **{**TYPED, "about": "proposal:999"})
    assert page.one("#title").attributes["value"] == TYPED["title"]
    client.submit(form, **{**TYPED, "about": "none"})
    assert queries.in_full(world.community_id)[0].own
