"""Parts of pages that readers share: written once, never older than a write, never another reader's."""

from collections.abc import Callable

import pytest
from flask import Flask, g, render_template_string

from app.core.context import actor, me
from app.core.fragments import ROOM, TOKEN, Kept
from app.core.values import Ref
from app.discussion import actions as talk
from app.discussion.queries import find_thread
from app.identity.models import Account
from app.proposals import actions, queries
from tests.conftest import Clock
from tests.page_client import Page, PageClient
from tests.world import PASSWORD, World

WORDS = "西边的坡道夜里没有灯"


@pytest.fixture
def spoken(world: World, clock: Clock) -> tuple[str, int]:
    """A proposal with one comment by the resident: its address, and the comment's number."""
    number = actions.submit_proposal(
        world.actor("owner"), world.community_id, "西侧步行道装路灯", WORDS, None, "何先生"
    )
    thread = find_thread(Ref("proposal", queries.get_by_number(world.community_id, number).id))
    assert thread is not None
    remark = talk.say(world.actor("resident"), thread.id, "for", "早就该装了", "周先生，3号楼")
    return f"/c/{world.slug}/proposals/{number}", remark


def endorse(page: Page, remark: int) -> str:
    """What the button of a comment does, as its reader sees it."""
    form = page.css(f"#remark-{remark} form")
    return "" if not form else "back" if page.css(f"#remark-{remark} form button[name=undo]") else "endorse"


def test_each_reader_gets_a_token_of_their_own_in_a_part_that_both_share(
    app: Flask, new_client: Callable[[], PageClient], world: World, spoken: tuple[str, int]
) -> None:
    url, remark = spoken
    tokens = []
    for role in ("owner", "member"):
        client = new_client()
        client.sign_in(world.login(role), PASSWORD)
        page = client.get(url)
        tokens.append(page.fields(f"#remark-{remark} form")["csrf_token"])
        assert TOKEN not in page.text
        client.submit(page, f"#remark-{remark} form")
    kept: Kept = app.extensions["fragments"]
    assert sum("_talk.html" in str(key) for key in kept.parts) >= 1
    assert len(set(tokens)) == 2


def test_what_one_reader_did_shows_to_them_at_once_and_to_nobody_else(
    new_client: Callable[[], PageClient], world: World, spoken: tuple[str, int]
) -> None:
    url, remark = spoken
    clients = {role: new_client() for role in ("owner", "member", "resident")}
    for role, client in clients.items():
        client.sign_in(world.login(role), PASSWORD)
        client.get(url)
    clients["owner"].submit(clients["owner"].get(url), f"#remark-{remark} form")
    seen = {role: endorse(client.get(url), remark) for role, client in clients.items()}
    assert seen == {"owner": "back", "member": "endorse", "resident": ""}
    stranger = new_client().get(url)
    assert endorse(stranger, remark) == ""
    assert "csrf_token" not in stranger.text


def test_after_signing_out_and_in_another_language_nothing_of_before_is_left(
    client: PageClient, world: World, spoken: tuple[str, int]
) -> None:
    url, remark = spoken
    client.sign_in(world.login("owner"), PASSWORD)
    assert "有道理" in client.get(url).text
    client.prefer("en")
    english = client.get(url)
    assert "有道理" not in english.one(f"#remark-{remark} .actions").text()
    client.browser.post("/sign-out", data={"csrf_token": client.csrf_token(), "once": "x"})
    client.prefer()
    assert endorse(client.get(url), remark) == ""


def test_a_part_keeps_to_its_community(app: Flask, world: World, clock: Clock) -> None:
    source = '{% shared 1 %}{{ url_for("proposals.proposals") }}{% endshared %}'
    seen = []
    for slug in (world.slug, "hepingli"):
        with app.test_request_context(f"/c/{slug}/proposals"):
            app.preprocess_request()
            seen.append(render_template_string(source))
    assert seen == [f"/c/{world.slug}/proposals", "/c/hepingli/proposals"]


@pytest.mark.parametrize("asks", [actor, me])
def test_a_part_that_asks_who_reads_is_an_error_and_leaves_nothing_behind(
    app: Flask, asks: Callable[[], object]
) -> None:
    with app.test_request_context("/"):
        with pytest.raises(RuntimeError, match="cannot ask who reads"):
            render_template_string("{% shared 1 %}{{ asks() }}{% endshared %}", asks=asks)
        assert "part_token" not in g


def test_only_values_are_named(app: Flask, world: World) -> None:
    source = "{% shared thing %}{{ thing }}{% endshared %}"
    with app.test_request_context("/"):
        for thing in ("text", 3, (1, [2]), {"a": 1}, None, Ref("need", 1)):
            assert render_template_string(source, thing=thing)
        with pytest.raises(TypeError, match="names values, not a"):
            render_template_string(source, thing=object())


def test_a_row_is_known_by_what_stands_in_the_database(app: Flask, world: World, clock: Clock) -> None:
    source = "{% shared row %}{{ row.name }}{% endshared %}"

    def shown(name: str) -> str:
        with app.test_request_context("/"):
            return render_template_string(source, row=Account(id=1, name=name))

    before = shown("一")
    assert shown("二") == before, "nobody has written in between"
    actions.submit_proposal(world.actor("owner"), world.community_id, "西侧步行道装路灯", WORDS, None, "何先生")
    assert shown("三") == "三"


def test_parts_go_with_the_minute_and_when_there_is_no_room(app: Flask, clock: Clock) -> None:
    kept: Kept = app.extensions["fragments"]

    def shown() -> str:
        with app.test_request_context("/"):
            app.preprocess_request()
            return render_template_string("{% shared 1 %}{{ now()|moment }}{% endshared %}")

    first = shown()
    assert shown() == first
    assert len(kept.parts) == 1
    clock.forward(minutes=1)
    assert shown() != first
    kept.signs = ROOM + 1
    shown()
    assert kept.signs < ROOM
