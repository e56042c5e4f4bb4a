"""People before screens: each signs in as themselves, opens pages, fills in forms, presses buttons, reads."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import openpyxl
from playwright.sync_api import Locator, Page, expect

from app.core.db import db
from app.core.secrets import fingerprint
from app.core.values import Actor, Grant, Ref, the_house
from app.identity.actions import accept_invitation, create_account, invite
from app.register.queries.records import person_ids
from app.register.rules import person_key
from app.wiring.login import actor_of
from tests.books import HEAD, Row
from tests.screens import Screen
from tests.world import PASSWORD, World

PHONES = "199070001{:02d}"
NAMES = ("陈丽", "王强", "赵敏", "孙静", "李军", "周芳", "吴伟", "郑艳", "冯涛", "褚娟", "卫东", "蒋琴", "沈洋", "韩雪")


def register_book(names: Sequence[str] = NAMES) -> bytes:
    """A committee's small spreadsheet: each owner a flat in building 1, the developer an unsold one."""
    rows: list[Row] = [
        ["1栋", 1, f"{number // 2 + 1}0{number % 2 + 1}", 89.5, "住宅", name, "1/1", PHONES.format(number), name, "业主本人", "2019-05-01"]
        for number, name in enumerate(names)
    ]  # fmt: skip
    rows.append(["2栋", 1, "101", 104.16, "商业", "安居置业有限公司（开发商，未售）", "1/1", "", "", "", ""])
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in [HEAD, *rows]:
        sheet.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def settle_in(world: World, number: int) -> Actor:
    """A neighbour of the register uses the code from the desk's letter, and is an owner on the site from now on."""
    name, phone = NAMES[number], PHONES.format(number)
    print_ = fingerprint(f"{world.community_id}|{person_key(name, phone, '')}", "person")
    person = Ref("person", person_ids(world.community_id)[print_])
    account_id = create_account(name, f"neighbour-{number}", PASSWORD)
    code = invite(the_house(world.community_id), world.community_id, ["resident", "owner"], person)
    accept_invitation(Actor(account_id), code)
    acts_as = actor_of(account_id).acts_as
    return Actor(account_id, frozenset(Grant(world.community_id, role) for role in ("resident", "owner")), acts_as)


@dataclass(slots=True)
class Person:
    """One person before one screen."""

    screen: Screen
    base: str

    @property
    def page(self) -> Page:
        """Playwright's page."""
        return self.screen.page

    @property
    def main(self) -> Locator:
        """The page without its header and footer."""
        return self.page.locator("main")

    def go(self, path: str) -> "Person":
        """Open a page of the community."""
        self.screen.go(f"{self.base}/{path}")
        return self

    def fill(self, *, tick: Sequence[str] = (), files: tuple[str, bytes] | None = None, **values: str) -> "Person":
        """Type into fields, choose from lists, by their names; `tick` are boxes and choices as `name=value`."""
        for name, value in values.items():
            box = self.main.locator(f"[name='{name.replace('__', '-')}']")
            if box.evaluate("one => one.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)
        for one in tick:
            name, _, value = one.partition("=")
            wanted = f"input[name='{name}'][value='{value}']"
            self.main.locator("label", has=self.page.locator(wanted)).click()
        if files:
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            self.main.locator("input[type=file]").set_input_files(
                {"name": files[0], "mimeType": kind, "buffer": files[1]}
            )
        return self

    def press(self, word: str) -> "Person":
        """Press the button of these words, and wait for what comes."""
        return self._tap("button", word)

    def follow(self, word: str) -> "Person":
        """Follow the link of these words."""
        return self._tap("link", word)

    def _tap(self, role: Literal["button", "link"], word: str) -> "Person":
        found = self.main.get_by_role(role, name=word, exact=True).first
        if not found.is_visible():
            found = self.main.get_by_role(role).filter(has_text=word).first
        assert found.is_visible(), f"{self.page.url} has no {role} {word}:\n{self.main.inner_text()}"
        in_place = self.screen.javascript and found.evaluate(
            "one => !!(one.form ?? one).closest('[hx-post], [hx-get]')"
        )
        with self.page.expect_response("**") if in_place else self.page.expect_navigation():
            found.click()
        return self

    def reads(self, *sentences: str) -> "Person":
        """These words are there to read; breaks between words do not count."""
        for sentence in sentences:
            expect(self.main).to_contain_text(
                re.compile(r"[\s\u200b]*".join(re.escape(sign) for sign in sentence if sign.strip()))
            )
        return self

    def misses(self, *sentences: str) -> "Person":
        """These words are nowhere on the page."""
        for sentence in sentences:
            assert sentence not in self.page.content(), f"{self.page.url} says {sentence}"
        return self

    def good(self) -> "Person":
        """The page fits its screen."""
        self.screen.expect_no_sideways()
        if self.screen.javascript:
            self.screen.expect_no_small_targets()
        return self


@dataclass(slots=True)
class Town:
    """Everybody of a journey; one screen a person, kept until time has gone on for long."""

    world: World
    open_screen: Callable[..., Screen]
    width: int
    javascript: bool
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, login: str = "") -> Person:
        """Somebody by their sign-in name; without one, a passer-by."""
        if login not in self.people:
            screen = self.open_screen(width=self.width, javascript=self.javascript)
            if login:
                screen.sign_in(login, PASSWORD)
            self.people[login] = Person(screen, f"/c/{self.world.slug}")
        return self.people[login]

    def role(self, name: str) -> Person:
        """The holder of a role."""
        return self.person(self.world.login(name))

    def look_again(self) -> None:
        """What the test itself reads from now on is what the site has written."""
        db.session.rollback()

    def later(self) -> None:
        """Much time has gone by: everybody signs in afresh."""
        for login, person in list(self.people.items()):
            if login:
                person.page.context.clear_cookies(name="sf_session")
                person.screen.sign_in(login, PASSWORD)
