"""How a ballot is marked, looked at once more and cast."""

from app.core.db import db
from app.core.values import Ref
from app.voting import actions, queries
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.polls import marked, open_approval, open_council, open_owners, seats, speaks_for, units, voter
from tests.world import PASSWORD, World

YES = {"choice": "yes"}


def signed_in(client: PageClient, world: World, role: str, *refs: Ref) -> PageClient:
    speaks_for(world.accounts[role], *refs)
    client.sign_in(world.login(role), PASSWORD)
    return client


def test_a_ballot_is_marked_looked_at_once_more_and_cast(client: PageClient, world: World, clock: Clock) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    reader = signed_in(client, world, "member", *roll[0].voters)
    page = reader.get(f"/c/{world.slug}/polls/1")
    assert page.says("branch席1的选票")
    assert not page.css("main input[type=radio][checked]")
    review = reader.submit(page, "#ballot form", status=200, button="下一步：核对", **YES)
    assert review.says("您选的是： 同意")
    assert review.says("投出以后不能更改")
    assert queries.silent_lines(poll_id) == 4
    receipt = reader.follow(reader.submit(review, "main form.card", button="投出这一票"))
    assert receipt.h1 == "选票已收到"
    assert receipt.one(".seal").text(strip=True) == "收讫"
    assert marked(poll_id, "branch-1") == "yes"
    code = receipt.one(".receipt .code").text(strip=True)
    assert reader.get(f"/c/{world.slug}/receipts/{code.replace(' ', '-')}").says("第1号表决收到一张选票")


def test_whoever_looks_once_more_may_change_their_mind(client: PageClient, world: World, clock: Clock) -> None:
    roll = seats(1)
    open_council(world, roll)
    reader = signed_in(client, world, "member", *roll[0].voters)
    ballot = reader.get(f"/c/{world.slug}/polls/1/ballot")
    review = reader.submit(ballot, "#ballot form", status=200, choice="no")
    again = reader.submit(review, "main form.card", status=200, button="返回修改")
    assert again.one("input[type=radio][checked]").attributes["value"] == "no"


