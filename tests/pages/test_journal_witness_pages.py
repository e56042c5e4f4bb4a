"""The pages of the witnesses and the poster: who sees what, and what a browser sends."""

import re

import pytest
from flask import Flask

from app.core.values import Ref
from app.journal import queries
from app.journal.actions import seal
from app.journal.rules import cosigned_at
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.polls import speaks_for
from tests.witnesses import Browser, coded
from tests.world import PASSWORD, World


@pytest.fixture
def browser(app: Flask, client: PageClient, world: World, clock: Clock) -> Browser:
    """A member of the owners' party, signed in; their browser holds a key that is not registered yet."""
    speaks_for(world.accounts["member"], Ref("owners", world.community_id))
    client.sign_in(world.login("member"), PASSWORD)
    return Browser(world)


def test_anybody_sees_how_far_each_party_has_confirmed(client: PageClient, world: World, clock: Clock) -> None:
    address = f"/c/{world.slug}/journal/witnesses"
    page = client.get(address)
    assert [node.text(strip=True) for node in page.css(".four > div b")][:4] == [
        "党支部",
        "居委会",
        "业委会",
        "物业公司",
    ]
    assert page.text.count("没登记") == 4
    assert not page.css("#witness")
    one = Browser(world, "branch")
    one.register()
    seal()
    size = one.cosign()
    Browser(world, "property").register()
    seal()
    told = client.get(address)
    assert told.says(f"确认到第{size}条")
    assert told.says("还差1条")
    assert told.says("还没有联署")
    client.prefer("en")
    assert client.get(address).says(f"Up to entry {size}")


def test_a_member_registers_and_cosigns_with_what_the_browser_works_out(
    client: PageClient, world: World, clock: Clock, browser: Browser
) -> None:
    address = f"/c/{world.slug}/journal/witnesses"
    page = client.get(address)
    mine = page.one("#witness").attributes
    assert (mine["data-party"], mine["data-key"]) == ("owners", "")
    assert str(mine["data-vkey"]).startswith(f"{mine['data-origin']}+")
    assert client.get(f"{mine['data-log']}/vkey").response.text.strip() == mine["data-vkey"]
    done = client.submit(page, "#register-witness", public=coded(browser.public), proof=coded(browser.proof()))
    page = client.follow(done)
    assert page.one("#witness").attributes["data-key"] == coded(browser.public)
    seal()
    seconds = int(clock.now.timestamp())
    size, signature = browser.signed(seconds)
    sent = {"size": str(size), "seconds": str(seconds), "signature": coded(signature)}
    client.follow(client.submit(page, "#cosign-log", **sent))
    note = client.get(f"/c/{world.slug}/log/checkpoint").response.text
    assert cosigned_at(note, queries.witnesses(world.community_id)["owners"].key) == seconds
    assert client.get(f"/c/{world.slug}/log/cosigned").response.text == note
    assert client.get(address).says("到最新")


def test_what_no_browser_would_send_is_refused_with_a_sentence(
    client: PageClient, world: World, clock: Clock, browser: Browser
) -> None:
    page = client.get(f"/c/{world.slug}/journal/witnesses")
    assert client.submit(page, "#register-witness", status=409).says("没有把签名算好")
    wrong = client.submit(page, "#register-witness", status=409, public=coded(browser.public), proof=coded(b"\0" * 64))
    assert wrong.says("签名对不上")
    odd = {"size": "九", "seconds": "-1", "signature": "x"}
    assert client.submit(page, "#cosign-log", status=409, **odd).says("没有把签名算好")
    fine = {"size": "1", "seconds": "1", "signature": coded(b"\0" * 64)}
    assert client.submit(page, "#cosign-log", status=409, **fine).says("还没有登记见证人的钥匙")


def test_a_doubt_stands_on_the_page_and_in_the_record(
    client: PageClient, world: World, clock: Clock, browser: Browser
) -> None:
    browser.register()
    seal()
    page = client.get(f"/c/{world.slug}/journal/witnesses")
    sent = {"size": "7", "root": coded(b"\x01" * 32), "reason": "not-continued"}
    client.submit(page, "#doubt-log", **sent)
    told = client.get(f"/c/{world.slug}/journal/witnesses")
    assert told.one("#h-doubts").text(strip=True) == "不能确认的声明"
    assert told.says("以前确认到第7条")
    assert client.get(f"/c/{world.slug}/journal").says("一方的见证人不能确认账本")


def test_before_the_first_cosignature_there_is_no_cosigned_head(client: PageClient, world: World) -> None:
    client.get(f"/c/{world.slug}/log/cosigned", status=404)


def test_the_poster_says_the_head_of_the_log_and_how_to_compare_it(
    client: PageClient, world: World, clock: Clock
) -> None:
    address = f"/c/{world.slug}/journal/poster"
    assert client.get(address, status=404).says("账本还是空的")
    Browser(world).register()
    seal()
    head = queries.latest_checkpoint(world.community_id)
    assert head is not None
    page = client.get(address)
    root = str(page.one(".signs-4").attributes["aria-label"])
    assert root in head.note
    assert re.sub(r"\s", "", page.one(".signs-4").text()) == root
    assert page.says(str(queries.key(queries.get_log(world.community_id))))
    assert page.one("svg.qr path").attributes["d"]
    assert page.says("一方登记了账本见证人：1")
    Browser(world, "branch").register()
    seal()
    old = client.get(f"{address}?size={head.size}")
    assert str(old.one(".signs-4").attributes["aria-label"]) == root
    assert client.get(address).one(".signs-4").attributes["aria-label"] != root
    assert client.get(f"{address}?size=999", status=404).says("没有在第999条签过名")
    client.get(f"{address}?size=x", status=404)
    pdf = client.get(f"{address}.pdf").response
    assert pdf.mimetype == "application/pdf"
    client.prefer("en")
    assert client.get(f"{address}.pdf").response.data == pdf.data  # paper speaks the language of the record
    assert pdf.data.startswith(b"%PDF-")
    assert client.get(f"{address}.pdf").response.data == pdf.data
