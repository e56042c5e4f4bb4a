"""Signing in, using a code, choosing how to read."""

import re

import pytest
from flask import Flask

from app.core.values import the_house
from app.identity.actions import invite
from tests.page_client import PageClient
from tests.world import PASSWORD, World


def test_signing_in_leads_back_to_where_the_reader_was(client: PageClient, world: World) -> None:
    asked = client.get(f"/c/{world.slug}/todo", status=303)
    form = client.follow(asked)
    done = client.submit(form, login=world.login("resident"), password=PASSWORD)
    assert done.location == f"/c/{world.slug}/todo"
    page = client.follow(done)
    assert "陈居民" in page.h1


def test_a_wrong_password_is_told_and_the_name_is_still_there(client: PageClient, world: World) -> None:
    page = client.submit(client.get("/sign-in"), login=world.login("resident"), password="wrong words", status=422)
    assert page.says("登录名或密码不对")
    assert page.one("#login").attributes["value"] == world.login("resident")


def test_an_empty_form_says_what_to_write_and_where(client: PageClient, world: World) -> None:
    page = client.submit(client.get("/sign-in"), login="", password="", status=422)
    assert page.says("写上登录名")
    assert page.one("#login").attributes["aria-invalid"] == "true"


def test_an_address_of_another_site_is_never_gone_to(client: PageClient, world: World) -> None:
    for path in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"):
        form = client.get("/sign-in?next=" + path)
        assert client.submit(form, login=world.login("resident"), password=PASSWORD).location == "/"


def test_a_code_opens_an_account_on_one_page(client: PageClient, world: World, app: Flask) -> None:
    code = invite(the_house(world.community_id), world.community_id, ["resident"])
    form = client.get(f"/join?code={code}")
    done = client.submit(form, name="刘奶奶", login="１３８００００１２３４", password=PASSWORD)
    assert done.location == f"/c/{world.slug}/todo", "a code leads to the community that it is for"
    client.follow(done)
    assert client.get("/account").h1 == "刘奶奶"


@pytest.mark.parametrize(
    ("asked", "led"), [("/c/hepingli/my-entry", "/c/hepingli/my-entry"), ("//elsewhere.example", "/")]
)
def test_a_code_leads_to_the_page_that_was_asked_for_and_never_away(
    client: PageClient, world: World, asked: str, led: str
) -> None:
    code = invite(the_house(world.community_id), world.community_id, ["resident"])
    form = client.get(f"/join?next={asked}")
    done = client.submit(form, code=code, name="刘奶奶", login="13800001234", password=PASSWORD)
    assert done.location == led


def test_signing_out_ends_the_session_on_the_server_too(client: PageClient, world: World) -> None:
    client.sign_in(world.login("resident"), PASSWORD)
    cookie = client.browser.get_cookie("sf_session")
    assert cookie is not None
    client.submit(client.get("/account"), "form.sign-out")
    client.browser.set_cookie("sf_session", cookie.value)
    assert client.get("/account", status=303).location.startswith("/sign-in")


def test_an_invented_session_is_nobody(client: PageClient, world: World) -> None:
    client.browser.set_cookie("sf_session", "invented.signature")
    assert client.get("/account", status=303).location.startswith("/sign-in")


def test_a_form_without_its_token_changes_nothing(client: PageClient, world: World) -> None:
    page = client.post("/sign-in", {"login": world.login("resident"), "password": PASSWORD}, token=False, status=403)
    assert page.says("刷新后再提交")


def test_what_was_typed_when_the_session_ended_is_there_again(client: PageClient, world: World) -> None:
    form = client.get("/join")
    client.sign_in(world.login("resident"), PASSWORD)
    account = client.get("/account")
    client.browser.delete_cookie("sf_session")
    asked = client.submit(account, "main form.card", old="a", new="b")
    assert asked.location.startswith("/sign-in?next=%2Faccount")
    assert form.h1


def test_the_reader_chooses_language_theme_and_size_and_comes_back(client: PageClient, world: World) -> None:
    done = client.get("/preferences?lang=en&theme=dark&type=large&next=/sign-in", status=303)
    assert done.location == "/sign-in"
    client.lang = "en"
    page = client.follow(done)
    root = page.one("html")
    assert (root.attributes["data-bs-theme"], root.attributes["data-type"]) == ("dark", "large")
    assert page.h1 == "Sign in"


def test_preferences_that_do_not_exist_change_nothing(client: PageClient, world: World) -> None:
    page = client.follow(client.get("/preferences?lang=xx&theme=pink&type=huge&next=/sign-in", status=303))
    assert page.one("html").attributes["data-type"] == "normal"


def test_a_community_that_does_not_exist_is_said_to_be_unknown(client: PageClient, world: World) -> None:
    page = client.get("/c/nowhere/todo", status=404)
    assert page.says("没有叫“nowhere”的社区")


def test_an_address_that_does_not_exist_has_a_way_on(client: PageClient, world: World) -> None:
    page = client.get("/nothing-here", status=404)
    assert page.css("main a[href]")


def test_a_program_is_answered_with_a_problem_document(client: PageClient, world: World) -> None:
    answer = client.browser.get("/c/nowhere/todo", headers={"Accept": "application/json"})
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == 404


def test_with_two_communities_the_front_page_lets_choose_and_search(client: PageClient, world: World) -> None:
    assert [link.attributes["href"] for link in client.get("/").css(".rows a")] == ["/c/hepingli/", "/c/wutongli/"]
    assert len(client.get("/?q=和平").css(".rows a")) == 1
    assert client.get("/?q=不存在").says("没有找到")


def test_the_table_of_powers_is_open_to_anyone(client: PageClient, world: World) -> None:
    page = client.get("/powers")
    assert re.search("发出邀请码.*秘书", page.text)


def test_every_answer_carries_the_strict_policy(client: PageClient, world: World) -> None:
    headers = client.get("/sign-in").response.headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
