"""From a purchase to its OCDS releases: one an event, nothing before its time, amounts exact."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from app.opendata.rules import Json, Party, compiled, record, releases
from app.opendata.rules.objects import pruned, score, value
from tests.purchases import BIDS, LATER, ZONE, at, bid, failed, purchase

SECOND = timedelta(seconds=1)


def last(now: datetime, **changes: Any) -> Json:
    """The last release of the story by a moment."""
    return releases(purchase(**changes), now)[-1]


def state(now: datetime, **changes: Any) -> tuple[str, str]:
    """Where the tender stands by a moment."""
    tender = compiled(releases(purchase(**changes), now))["tender"]
    return tender["status"], tender["statusDetails"]


def names(told: list[Json]) -> list[str]:
    return [release["id"].removeprefix(f"{release['ocid']}-") for release in told]


def test_each_event_is_one_release_in_the_order_of_time() -> None:
    told = releases(purchase(), LATER)
    assert names(told) == [
        "planning", "tender", "answer-1", "answer-2", "sealed", "opened", "evaluating", "award", "award-firm", "contract",
        "milestone-1", "milestone-2", "completed",
    ]  # fmt: skip
    assert [release["date"] for release in told] == sorted(release["date"] for release in told)
    assert [release["tag"] for release in told] == [
        ["planning"], ["tender"], ["tenderUpdate"], ["tenderAmendment"], ["tenderUpdate"], ["tenderUpdate"], ["tenderUpdate"],
        ["award"], ["awardUpdate"], ["contract"], ["implementation"], ["implementation"], ["contractTermination"],
    ]  # fmt: skip
    assert {release["language"] for release in told} == {"zh"}


def test_nothing_is_told_before_its_moment_and_all_at_it() -> None:
    assert names(releases(purchase(), at(3, 2) - SECOND)) == ["planning"]
    assert names(releases(purchase(), at(3, 2)))[-1] == "tender"
    assert releases(purchase(mandate=None), at(3, 2) - SECOND) == []


def test_before_the_deadline_there_is_no_bid_and_no_number_of_bids() -> None:
    """Even where the values are there: bids were in from 21 March, the moved deadline is 31 March at ten."""
    for release in releases(purchase(), at(3, 31) - SECOND):
        assert "bids" not in release
        assert not {"numberOfTenderers", "tenderers"} & set(release.get("tender", ()))
        assert {one["id"] for one in release["parties"]} <= {"wutongli", "wutongli-1-agency"}
        assert "AAAA" not in str(release)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(3, 2), ("active", "bidding")),
        (at(3, 31) - SECOND, ("active", "bidding")),
        (at(3, 31, 14) - SECOND, ("active", "opened")),
        (at(3, 31, 14), ("active", "evaluating")),
        (at(4, 8) - SECOND, ("active", "evaluating")),
        (at(4, 8), ("complete", "awarded")),
    ],
)
def test_what_ocds_has_no_word_for_stands_in_the_details(now: datetime, expected: tuple[str, str]) -> None:
    assert state(now) == expected


def test_between_deadline_and_opening_a_tender_is_sealed() -> None:
    assert state(at(3, 31), opened_at=at(3, 31) + SECOND) == ("active", "sealed")
    assert state(at(3, 31) + SECOND, opened_at=at(3, 31) + SECOND) == ("active", "opened")


def test_an_award_is_pending_until_the_last_day_for_challenges_is_over() -> None:
    """The last day is 20 April; the award is firm with the first moment of the 21st."""
    midnight = datetime(2026, 4, 21, tzinfo=ZONE)
    assert compiled(releases(purchase(), midnight - SECOND))["awards"][0]["status"] == "pending"
    assert compiled(releases(purchase(), midnight))["awards"][0]["status"] == "active"
    challenge = compiled(releases(purchase(), midnight))["awards"][0]["challengePeriod"]
    assert challenge["endDate"] == "2026-04-20T23:59:59+08:00"


def test_milestones_stand_under_the_implementation_of_their_contract() -> None:
    signed = last(at(4, 23))["contracts"][0]
    assert [step["status"] for step in signed["implementation"]["milestones"]] == ["scheduled", "scheduled"]
    done = compiled(releases(purchase(), at(10, 8)))["contracts"][0]
    first, second = done["implementation"]["milestones"]
    assert (first["status"], first["dateMet"], first["description"]) == (
        "met", "2026-10-08T10:00:00+08:00", "63位老人都满意。",
    )  # fmt: skip
    assert (second["status"], second.get("dateMet"), done["status"]) == ("scheduled", None, "active")
    assert compiled(releases(purchase(), LATER))["contracts"][0]["status"] == "terminated"


def test_the_notice_keeps_its_deadline_and_the_answer_that_moved_it_amends_it() -> None:
    found = releases(purchase(), LATER)
    told = dict(zip(names(found), found, strict=True))
    assert told["tender"]["tender"]["tenderPeriod"]["endDate"] == "2026-03-30T10:00:00+08:00"
    moved = told["answer-2"]["tender"]
    assert moved["tenderPeriod"]["endDate"] == "2026-03-31T10:00:00+08:00"
    assert moved["amendments"][0]["amendsReleaseID"] == told["tender"]["id"]
    assert moved["amendments"][0]["releaseID"] == told["answer-2"]["id"]
    assert "tenderPeriod" not in told["answer-1"]["tender"]


def test_an_unanswered_question_is_not_told_and_nobody_who_asked() -> None:
    found = compiled(releases(purchase(), LATER))["tender"]
    assert [one["question"] for one in found["clarifications"]] == ["送到床前吗？", "周末送吗？"]
    assert found["hasEnquiries"]


def test_scores_and_ranks_come_with_the_result_and_not_with_the_opening() -> None:
    opened = next(one for one in releases(purchase(), LATER) if one["id"].endswith("opened"))
    assert [one["status"] for one in opened["bids"]["details"]] == ["pending"] * 3
    assert "rank" not in str(opened)
    result = compiled(releases(purchase(), LATER))["bids"]
    assert [(one["status"], one.get("rank"), one.get("score")) for one in result["details"]] == [
        ("valid", 1, Decimal("94.33")), ("valid", 2, Decimal("88.00")), ("disqualified", None, None),
    ]  # fmt: skip
    assert result["details"][0]["scoreExact"] == "283/3"
    assert {one["measure"]: one["value"] for one in result["statistics"]} == {
        "bids": 3, "validBids": 2, "disqualifiedBidders": 1,
    }  # fmt: skip


def test_the_roles_of_the_parties_are_told() -> None:
    roles = {one["id"]: one["roles"] for one in compiled(releases(purchase(), LATER))["parties"]}
    assert roles == {
        "wutongli": ["buyer"],
        "wutongli-1-agency": ["procuringEntity"],
        "CN-USCC-52310115MJ50123457": ["tenderer", "supplier"],
        "CN-USCC-52440300MJL1234565": ["tenderer"],
        "CN-USCC-91310115MA1K3ABCDM": ["tenderer"],
    }
    alone = compiled(releases(purchase(agency=None), LATER))
    assert alone["parties"][0]["roles"] == ["buyer", "procuringEntity"]
    assert alone["tender"]["procuringEntity"] == {"id": "wutongli", "name": "梧桐里社区居民委员会"}


@pytest.mark.parametrize("opened", [False, True])
def test_a_purchase_that_failed_says_why_and_how_many_bid(opened: bool) -> None:
    found = compiled(releases(failed(opened=opened), LATER))
    assert found["tender"]["status"] == "unsuccessful"
    assert found["tender"]["statusDetails"] == ("too-few-qualified" if opened else "too-few-bidders")
    assert found["tender"]["numberOfTenderers"] == (3 if opened else 2)
    assert "awards" not in found
    assert ("details" in found["bids"]) == opened


def test_a_bid_that_could_not_be_read_has_no_price() -> None:
    broken = replace(BIDS[2], price=0)
    found = compiled(releases(purchase(bids=(*BIDS[:2], broken)), LATER))["bids"]["details"]
    assert ["value" in one for one in found] == [True, True, False]


def test_a_price_for_each_year_says_so() -> None:
    assert last(at(3, 2))["tender"]["pricePeriod"] == "contract"
    assert last(at(3, 2), yearly=True)["tender"]["pricePeriod"] == "year"


@pytest.mark.parametrize(
    ("method", "code"),
    [("open", "open"), ("competitive_consultation", "selective"), ("single_source", "direct"), ("something_new", None)],
)
def test_methods_have_their_code_and_their_word(method: str, code: str | None) -> None:
    found = last(at(3, 2), method=method)["tender"]
    assert found.get("procurementMethod") == code
    assert found["procurementMethodDetails"]


def test_amounts_are_exact_to_the_fen() -> None:
    assert value(48_620_050) == {"amount": Decimal("486200.50"), "currency": "CNY"}
    assert str(value(1)["amount"]) == "0.01"
    assert str(value(10**17)["amount"]) == "1000000000000000.00"


def test_a_score_is_rounded_down_so_that_nobody_reads_more_than_was_given() -> None:
    assert (score(Fraction(283, 3)), score(Fraction(1999, 20)), score(Fraction(99999, 1000))) == (
        Decimal("94.33"), Decimal("99.95"), Decimal("99.99"),
    )  # fmt: skip


def test_what_says_nothing_is_left_out_and_zero_and_no_are_not() -> None:
    assert pruned({"a": "", "b": None, "c": [], "d": {"e": " "}, "f": 0, "g": False, "h": [None, {"i": ""}, " x "]}) == {
        "f": 0, "g": False, "h": ["x"],
    }  # fmt: skip


def test_the_compiled_release_is_named_after_the_last_one() -> None:
    found = record(purchase(), LATER)
    assert found["compiledRelease"]["tag"] == ["compiled"]
    assert found["compiledRelease"]["date"] == found["releases"][-1]["date"]
    assert found["compiledRelease"]["id"] == f"ocds-213czf-wutongli-1-{found['releases'][-1]['date']}"


def test_merging_lets_the_later_word_hold_and_changes_no_release() -> None:
    first = {
        "ocid": "x",
        "id": "1",
        "date": "2026-01-01",
        "tag": ["tender"],
        "tender": {"id": "1", "a": 1, "b": {"c": 1}},
    }
    second = {
        "ocid": "x", "id": "2", "date": "2026-01-02", "tag": ["tenderUpdate"],
        "tender": {"id": "1", "a": 2, "b": {"d": 2}, "list": [{"id": "p", "v": 1}]}, "words": ["new"],
    }  # fmt: skip
    third = {
        "ocid": "x", "id": "3", "date": "2026-01-03", "tag": ["tenderUpdate"],
        "tender": {"id": "1", "a": None, "list": [{"id": "q"}, {"id": "p", "v": 3}]}, "words": ["newer"],
    }  # fmt: skip
    found = compiled([first, second, third])
    assert found["tender"] == {"id": "1", "b": {"c": 1, "d": 2}, "list": [{"id": "p", "v": 3}, {"id": "q"}]}
    assert found["words"] == ["newer"]
    assert second["tender"]["list"] == [{"id": "p", "v": 1}]  # type: ignore[index]  # a story of mixed values


def test_a_bidder_of_two_tenders_is_one_party() -> None:
    again = bid(4, Party("CN-USCC-52310115MJ50123457", "和风社工服务中心", "52310115MJ50123457"), 1)
    assert again.bidder.id == BIDS[0].bidder.id
