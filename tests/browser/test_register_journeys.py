"""The desk takes a register in and hands an owner a code, on a phone and on a desk, with and without JavaScript."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from app.core.db import db
from app.core.values import the_house
from app.register import actions
from app.register.models import Person
from tests.books import COUPLE, SMALL, TODAY, Row, book, read
from tests.screens import DESK, PHONE, Screen
from tests.world import PASSWORD, World

BAD: list[Row] = [
    *COUPLE,
    ["1栋", 1, "101", "九十平", "住宅", "胡海燕", "1/1", "19900000001", "", "", ""],
    ["1栋", 1, "102", 89.5, "住宅", "孙子涵", "1/1", "12345", "", "", ""],
]


def choose(screen: Screen, file: Path) -> None:
    screen.page.set_input_files("#file", str(file))
    screen.page.click("main form button[type=submit]")
    screen.page.wait_for_url("**/dwellings/import/*")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_desk_mends_its_list_and_takes_it_in(
    screen: Callable[..., Screen], world: World, tmp_path: Path, javascript: bool
) -> None:
    bad, good = tmp_path / "有错.xlsx", tmp_path / "名册.xlsx"
    bad.write_bytes(book(BAD))
    good.write_bytes(book(SMALL))
    desk = screen(width=PHONE, javascript=javascript)
    desk.sign_in(world.login("clerk"), PASSWORD)
    desk.go(f"/c/{world.slug}/dwellings")
    desk.expect_good()
    desk.page.click("text=导入名册")
    desk.expect_good()
    choose(desk, bad)
    assert desk.page.inner_text("h1") == "有3处要改，一户也没有导入"
    desk.expect_good()
    desk.page.click("text=重新上传")
    choose(desk, good)
    desk.expect_good()
    desk.page.click("text=确认导入")
    desk.page.wait_for_url("**/dwellings")
    assert "5户" in desk.page.inner_text("main")
    desk.expect_good()


@pytest.mark.parametrize(
    "wishes",
    [
        {"width": 320, "large": True},
        {"width": PHONE, "theme": "dark"},
        {"width": DESK},
        {"width": DESK, "lang": "en", "theme": "dark"},
    ],
)
def test_every_page_of_the_register_is_readable_for_all(
    screen: Callable[..., Screen], world: World, wishes: dict[str, object]
) -> None:
    here = world.community_id
    actions.import_register(the_house(here), here, read(SMALL), "0" * 64, TODAY)
    person = db.session.scalars(select(Person).filter_by(name="高志强")).one()
    actions.link_person(world.actor("clerk"), here, person.id, world.accounts["clerk"])
    upload = actions.keep_upload(world.actor("clerk"), here, "名册.xlsx", book(BAD))
    desk = screen(**wishes)
    desk.sign_in(world.login("clerk"), PASSWORD)
    for path in ("dwellings", "dwellings/buildings/1", "dwellings/1-1-102", f"dwellings/import/{upload}", "my-entry"):
        desk.go(f"/c/{world.slug}/{path}")
        desk.expect_good()


def test_an_owner_joins_with_the_code_from_the_desk(screen: Callable[..., Screen], world: World) -> None:
    here = world.community_id
    actions.import_register(the_house(here), here, read(SMALL), "0" * 64, TODAY)
    desk = screen(width=DESK)
    desk.sign_in(world.login("clerk"), PASSWORD)
    desk.go(f"/c/{world.slug}/dwellings/1-1-101")
    desk.page.click("button:has-text('发邀请码') >> nth=0")
    desk.page.wait_for_url("**/invited?*")
    desk.expect_good()
    code = desk.page.inner_text("main .paper strong")
    owner = screen(width=PHONE)
    owner.go("/join")
    for name, value in (("code", code), ("name", "郭晓东"), ("login", "19907000007"), ("password", PASSWORD)):
        owner.page.fill(f"input[name={name}]", value)
    owner.page.click("main form button[type=submit]")
    owner.page.wait_for_load_state()
    owner.go(f"/c/{world.slug}/my-entry")
    assert "1号楼1单元101室" in owner.page.inner_text("main")
    owner.expect_good()
    db.session.rollback()
    linked = db.session.scalars(select(Person).filter_by(name="郭晓东")).one()
    assert linked.account_id is not None
