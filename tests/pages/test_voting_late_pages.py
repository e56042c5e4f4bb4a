"""A form of a vote that is sent when its time is over: a clear sentence, what was typed or marked, and nothing done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from app.core.values import Entry
from app.voting import actions, queries
from app.voting.queries import papers
from app.voting.rules.papers import PER_UNIT
from tests.conftest import Clock
from tests.desks import FIRST, read, received
from tests.page_client import Page, PageClient
from tests.polls import after_close, open_council, open_owners, seats, speaks_for, units
from tests.world import PASSWORD, World
from tests.wrong import rows

POLL = "/c/wutongli/polls/1"
DESK = f"{POLL}/desk"


@dataclass(slots=True)
class Hall:
    """A vote of the owners, with something of everything at its desk."""

    world: World
    clock: Clock
    poll_id: int
    roll: tuple[Entry, ...]
    mandate: int = 0

    def end(self) -> None:
        """The window closes and the outcome is declared."""
        for number in (1, 2):
            self.settle(number)
        after_close(queries.get_poll(self.poll_id).closes_at, self.clock)
        actions.declare_due()

    def settle(self, number: int) -> None:
        """What two read differently is settled by a third."""
        actions.settle_intake(self.world.actor("convener"), self.poll_id, number, "yes", "看得清是同意")

    def annul(self) -> None:
        """The vote has no effect any more."""
        actions.annul_poll(self.world.actor("convener"), self.poll_id, "两栋楼没有送达，程序不合规定。")

    def void(self) -> None:
        """The first arrival was a mistake."""
        actions.void_intake(self.world.actor("secretary"), self.poll_id, 1, "收重了")

    def revoke(self) -> None:
        """The mandate is taken back at the desk."""
        actions.revoke_mandate(self.world.actor("clerk"), self.poll_id, self.mandate, "业主来说的")


@pytest.fixture
def hall(world: World, clock: Clock) -> Hall:
    """Two ballots that were read differently, and one mandate."""
    roll = units()
    poll_id = open_owners(world, roll)
    speaks_for(world.accounts["owner"], *roll[0].voters)
    for entry in roll[:2]:
        read(world, poll_id, received(world, poll_id, entry), "yes", "no")
    mandate = actions.register_mandate(world.actor(FIRST), poll_id, roll[0].key, "何受托", "")
    return Hall(world, clock, poll_id, roll, mandate)


@dataclass(frozen=True, slots=True)
class Late:
    """One form: who opens it where, what is typed, what happens meanwhile, and what the page then says."""

    who: str
    path: str
    form: str
    typed: dict[str, Any]
    meanwhile: Callable[[Hall], None]
    said: str
    kept: tuple[str, ...]


FORMS = {
    "mark": Late("owner", "ballot", "#ballot form", {"choice": "yes"}, Hall.end, "投票已经截止", ("同意",)),
    "mark, annulled": Late("owner", "ballot", "#ballot form", {"choice": "no"}, Hall.annul, "已经撤销", ("不同意",)),
    "receive": Late("clerk", "desk/receive", "main form.card", {"typed": "1-103"}, Hall.end, "迟到的票不能算", ("1-103",)),
    "receive, annulled": Late(
        "clerk", "desk/receive", "main form.card", {"typed": "1-104"}, Hall.annul, "已经撤销", ("1-104",)
    ),
    "mandate": Late(
        "clerk", "desk/mandates", "main form.card", {"typed": "1-103", "name": "何二", "phone": "13800000901"},
        Hall.end, "不能再登记委托", ("1-103", "何二"),
    ),
    "settle": Late(
        "convener", "desk/intakes/1", "form[action$=settle]", {"marks": "2", "reason": "看清了"},
        lambda hall: hall.settle(1), "已经录入完", ("看清了",),
    ),
    "void": Late("clerk", "desk/intakes/1", "form[action$=void]", {"reason": "收错"}, Hall.void, "已经作废", ("收错",)),
    "revoke at the desk": Late(
        "clerk", "desk/mandates/1", "form[action$=revoke]", {"reason": "不用了"}, Hall.revoke, "已经撤销", ("不用了",)
    ),
    "annul": Late("convener", "annul", "main form.card", {"reason": "程序不对"}, Hall.annul, "已经撤销", ("程序不对",)),
    "papers": Late("secretary", "papers", "#h-print ~ div form", {"per": "owner"}, Hall.end, "截止", ("一位业主一张",)),
    "a lost paper": Late("secretary", "papers", "#h-lost ~ div form", {"line": "1-101"}, Hall.end, "截止", ("1-101",)),
}  # fmt: skip


@pytest.mark.parametrize("late", FORMS.values(), ids=FORMS.keys())
def test_a_form_that_comes_late_is_answered_shown_again_and_changes_nothing(
    hall: Hall, client: PageClient, late: Late
) -> None:
    client.sign_in(hall.world.login(late.who), PASSWORD)
    form = client.get(f"{POLL}/{late.path}")
    late.meanwhile(hall)
    client.sign_in(hall.world.login(late.who), PASSWORD)
    before = rows()
    page = client.submit(form, late.form, status=409, **late.typed)
    assert page.says(late.said), page.text
    assert all(page.says(words) or still_typed(page, words) for words in late.kept), page.text
    if not still_typed(page, late.kept[0]):
        assert page.says("您刚才写的，没有收下") or page.says("您刚才选的，没有投出")
    assert page.css(".crumbs a"), "there is a way back"
    assert rows() == before


def still_typed(page: Page, words: str) -> bool:
    """Whether a field still holds these words: late ballots may be put on record as refused."""
    return any(node.attributes.get("value") == words for node in page.css("input"))


def test_a_ballot_that_was_looked_at_once_more_when_the_vote_closed_is_not_cast_and_says_what_was_chosen(
    hall: Hall, client: PageClient
) -> None:
    client.sign_in(hall.world.login("owner"), PASSWORD)
    review = client.submit(client.get(f"{POLL}/ballot"), "#ballot form", status=200, choice="no")
    hall.end()
    client.sign_in(hall.world.login("owner"), PASSWORD)
    before = rows()
    page = client.submit(review, "main form.card", button="投出这一票", status=409)
    assert page.says("投票已经截止")
    assert page.says("您刚才选的，没有投出 不同意")
    assert rows() == before


def test_a_member_who_votes_after_the_chair_has_closed_is_told_so(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    speaks_for(world.accounts["member"], *roll[0].voters)
    client.sign_in(world.login("member"), PASSWORD)
    review = client.submit(client.get(f"{POLL}/ballot"), "#ballot form", status=200, choice="yes")
    actions.close_poll(world.actor("convener"), poll_id)
    clock.forward(seconds=40)
    actions.declare_due()
    before = rows()
    page = client.submit(review, "main form.card", button="投出这一票", status=409)
    assert page.says("您刚才选的，没有投出 同意")
    assert client.post(f"{POLL}/ballot", {}, status=409).says("截止")
    assert rows() == before


def test_what_was_read_on_one_ballot_never_stands_ready_for_the_next(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    numbers = [received(world, poll_id, entry) for entry in roll[:2]]
    client.sign_in(world.login("clerk"), PASSWORD)
    form = client.get(f"{DESK}/type")
    assert form.says("第1号，1号楼101")
    actions.void_intake(world.actor("secretary"), poll_id, numbers[0], "收重了")
    before = rows()
    page = client.submit(form, "main form.card", marks="2", status=409)
    assert page.says("您刚才给第1号录的是“2”，没有收下")
    assert page.says("第2号，1号楼102")
    assert page.one("[name=marks]").attributes.get("value", "") in ("", None)
    assert rows() == before


def test_typing_after_the_outcome_was_declared_says_so(hall: Hall, client: PageClient) -> None:
    number = received(hall.world, hall.poll_id, hall.roll[2])
    client.sign_in(hall.world.login("clerk"), PASSWORD)
    form = client.get(f"{DESK}/type")
    actions.void_intake(hall.world.actor("secretary"), hall.poll_id, number, "收重了")
    hall.end()
    client.sign_in(hall.world.login("clerk"), PASSWORD)
    before = rows()
    page = client.submit(form, "main form.card", marks="1", status=409)
    assert page.says("结果已经公布，不能再录入")
    assert page.says("录的是“1”，没有收下")
    assert rows() == before


def test_an_owner_who_takes_a_mandate_back_too_late_is_told_so(hall: Hall, client: PageClient) -> None:
    client.sign_in(hall.world.login("owner"), PASSWORD)
    form = client.get(f"{POLL}/mandates/{hall.mandate}/revoke")
    hall.revoke()
    before = rows()
    assert client.submit(form, "main form.card", status=409).says("这份委托已经撤销")
    assert rows() == before


def coded(hall: Hall) -> str:
    """The code of a printed sheet."""
    while actions.issue_papers(hall.world.actor("secretary"), hall.poll_id, PER_UNIT):
        pass
    return papers.sheets_of(hall.poll_id)[-1].code


def test_a_code_that_is_typed_after_the_close_opens_nothing_and_says_when_it_closed(
    hall: Hall, client: PageClient
) -> None:
    code, form = coded(hall), client.get(f"{POLL}/code")
    hall.end()
    before = rows()
    page = client.submit(form, "main form.card", status=409, code=code)
    assert page.says("投票已经截止，结果已经公布")
    assert client.get(f"{POLL}/code").says("投票已经截止，结果已经公布")
    assert rows() == before


def test_a_ballot_opened_by_a_code_says_after_half_an_hour_that_nothing_was_cast(
    hall: Hall, client: PageClient
) -> None:
    ballot: Page = client.follow(client.submit(client.get(f"{POLL}/code"), "main form.card", code=coded(hall)))
    hall.clock.forward(minutes=31)
    before = rows()
    asked = client.follow(client.submit(ballot, "#ballot form", choice="yes", button="下一步：核对"))
    assert asked.says("刚才选的没有投出，请再输入一次选票码")
    assert rows() == before
    assert queries.get_poll(hall.poll_id).state == "open"