def test_a_ballot_without_a_mark_says_what_to_do_and_nothing_is_cast(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    reader = signed_in(client, world, "member", *roll[0].voters)
    ballot = reader.get(f"/c/{world.slug}/polls/1/ballot")
    for typed in ({}, {"choice": "maybe"}, {"choice": ["yes", "no"]}):
        page = reader.submit(
            ballot, "#ballot form", status=422 if typed.get("choice") != ["yes", "no"] else 200, **typed
        )
        assert page.css(".errors") or page.says("您选的是")
    assert queries.silent_lines(poll_id) == 4


def test_casting_twice_by_a_double_click_is_one_ballot(client: PageClient, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    reader = signed_in(client, world, "owner", *roll[0].voters)
    review = reader.submit(reader.get(f"/c/{world.slug}/polls/1/ballot"), "#ballot form", status=200, **YES)
    first = reader.submit(review, "main form.card", button="投出这一票")
    second = reader.submit(review, "main form.card", button="投出这一票")
    assert first.location == second.location
    assert _ballots(poll_id) == 1


def _ballots(poll_id: int) -> int:
    from app.voting.models import Ballot

    return db.session.query(Ballot).filter_by(poll_id=poll_id).count()


def test_a_vote_that_stands_cannot_be_cast_again_and_the_page_says_so(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    reader = signed_in(client, world, "member", *roll[0].voters)
    review = reader.submit(reader.get(f"/c/{world.slug}/polls/1/ballot"), "#ballot form", status=200, **YES)
    reader.submit(review, "main form.card", button="投出这一票")
    assert reader.get(f"/c/{world.slug}/polls/1/ballot").says("投出的票不能更改")
    refused = reader.post(
        f"/c/{world.slug}/polls/1/ballot", {"key": "branch-1", "choice": "no", "step": "cast"}, status=409
    )
    assert refused.says("投出的票不能更改")
    assert _ballots(poll_id) == 1


def test_an_owner_of_two_units_votes_for_each_and_may_change(client: PageClient, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    reader = signed_in(client, world, "owner", *roll[0].voters, *roll[7].voters)
    page = reader.get(f"/c/{world.slug}/polls/1")
    assert page.says("您还没有投的票")
    review = reader.submit(page, "#ballot form", status=200, **YES)
    receipt = reader.follow(reader.submit(review, "main form.card", button="投出这一票"))
    assert receipt.says("2号楼102")
    page = reader.get(f"/c/{world.slug}/polls/1")
    assert page.says("2号楼102的选票")
    assert page.says("改投")
    change = reader.get(f"/c/{world.slug}/polls/1/ballot?key=1-101")
    review = reader.submit(change, "#ballot form", status=200, choice="abstain")
    clock.forward(minutes=5)
    reader.submit(review, "main form.card", button="投出这一票")
    assert marked(poll_id, "1-101") == "abstain"
    assert _ballots(poll_id) == 2


def test_an_approval_ballot_takes_several_ideas(client: PageClient, world: World, clock: Clock) -> None:
    poll_id = open_approval(world, most=2)
    reader = signed_in(client, world, "resident", Ref("person", 1))
    ballot = reader.get(f"/c/{world.slug}/polls/1/ballot")
    too_many = reader.submit(ballot, "#ballot form", status=422, choice=["1", "2", "3"])
    assert too_many.says("最多选2项。")
    assert len(too_many.css("input[type=checkbox][checked]")) == 3
    review = reader.submit(ballot, "#ballot form", status=200, choice=["3", "1"])
    assert review.says("健身角 儿童滑梯")
    reader.submit(review, "main form.card", button="投出这一票")
    assert marked(poll_id, "r1") == '["1","3"]'


def test_whoever_is_not_on_the_roll_reads_why_there_is_no_ballot(
    client: PageClient, world: World, clock: Clock
) -> None:
    open_council(world)
    client.sign_in(world.login("resident"), PASSWORD)
    assert client.get(f"/c/{world.slug}/polls/1").says("名册里没有您的席位")
    page = client.get(f"/c/{world.slug}/polls/1/ballot")
    assert page.says("名册里没有您的席位")
    assert not page.css("#ballot")
    refused = client.post(
        f"/c/{world.slug}/polls/1/ballot", {"key": "branch-1", "choice": "yes", "step": "cast"}, status=409
    )
    assert refused.says("名册里没有您的席位")
    assert queries.silent_lines(1) == 8


def test_somebody_elses_ballot_is_never_cast(client: PageClient, world: World, clock: Clock) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    reader = signed_in(client, world, "member", *roll[0].voters)
    form = {"key": "owners-1", "choice": "yes", "step": "cast"}
    reader.post(f"/c/{world.slug}/polls/1/ballot", form, status=409)
    assert (marked(poll_id, "owners-1"), marked(poll_id, "branch-1")) == (None, None), "nor one's own by mistake"


def test_a_vote_needs_a_signed_in_voter(client: PageClient, world: World, clock: Clock) -> None:
    open_council(world)
    assert client.get(f"/c/{world.slug}/polls/1/ballot", status=303).location.startswith("/sign-in")


def test_who_has_voted_reads_it_first_and_finds_the_receipt(client: PageClient, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    reader = signed_in(client, world, "owner", *roll[0].voters)
    assert not reader.get(f"/c/{world.slug}/polls/1").says("的票已经收到")
    actions.cast_ballot(voter(roll[0], world), poll_id, roll[0].key, "yes")
    page = reader.get(f"/c/{world.slug}/polls/1")
    assert page.says("1号楼101的票已经收到")
    target = page.one("main a[href^='#h-receipt']").attributes["href"] or ""
    assert page.one(target).text().startswith("您的回执")


def test_a_receipt_is_for_whoever_may_cast_that_ballot(client: PageClient, world: World, clock: Clock) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    code = actions.cast_ballot(voter(roll[0], world), poll_id, "branch-1", "yes").code
    reader = signed_in(client, world, "member", *roll[1].voters)
    assert reader.get(f"/c/{world.slug}/polls/1/receipts/{code}", status=404).says("您名下没有这张回执")
