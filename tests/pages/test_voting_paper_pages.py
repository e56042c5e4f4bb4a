"""Ballot papers on screen: voting by code without an account, printing with progress, replacing a lost sheet."""

from collections.abc import Callable

import pytest

from app.core import clock as house_clock
from app.voting import actions, queries
from app.voting.queries import papers
from app.voting.routes.papers import print_papers
from app.voting.rules.papers import PER_OWNER, PER_UNIT
from tests.conftest import Clock
from tests.page_client import Page, PageClient
from tests.polls import open_owners, units
from tests.stories import story
from tests.world import PASSWORD, World

NewClient = Callable[[], PageClient]


@story()
def poll_id(world: World, clock: Clock) -> int:
    """A vote of twelve owners, with papers."""
    clock.set(house_clock.tick())
    found = open_owners(world, units(2, 6))
    while actions.issue_papers(world.actor("secretary"), found, PER_UNIT):
        pass
    return found


def address(world: World, poll_id: int, more: str = "") -> str:
    return f"/c/{world.slug}/polls/{queries.get_poll(poll_id).number}{more}"


CODE_FORM = "main form.card"
PRINT_FORM = "section[aria-labelledby=h-print] form"
REPLACE_FORM = "section[aria-labelledby=h-lost] form"


def enter(client: PageClient, world: World, poll_id: int, code: str) -> Page:
    """Type a valid code; the answer is the ballot behind it."""
    return client.follow(client.submit(client.get(address(world, poll_id, "/code")), CODE_FORM, code=code))


def fail(client: PageClient, world: World, poll_id: int, code: str, status: int = 422) -> Page:
    """Type a code that opens nothing; the answer is the form again."""
    return client.submit(client.get(address(world, poll_id, "/code")), CODE_FORM, code=code, status=status)


def vote(client: PageClient, ballot: Page, choice: str) -> Page:
    """Mark, look once more, cast; the answer is the receipt."""
    review = client.submit(ballot, "#ballot form", choice=choice, button="下一步：核对", status=200)
    return client.follow(client.submit(review, CODE_FORM, button="投出这一票"))


def closed(client: PageClient, world: World, poll_id: int) -> bool:
    """Whether the ballot is shut and the code is asked for."""
    return client.get(address(world, poll_id, "/code/ballot"), status=303).location.endswith("/code")


def test_a_code_leads_to_the_ballot_and_the_ballot_to_a_receipt_without_an_account(
    client: PageClient, world: World, poll_id: int
) -> None:
    sheet = papers.sheets_of(poll_id)[0]
    ballot = enter(client, world, poll_id, sheet.code.lower().replace("-", " "))
    assert sheet.lines[0].label in ballot.text
    receipt = vote(client, ballot, "yes")
    assert receipt.h1 == "选票已收到"
    assert queries.turnout(queries.get_poll(poll_id)).heads.participating == 1
    client.submit(receipt, "main form[action$=leave]")
    assert closed(client, world, poll_id)


def test_the_vote_may_be_changed_with_the_same_code_until_the_end(
    client: PageClient, world: World, poll_id: int
) -> None:
    sheet = papers.sheets_of(poll_id)[0]
    for choice in ("yes", "no"):
        vote(client, enter(client, world, poll_id, sheet.code), choice)
    assert queries.turnout(queries.get_poll(poll_id)).heads.participating == 1


@pytest.mark.parametrize(
    "typed", ["AAAA-BBBB-CCCC", "1", "７Ｋ４Ｍ", "x" * 500, "'; drop table ballot; --", "\x00\u202e"]
)
def test_a_wrong_code_is_told_beside_its_field_and_nothing_opens(
    client: PageClient, world: World, poll_id: int, typed: str
) -> None:
    assert fail(client, world, poll_id, typed).one(".form-error").text()
    assert closed(client, world, poll_id)


def test_a_void_sheet_says_that_another_took_its_place(client: PageClient, world: World, poll_id: int) -> None:
    sheet = papers.sheets_of(poll_id)[0]
    actions.reissue_paper(world.actor("secretary"), poll_id, sheet.lines[0].key)
    assert "作废" in fail(client, world, poll_id, sheet.code).one(".form-error").text()


