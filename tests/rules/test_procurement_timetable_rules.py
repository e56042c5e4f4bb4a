"""Every term of a tender, at the day on which it turns."""

from dataclasses import replace
from datetime import date

import pytest

from app.procurement.rules import (
    CONSULTATION,
    NEGOTIATION,
    OPEN,
    QUOTATION,
    SINGLE_SOURCE,
    Basis,
    TenderTerms,
    after_evaluation,
    after_publication,
    answer_by,
    clarify_by,
    deadline_after_clarification,
    deadline_to_decide,
    earliest_days,
    publish_by,
    review,
    signing_findings,
    signing_refusal,
)
from app.procurement.rules.timetable import timetable_findings

BASIS = Basis(date(2026, 11, 11))
NOTICE = date(2026, 11, 11)
TERMS = TenderTerms("助餐", 28_600_000, 28_600_000, issued_on=NOTICE)


def rules_of(terms: TenderTerms) -> list[str]:
    return [found.rule for found in timetable_findings(terms, BASIS)]


def test_an_open_tender_closes_twenty_days_after_its_notice_at_the_earliest() -> None:
    assert earliest_days(OPEN, NOTICE, BASIS).deadline.last == date(2026, 12, 1)
    assert rules_of(replace(TERMS, deadline=date(2026, 12, 1))) == []
    assert rules_of(replace(TERMS, deadline=date(2026, 11, 30))) == ["response-too-short"]


def test_a_twentieth_day_on_a_saturday_moves_the_earliest_deadline_to_monday() -> None:
    issued = date(2026, 11, 15)
    terms = replace(TERMS, issued_on=issued)
    assert earliest_days(OPEN, issued, BASIS).deadline.last == date(2026, 12, 7)
    assert rules_of(replace(terms, deadline=date(2026, 12, 6))) == ["response-too-short"]
    assert rules_of(replace(terms, deadline=date(2026, 12, 7))) == []


def test_a_short_deadline_names_the_article_and_binds() -> None:
    [found] = timetable_findings(replace(TERMS, deadline=date(2026, 11, 30)), BASIS)
    assert (found.article, found.where, found.binding) == ("政府采购法 35", "deadline", True)
    assert found.refusal.values == {"days": 20, "day": date(2026, 12, 1)}


def test_notice_and_documents_stand_five_working_days() -> None:
    days = earliest_days(OPEN, NOTICE, BASIS)
    assert days.notice is not None
    assert days.documents is not None
    assert days.notice.last == days.documents.last == date(2026, 11, 18)
    short = replace(TERMS, notice_until=date(2026, 11, 17), documents_until=date(2026, 11, 17))
    assert rules_of(short) == ["notice-too-short", "documents-too-short"]
    assert rules_of(replace(TERMS, notice_until=date(2026, 11, 18), documents_until=date(2026, 11, 18))) == []


def test_a_consultation_closes_ten_days_after_its_notice_at_the_earliest() -> None:
    terms = replace(TERMS, method=CONSULTATION, issued_on=date(2026, 11, 10))
    assert rules_of(replace(terms, deadline=date(2026, 11, 20))) == []
    assert rules_of(replace(terms, deadline=date(2026, 11, 19))) == ["response-too-short"]


def test_the_notice_of_a_consultation_is_from_memory_and_does_not_bind() -> None:
    terms = replace(TERMS, method=CONSULTATION, notice_until=date(2026, 11, 13))
    [found] = timetable_findings(terms, BASIS)
    assert (found.rule, found.binding) == ("notice-too-short", False)


@pytest.mark.parametrize(("method", "last"), [(NEGOTIATION, 16), (QUOTATION, 16), (SINGLE_SOURCE, 18)])
def test_the_shorter_methods_count_in_working_days(method: str, last: int) -> None:
    terms = replace(TERMS, method=method)
    assert earliest_days(method, NOTICE, BASIS).deadline.last == date(2026, 11, last)
    assert rules_of(replace(terms, deadline=date(2026, 11, last))) == []
    assert rules_of(replace(terms, deadline=date(2026, 11, last - 1))) == ["response-too-short"]


