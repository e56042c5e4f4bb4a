"""A party's witness in a real Chromium: the key stays there, the check happens there, and a forked log is refused there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from app.core.db import db, transactional
from app.core.values import ANYONE, Ref
from app.journal import queries
from app.journal.actions import record, seal
from app.journal.events import Digest, WitnessRegistered
from app.journal.models import JournalTile
from app.journal.rules import cosigned_at
from tests.polls import speaks_for
from tests.screens import DESK, PHONE, Screen
from tests.witnesses import Browser
from tests.world import PASSWORD, World


@transactional
def write(community_id: int, many: int) -> None:
    """So many entries go into the record."""
    for number in range(many):
        record(WitnessRegistered(community_id, "branch", Digest(f"{number:064x}")), ANYONE, None)


@transactional
def fork(community_id: int) -> None:
    """Whoever runs the site changes what the first 256 entries of the log were."""
    row = db.session.get_one(JournalTile, (community_id, 1, 0))
    forged = bytes([row.hashes[0] ^ 1]) + row.hashes[1:]
    where = {"community_id": community_id, "level": 1, "index": 0}
    db.session.execute(update(JournalTile).filter_by(**where).values(hashes=forged))


@pytest.fixture
def member(screen: Callable[..., Screen], world: World) -> Page:
    """A member of the owners' party before the witnesses' page."""
    speaks_for(world.accounts["member"], Ref("owners", world.community_id))
    write(world.community_id, 3)
    seal()
    before = screen(width=PHONE)
    before.sign_in(world.login("member"), PASSWORD)
    return before.go(f"/c/{world.slug}/journal/witnesses")


def confirm(page: Page, size: int) -> None:
    """Press the button and wait for the party's side of the table."""
    page.get_by_role("button", name="核对并联署").click()
    expect(page.get_by_text(f"确认到第{size}条")).to_be_visible()


def test_a_party_cosigns_from_its_own_browser_and_refuses_a_log_that_was_forked(member: Page, world: World) -> None:
    here = world.community_id
    expect(member.get_by_text("这一方还没有见证人")).to_be_visible()
    member.get_by_role("button", name="用这台设备做见证").click()
    expect(member.get_by_text("钥匙在这台设备上")).to_be_visible()
    seal()
    size = queries.latest_checkpoint(here).size
    confirm(member, size)
    witness = queries.witnesses(here)["owners"]
    assert cosigned_at(queries.served_checkpoint(here), witness.key) is not None
    for many in (1, 4, 700):
        write(here, many)
        seal()
        size += many
        db.session.rollback()
        confirm(member, size)
    assert queries.witnesses(here)["owners"].size == size
    fork(here)
    write(here, 2)
    seal()
    member.get_by_role("button", name="核对并联署").click()
    expect(member.get_by_text("不能联署：对不上")).to_be_visible()
    expect(member.get_by_text("不是从以前确认过的那一本接着写的")).to_be_visible()
    assert member.get_by_role("button", name="核对并联署").is_hidden()
    member.get_by_role("button", name="写明不能确认").click()
    expect(member.get_by_role("heading", name="不能确认的声明")).to_be_visible()
    db.session.rollback()
    assert queries.witnesses(here)["owners"].size == size


def test_a_device_without_the_key_says_so_and_can_take_over(
    member: Page, screen: Callable[..., Screen], world: World
) -> None:
    Browser(world).register()
    db.session.rollback()
    member.reload()
    expect(member.get_by_text("这一方的钥匙在另一台设备上")).to_be_visible()
    member.get_by_role("button", name="用这台设备做见证").click()
    expect(member.get_by_text("钥匙在这台设备上")).to_be_visible()


def test_without_javascript_the_page_still_says_who_confirmed(screen: Callable[..., Screen], world: World) -> None:
    speaks_for(world.accounts["member"], Ref("owners", world.community_id))
    one = Browser(world, "branch")
    one.register()
    seal()
    size = one.cosign()
    before = screen(width=PHONE, javascript=False)
    before.sign_in(world.login("member"), PASSWORD)
    page = before.go(f"/c/{world.slug}/journal/witnesses")
    expect(page.get_by_text("需要打开JavaScript")).to_be_visible()
    expect(page.get_by_text(f"确认到第{size}条")).to_be_visible()


@pytest.mark.parametrize(
    ("width", "large", "theme"), [(320, True, "dark"), (PHONE, False, "light"), (DESK, False, "dark")]
)
def test_witnesses_poster_and_book_are_readable_for_all(
    screen: Callable[..., Screen], world: World, width: int, large: bool, theme: str
) -> None:
    one = Browser(world, "branch")
    one.register()
    seal()
    one.cosign()
    before = screen(width=width, large=large, theme=theme)
    for path in ("journal/witnesses", "journal/poster"):
        before.go(f"/c/{world.slug}/{path}")
        before.expect_good()