def test_a_sheet_that_becomes_void_while_somebody_votes_casts_nothing_more(
    client: PageClient, world: World, poll_id: int
) -> None:
    sheet = papers.sheets_of(poll_id)[0]
    ballot = enter(client, world, poll_id, sheet.code)
    review = client.submit(ballot, "#ballot form", choice="yes", button="下一步：核对", status=200)
    actions.reissue_paper(world.actor("secretary"), poll_id, sheet.lines[0].key)
    asked = client.follow(client.submit(review, CODE_FORM, button="投出这一票"))
    assert asked.h1 == "凭选票码投票"
    assert asked.says("刚才选的没有投出")
    assert queries.turnout(queries.get_poll(poll_id)).heads.participating == 0


def test_guessing_codes_is_stopped_and_a_stall_where_many_vote_is_not(
    new_client: NewClient, world: World, poll_id: int
) -> None:
    for sheet in papers.sheets_of(poll_id) * 2:
        enter(new_client(), world, poll_id, sheet.code)
    guesser = new_client()
    for number in range(20):
        fail(guesser, world, poll_id, f"AAAA-BBBB-{number:04d}")
    fail(guesser, world, poll_id, "AAAA-BBBB-CCCC", status=429)


def test_the_codes_page_of_another_poll_or_community_opens_no_ballot(
    client: PageClient, world: World, poll_id: int
) -> None:
    other = open_owners(world, units(1, 2), matter=4)
    code = papers.sheets_of(poll_id)[0].code
    fail(client, world, other, code)
    enter(client, world, poll_id, code)
    assert closed(client, world, other)


def test_after_half_an_hour_the_code_is_asked_for_again(
    client: PageClient, world: World, poll_id: int, clock: Clock
) -> None:
    enter(client, world, poll_id, papers.sheets_of(poll_id)[0].code)
    client.get(address(world, poll_id, "/code/ballot"))
    clock.forward(minutes=31)
    assert closed(client, world, poll_id)


def test_before_and_after_the_window_no_code_is_asked_for(
    client: PageClient, world: World, poll_id: int, clock: Clock
) -> None:
    clock.forward(days=11)
    assert client.get(address(world, poll_id, "/code")).says("投票已在")


def test_no_page_of_a_sheet_is_ever_kept_for_the_next_reader(new_client: NewClient, world: World, poll_id: int) -> None:
    first, second = papers.sheets_of(poll_id)[:2]
    one, other = new_client(), new_client()
    enter(one, world, poll_id, first.code)
    enter(other, world, poll_id, second.code)
    path = address(world, poll_id, "/code/ballot")
    assert first.lines[0].label in one.get(path).text
    assert second.lines[0].label in other.get(path).text
    assert closed(new_client(), world, poll_id)


def test_the_secretary_prints_all_papers_and_sees_how_far_it_is(client: PageClient, world: World, poll_id: int) -> None:
    client.sign_in(world.login("secretary"), PASSWORD)
    asked = client.submit(client.get(address(world, poll_id, "/papers")), PRINT_FORM, building="", per=PER_UNIT)
    print_id = papers.prints(poll_id)[0].id
    assert asked.location.endswith(f"/papers/{print_id}")
    assert client.follow(asked).css("progress")
    print_papers(print_id)
    assert client.get(asked.location).says("做好了12张")
    answer = client.get(address(world, poll_id, f"/papers/{print_id}.pdf")).response
    assert answer.data.startswith(b"%PDF-1.7")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_lost_sheet_is_replaced_by_the_name_of_its_dwelling_and_printed_alone(
    client: PageClient, world: World, poll_id: int
) -> None:
    client.sign_in(world.login("secretary"), PASSWORD)
    page = client.get(address(world, poll_id, "/papers"))
    assert client.follow(client.submit(page, REPLACE_FORM, line="1号楼101")).says("旧选票纸已作废")
    answer = client.get(address(world, poll_id, "/papers/one.pdf?line=1-101")).response
    assert answer.data.startswith(b"%PDF-1.7")
    page = client.get(address(world, poll_id, "/papers"))
    assert client.submit(page, REPLACE_FORM, line="99号楼1", status=409).says("名册里没有“99号楼1”")


@pytest.mark.parametrize("role", ["owner", "member", "clerk", "resident", "auditor", "supplier"])
def test_nobody_else_sees_codes(client: PageClient, world: World, poll_id: int, role: str) -> None:
    print_id = actions.begin_print(world.actor("secretary"), poll_id, PER_OWNER)
    print_papers(print_id)
    client.sign_in(world.login(role), PASSWORD)
    for more in ("/papers", f"/papers/{print_id}", f"/papers/{print_id}.pdf", "/papers/one.pdf?line=1-101"):
        client.get(address(world, poll_id, more), status=403)