def test_a_clarification_fifteen_days_before_the_deadline_leaves_it() -> None:
    deadline = date(2026, 12, 8)
    assert clarify_by(OPEN, deadline, BASIS) == date(2026, 11, 23)
    assert deadline_after_clarification(OPEN, deadline, date(2026, 11, 23), BASIS).last == deadline


def test_a_clarification_one_day_late_moves_the_deadline_by_the_full_fifteen_days() -> None:
    moved = deadline_after_clarification(OPEN, date(2026, 12, 8), date(2026, 11, 24), BASIS)
    assert moved.last == date(2026, 12, 9)


def test_a_moved_deadline_falls_on_a_working_day() -> None:
    moved = deadline_after_clarification(OPEN, date(2026, 12, 8), date(2026, 11, 27), BASIS)
    assert moved.last == date(2026, 12, 14)


def test_the_last_day_for_clarifications_is_not_moved_though_it_is_a_sunday() -> None:
    assert clarify_by(OPEN, date(2026, 12, 7), BASIS) == date(2026, 11, 22)


def test_a_consultation_wants_five_days_for_a_clarification() -> None:
    deadline = date(2026, 11, 27)
    assert deadline_after_clarification(CONSULTATION, deadline, date(2026, 11, 22), BASIS).last == deadline
    assert deadline_after_clarification(CONSULTATION, deadline, date(2026, 11, 23), BASIS).last == date(2026, 11, 30)


def test_a_method_without_a_term_for_clarifications_keeps_its_deadline() -> None:
    deadline = date(2026, 11, 27)
    assert clarify_by(QUOTATION, deadline, BASIS) is None
    assert deadline_after_clarification(QUOTATION, deadline, date(2026, 11, 26), BASIS).last == deadline


def test_a_question_is_answered_within_three_working_days() -> None:
    assert answer_by(date(2026, 12, 1), BASIS).last == date(2026, 12, 4)
    assert answer_by(date(2026, 12, 4), BASIS).last == date(2026, 12, 9)


def test_after_the_evaluation_each_step_has_its_last_day() -> None:
    closing = after_evaluation(date(2026, 12, 9), BASIS)
    assert closing.report.last == date(2026, 12, 11)
    assert closing.decide.last == date(2026, 12, 18)
    assert closing.publish.last == date(2026, 12, 22)
    assert closing.result_notice.last == date(2026, 12, 23)


def test_the_window_for_challenges_is_seven_working_days_after_the_notice_of_the_result() -> None:
    notice, challenge, sign = after_publication(date(2026, 11, 11), BASIS)
    assert notice.last == date(2026, 11, 12)
    assert challenge.last == date(2026, 11, 23)
    assert sign.last == date(2026, 12, 11)


def test_a_contract_waits_for_the_last_day_for_challenges() -> None:
    last = date(2026, 11, 23)
    refusal = signing_refusal(last, last, BASIS)
    assert refusal is not None
    assert refusal.article == "94号令 10"
    assert signing_refusal(date(2026, 11, 24), last, BASIS) is None


def test_a_contract_on_the_thirtieth_day_is_in_time_and_on_the_next_is_late() -> None:
    last = date(2026, 12, 11)
    assert signing_findings(last, last, BASIS) == []
    [late] = signing_findings(date(2026, 12, 12), last, BASIS)
    assert (late.rule, late.article) == ("signed-late", "政府采购法 46")


def test_a_decision_and_its_publication_count_working_days_over_the_new_year() -> None:
    assert deadline_to_decide(date(2026, 12, 28), BASIS).provisional
    assert publish_by(date(2026, 12, 18), BASIS).last == date(2026, 12, 22)


def test_a_tender_without_days_has_no_findings_about_days() -> None:
    undated = TenderTerms("助餐", 100, 100)
    assert not [found for found in review(undated, BASIS) if "short" in found.rule]
