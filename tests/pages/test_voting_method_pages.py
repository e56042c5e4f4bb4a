"""Ballots of points, rankings and budgets, and what a reader sees once they are counted."""

from typing import Any

import pytest

from app.core.values import Entry, Ref
from app.voting import actions, queries
from app.voting.rules import Budget, Marks
from tests.conftest import Clock
from tests.page_client import Page, PageClient
from tests.polls import marked, open_method, speaks_for, voter
from tests.world import PASSWORD, World

BUDGET = Budget(100_000_00)


def voting(
    client: PageClient, world: World, method: str, budget: Budget | None = None, **terms: Any
) -> tuple[int, Page]:
    """A resident before the ballot of an open poll."""
    poll_id = open_method(world, method, budget=budget, **terms)
    speaks_for(world.accounts["resident"], Ref("person", 1))
    client.sign_in(world.login("resident"), PASSWORD)
    return poll_id, client.get(f"/c/{world.slug}/polls/1/ballot")


def counted(world: World, clock: Clock, method: str, ballots: list[Marks], budget: Budget | None = None) -> int:
    """A poll that is over."""
    poll_id = open_method(world, method, many=len(ballots), budget=budget)
    for number, marks in enumerate(ballots, 1):
        entry = Entry(f"r{number}", "", voters=(Ref("person", number),))
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, marks)
    clock.forward(days=11)
    assert actions.declare_due() == 1
    return poll_id


def test_points_are_given_looked_at_and_cast(client: PageClient, world: World, clock: Clock) -> None:
    poll_id, ballot = voting(client, world, "score")
    assert len(ballot.css("fieldset.scale")) == 3
    assert len(ballot.css("fieldset.scale input[type=radio]")) == 18
    assert not ballot.css("input[type=radio][checked]")
    review = client.submit(ballot, "#ballot form", status=200, **{"mark-1": "5", "mark-3": "0"})
    assert review.says("健身角：5分 充电棚：没打分，算0分 儿童滑梯：0分")
    again = client.submit(review, "main form.card", status=200, button="返回修改")
    assert [node.attributes["value"] for node in again.css("input[type=radio][checked]")] == ["5", "0"]
    review = client.submit(again, "#ballot form", status=200)
    client.submit(review, "main form.card", button="投出这一票")
    assert marked(poll_id, "r1") == '{"1":5,"3":0}'


def test_a_ranking_is_numbered_looked_at_and_cast(client: PageClient, world: World, clock: Clock) -> None:
    poll_id, ballot = voting(client, world, "irv")
    assert len(ballot.css(".places select")) == 3
    review = client.submit(ballot, "#ballot form", status=200, **{"mark-1": "2", "mark-3": "1"})
    assert review.says("第1：儿童滑梯 第2：健身角")
    client.submit(review, "main form.card", button="投出这一票")
    assert marked(poll_id, "r1") == '["3","1"]'


def test_numbers_may_leave_gaps_and_only_their_order_counts(client: PageClient, world: World, clock: Clock) -> None:
    poll_id, ballot = voting(client, world, "schulze")
    review = client.submit(ballot, "#ballot form", status=200, **{"mark-2": "3", "mark-1": "2"})
    client.submit(review, "main form.card", button="投出这一票")
    assert marked(poll_id, "r1") == '["1","2"]'


@pytest.mark.parametrize(
    ("method", "typed", "said"),
    [
        ("score", {}, "您还没有打分"),
        ("score", {"mark-1": "6"}, ""),
        ("irv", {}, "您还没有选择"),
        ("irv", {"mark-1": "1", "mark-2": "1"}, "“健身角”和“充电棚”都填了1"),
        ("irv", {"mark-1": "9"}, ""),
    ],
)
def test_a_ballot_that_cannot_be_counted_says_why_and_keeps_what_was_marked(
    client: PageClient, world: World, clock: Clock, method: str, typed: dict[str, str], said: str
) -> None:
    poll_id, ballot = voting(client, world, method)
    page = client.submit(ballot, "#ballot form", status=422, **typed)
    assert page.css(".errors a[href^='#mark-1']")
    assert page.says(said)
    assert len(page.css("input[checked], option[selected]:not([value='0'])")) == len(
        [value for value in typed.values() if value not in ("6", "9")]
    )
    assert queries.silent_lines(poll_id) == 5


def test_projects_show_what_they_cost_and_the_sum_before_casting_for_information_only(
    client: PageClient, world: World, clock: Clock
) -> None:
    poll_id, ballot = voting(client, world, "budget", BUDGET)
    assert ballot.says("一共可用100,000元")
    assert [node.attributes["data-cost"] for node in ballot.css("[data-cost]")] == ["5000000", "6000000", "3000000"]
    assert ballot.one(".running").attributes.get("hidden", "") is None
    review = client.submit(ballot, "#ballot form", status=200, choice=["1", "2"])
    assert review.says("合计110,000元；一共可用100,000元。超过也可以投")
    client.submit(review, "main form.card", button="投出这一票")
    assert marked(poll_id, "r1") == '["1","2"]'


