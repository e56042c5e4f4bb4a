"""Files handed out and taken in: to keep, never part of the site, for those who may read them."""

from typing import Any

import pytest
from flask import Flask

from app.attachments import actions, queries
from app.attachments.actions import PreparedFile
from app.attachments.permissions import REMOVE_ATTACHMENT
from app.attachments.rules import LARGEST
from app.core.permissions import PUBLIC, Permission
from app.core.values import Ref
from tests.audit import complaints
from tests.conftest import Clock
from tests.page_client import Page, PageClient
from tests.world import PASSWORD, World

THING = Ref("proposal", 7)


def attach(world: World, readers: Permission = PUBLIC, name: str = "楼道灯 报价.txt") -> str:
    file = PreparedFile(name, "text", b"<script>alert(1)</script>")
    number = actions.attach_file(world.actor("clerk"), world.community_id, THING, None, file, readers=readers)
    return f"/c/{world.slug}/attachments/{number}"


def form_url(app: Flask, world: World, role: str) -> str:
    with app.test_request_context(f"/c/{world.slug}/search"):
        app.preprocess_request()
        return queries.upload_url(world.actor(role), world.community_id, THING, None, f"/c/{world.slug}/rules")


def send(client: PageClient, url: str, content: bytes, name: str, status: int = 303) -> Page:
    form = client.get(url)
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in form.fields("main form").items()
    ]
    parts.append(f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n')
    body = "".join(parts).encode() + content + b"\r\n--b--\r\n"
    answer = client._outside(
        lambda: client.browser.post(url, data=body, content_type="multipart/form-data; boundary=b")
    )
    return client._page(url, answer, status, False)


def test_a_public_file_is_handed_out_to_keep_and_can_do_nothing(client: PageClient, world: World) -> None:
    answer = client.get(attach(world)).response
    headers = answer.headers
    assert headers["Content-Disposition"] == (
        "attachment; filename=\"___ __.txt\"; filename*=UTF-8''%E6%A5%BC%E9%81%93%E7%81%AF%20%E6%8A%A5%E4%BB%B7.txt"
    )
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["Cache-Control"].startswith("public")
    assert answer.data == b"<script>alert(1)</script>"


def test_a_file_that_the_reader_has_already_is_not_sent_again(client: PageClient, world: World) -> None:
    url = attach(world)
    etag = client.get(url).response.headers["ETag"]
    assert client.get(url, status=304, headers={"If-None-Match": etag}).response.data == b""


def test_a_restricted_file_is_for_its_readers_only(client: PageClient, world: World, new_client: Any) -> None:
    url = attach(world, REMOVE_ATTACHMENT)
    assert client.get(url, status=303).location.startswith("/sign-in")
    client.sign_in(world.login("resident"), PASSWORD)
    assert client.get(url, status=403).says("不对您公开")
    desk = new_client()
    desk.sign_in(world.login("secretary"), PASSWORD)
    headers = desk.get(url).response.headers
    assert headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in headers


def test_a_file_of_one_community_is_not_found_in_another(client: PageClient, world: World) -> None:
    url = attach(world)
    client.get(url.replace(world.slug, world.other_slug), status=404)
    client.get(f"/c/{world.slug}/attachments/99", status=404)


def test_a_file_is_added_from_the_page_of_its_thing(app: Flask, client: PageClient, world: World, clock: Clock) -> None:
    client.sign_in(world.login("resident"), PASSWORD)
    url = form_url(app, world, "resident")
    done = send(client, url, b"%PDF-1.7\n1 0 obj", "照片.png")
    assert done.location == f"/c/{world.slug}/rules"
    handed = client.get(f"/c/{world.slug}/attachments/1").response.headers["Content-Disposition"]
    assert handed.endswith("%E7%85%A7%E7%89%87.pdf")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.pdf", "文件是空的"),
        (b"MZ\x90\x00", "a.pdf", "不能上传这种文件"),
        (b"<html><script>", "a.txt", "不能上传这种文件"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "a.png", "损坏"),
        (b"a" * (LARGEST + 1), "a.txt", "超过10 MB"),
        (b"x", "", "请选一个文件"),
    ],
)
def test_a_wrong_file_is_told_why(
    app: Flask, client: PageClient, world: World, clock: Clock, content: bytes, name: str, said: str
) -> None:
    client.sign_in(world.login("resident"), PASSWORD)
    page = send(client, form_url(app, world, "resident"), content, name, status=422)
    assert page.says(said)
    assert queries.count(world.community_id, THING) == 0


def test_another_account_cannot_use_the_address_of_a_form(
    app: Flask, client: PageClient, world: World, clock: Clock
) -> None:
    url = form_url(app, world, "resident")
    client.sign_in(world.login("member"), PASSWORD)
    assert client.get(url, status=400).says("再点“添加附件”")
    client.get(f"/c/{world.slug}/attachments/new/forged", status=400)


def test_a_file_is_taken_away_after_a_second_look(client: PageClient, world: World, clock: Clock) -> None:
    url = attach(world)
    client.sign_in(world.login("clerk"), PASSWORD)
    look = client.get(f"{url}/remove")
    assert look.says("楼道灯 报价.txt")
    done = client.submit(look)
    assert done.location.startswith(f"/c/{world.slug}/")
    client.get(url, status=404)
    client.get(f"{url}/remove", status=404)


def test_others_do_not_take_a_file_away(client: PageClient, world: World, clock: Clock) -> None:
    url = attach(world)
    client.sign_in(world.login("resident"), PASSWORD)
    client.get(f"{url}/remove", status=403)
    client.post(f"{url}/remove", {"once": "x"}, status=403)
    client.get(url)


def test_the_list_of_files_has_a_way_to_add_and_to_take_away(app: Flask, world: World, clock: Clock) -> None:
    attach(world)
    attach(world, REMOVE_ATTACHMENT, "内部.txt")
    source = '{% from "components/attachments.html" import attachments %}{{ attachments(items, add_url) }}'
    with app.test_request_context(f"/c/{world.slug}/search"):
        app.preprocess_request()
        clerk = world.actor("clerk")
        items = queries.attachments(world.community_id, THING, clerk)
        add_url = queries.upload_url(clerk, world.community_id, THING, None, "/")
        seen = app.jinja_env.from_string(source).render(items=items, add_url=add_url)
        unseen = app.jinja_env.from_string(source).render(items=[], add_url="")
    assert complaints(seen, fragment=True, lang="zh-CN") == []
    assert "楼道灯 报价.txt" in seen
    assert "不公开" in seen
    assert f"/c/{world.slug}/attachments/2/remove" in seen
    assert "添加附件" in seen
    assert not unseen.strip()