def test_both_ways_of_spending_stand_side_by_side_with_what_differs_and_why(
    client: PageClient, world: World, clock: Clock
) -> None:
    ballots: list[Marks] = [*([["1", "2"]] * 5), *([["3"]] * 3), ["2"]]
    counted(world, clock, "budget", ballots, Budget(100_000_00))
    page = client.get(f"/c/{world.slug}/polls/1")
    ways = [node.text(separator=" ", strip=True) for node in page.css(".pair .card")]
    assert len(ways) == 2
    assert "充电棚 60,000元" in ways[0]
    assert "用90,000元，剩10,000元" in ways[0]
    assert page.says("哪里不同，为什么")
    assert [row.css_first("th").text() for row in page.css("table tbody tr")][:1] == ["充电棚60,000元"]


def test_before_the_close_nothing_is_told_of_any_method(client: PageClient, world: World, clock: Clock) -> None:
    voting(client, world, "budget", BUDGET)
    page = client.get(f"/c/{world.slug}/polls/1")
    assert not page.css("#method, .pair")
    assert page.says("现在谁也看不到")


def test_rounds_are_told_one_by_one(client: PageClient, world: World, clock: Clock) -> None:
    counted(world, clock, "irv", [["1"], ["1"], ["1"], ["1"], ["2", "1"], ["2"], ["2"], ["3", "2"], ["3", "2"]])
    page = client.get(f"/c/{world.slug}/polls/1")
    captions = [node.text() for node in page.css(".table-round caption")]
    assert captions == ["第1轮，还有9张票", "第2轮，还有9张票"]
    rows = [node.text(separator=" ", strip=True).split() for node in page.css(".table-round tbody tr")]
    assert rows[2:] == [["儿童滑梯", "淘汰", "2"], ["充电棚", "超过一半", "5"], ["健身角", "4"]]
    assert page.says("排在第一：充电棚")


def test_pairs_are_told_in_a_table_in_the_order_of_places(client: PageClient, world: World, clock: Clock) -> None:
    counted(world, clock, "schulze", [["1", "2", "3"], ["1", "3"], ["2", "1"]])
    page = client.get(f"/c/{world.slug}/polls/1")
    rows = [node.text(separator=" ", strip=True).split() for node in page.css(".table-pairs tbody tr")]
    assert rows[0] == ["1", "健身角", "第一", "–", "2", "3"]
    assert page.says("“健身角”赢了所有别的选项。")


def test_points_are_told_with_their_mean(client: PageClient, world: World, clock: Clock) -> None:
    counted(world, clock, "score", [{"1": 5, "2": 1}, {"1": 4, "2": 2}, {"2": 1}])
    page = client.get(f"/c/{world.slug}/polls/1")
    rows = [node.text(separator=" ", strip=True).split() for node in page.css("#method tbody tr")]
    assert rows == [["健身角", "总分最高", "9", "4.50"], ["充电棚", "4", "1.33"], ["儿童滑梯", "0", "–"]]


def test_a_tie_says_that_it_waits_for_a_lot_and_then_how_it_fell(
    client: PageClient, world: World, clock: Clock
) -> None:
    poll_id = counted(world, clock, "score", [{"1": 5}, {"2": 5}])
    waiting = client.get(f"/c/{world.slug}/polls/1")
    assert waiting.says("并列：健身角、充电棚")
    assert waiting.says("等公开账本的下一个联署检查点")
    assert not waiting.says("排在第一")
    order = actions.draw_lot(poll_id, bytes(range(32)))
    drawn = client.get(f"/c/{world.slug}/polls/1")
    assert drawn.says("先后由抽签决定")
    assert drawn.says(bytes(range(32)).hex())
    first = {"1": "健身角", "2": "充电棚"}[next(key for key in order if key != "3")]
    assert drawn.says(f"排在第一：{first}")


@pytest.mark.parametrize("method", ["score", "irv", "schulze", "budget"])
def test_every_method_is_read_in_english(client: PageClient, world: World, clock: Clock, method: str) -> None:
    marks: Marks = {"1": 5} if method == "score" else ["1"]
    counted(world, clock, method, [marks, marks], BUDGET if method == "budget" else None)
    page = client.get(f"/c/{world.slug}/polls/1?lang=en")
    assert page.css("#method")


@pytest.mark.parametrize(
    ("method", "ballots", "said"),
    [
        ("budget", [["1"], ["1", "3"]], "用80,000元，剩20,000元"),
        ("score", [{"1": 5}, {"2": 3}], "健身角：5"),
        ("irv", [["1"], ["1", "3"]], "先后名次"),
        ("schulze", [["1"], ["1", "3"]], "先后名次"),
    ],
)
def test_the_paper_for_the_notice_board_tells_the_result_of_every_method(
    client: PageClient, world: World, clock: Clock, method: str, ballots: list[Marks], said: str
) -> None:
    counted(world, clock, method, ballots, BUDGET if method == "budget" else None)
    assert client.get(f"/c/{world.slug}/polls/1/result").says(said)
