"""How long something is posted, and what may be posted and taken down."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from app.core.law import law_row
from app.core.law.rows import LawRow
from app.core.values import Entry
from app.core.workdays import Term, Workdays
from app.publication import rules
from app.publication.rules import Draft, Span

TODAY = date(2026, 3, 2)
SPAN = Span(date(2026, 3, 2), date(2026, 3, 9))
TERM = Term(date(2026, 3, 9))
DRAFT = Draft(rules.GENERAL, "3号楼电梯检修", "3月10日上午检修，请走楼梯。", TODAY, ("board",))


def row(days: int, unit: str) -> LawRow:
    return LawRow("publication.general", Fraction(days), unit, "公示规则", date(2020, 1, 1))


def workdays(days: int) -> LawRow:
    return row(days, "working days from the day after it is posted")


def calendar(days: int) -> LawRow:
    return row(days, "days from the day after it is posted")


@pytest.mark.parametrize(
    ("begins", "term", "last"),
    [
        (date(2026, 3, 2), workdays(5), date(2026, 3, 9)),  # Monday: Tuesday is the first day
        (
            date(2026, 2, 13),
            workdays(2),
            date(2026, 2, 24),
        ),  # before New Year: Saturday the 14th is made up for, then the 24th
        (date(2026, 2, 11), workdays(3), date(2026, 2, 14)),  # a made-up Saturday is a working day
        (date(2026, 9, 28), workdays(3), date(2026, 10, 8)),  # National Day is not counted
        (date(2026, 9, 30), workdays(2), date(2026, 10, 9)),
        (date(2026, 3, 2), calendar(7), date(2026, 3, 9)),
        (date(2026, 3, 1), calendar(7), date(2026, 3, 9)),  # Sunday the 8th moves to Monday
        (date(2026, 2, 14), calendar(1), date(2026, 2, 24)),  # the first day of New Year moves behind the holiday
        (date(2026, 1, 28), calendar(17), date(2026, 2, 14)),  # a made-up Saturday does not move
        (date(2026, 9, 18), calendar(15), date(2026, 10, 8)),
    ],
)
def test_a_term_counts_from_the_day_after_and_ends_on_a_working_day(begins: date, term: LawRow, last: date) -> None:
    assert rules.term_end(begins, term, Workdays()) == Term(last, False)


def test_a_term_into_a_year_without_a_plan_is_provisional() -> None:
    assert rules.term_end(date(2026, 12, 28), calendar(7), Workdays()).provisional
    assert not rules.term_end(date(2026, 12, 20), calendar(7), Workdays()).provisional
    known = Workdays({date(2027, 1, 4): False}, frozenset({2027}))
    assert rules.term_end(date(2026, 12, 28), calendar(7), known) == Term(date(2027, 1, 5), False)


@pytest.mark.parametrize("kind", rules.KINDS)
def test_every_kind_of_posting_has_its_term_in_the_rows_of_law(kind: str) -> None:
    found = law_row(rules.LAW_KEYS[kind], TODAY)
    assert found.whole >= 5
    assert rules.counted_in_workdays(found) is (kind not in (rules.OWNERS_NOTICE, rules.OUTCOME, rules.ROLL))


def test_only_the_notice_of_an_assembly_binds_as_law() -> None:
    assert [kind for kind in rules.KINDS if law_row(rules.LAW_KEYS[kind], TODAY).binding] == [rules.OWNERS_NOTICE]


@pytest.mark.parametrize(
    ("day", "where"),
    [
        (date(2026, 3, 1), rules.PLANNED),
        (date(2026, 3, 2), rules.RUNNING),
        (date(2026, 3, 9), rules.RUNNING),
        (date(2026, 3, 10), rules.ENDED),
    ],
)
def test_the_state_follows_from_the_dates(day: date, where: str) -> None:
    assert rules.state(SPAN, day) == where
    assert rules.state(Span(SPAN.begins, SPAN.last, withdrawn=True), day) == rules.WITHDRAWN


def test_every_state_has_its_words() -> None:
    assert set(rules.STATE_WORDS) == {rules.PLANNED, rules.RUNNING, rules.ENDED, rules.WITHDRAWN}


def draft(**other: object) -> Draft:
    values = {name: getattr(DRAFT, name) for name in ("kind", "title", "body", "begins", "places", "until")}
    return Draft(**{**values, **other})


@pytest.mark.parametrize(
    "good",
    [
        {},
        {"begins": TODAY + timedelta(days=366)},
        {"until": TERM.last},
        {"until": TODAY + timedelta(days=366)},
        {"title": "字" * 80},
        {"body": "字" * 20_000},
        {"places": tuple(rules.PLACES)},
    ],
)
def test_what_is_whole_and_in_time_may_be_posted(good: dict[str, object]) -> None:
    assert rules.posting_refusal(draft(**good), TODAY, TERM) is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "advert"}, "请选一种公示。"),
        ({"begins": TODAY - timedelta(days=1)}, "公示从今天或以后的一天开始，不能写过去的日子。"),
        ({"begins": date(2049, 1, 1)}, "开始的日子太远了，请写一年以内的一天。"),
        ({"until": TERM.last - timedelta(days=1)}, "这种公示至少要到%(last)s，不能更早结束。"),
        ({"until": TODAY + timedelta(days=367)}, "公示最长一年。"),
        ({"title": "  "}, "请写一句话的标题。"),
        ({"title": "一\n二"}, "请写一句话的标题。"),
        ({"title": "字" * 81}, "标题太长了，请不要超过%(most)s个字。"),
        ({"body": " \n "}, "请写公示的正文。"),
        ({"body": "字" * 20_001}, "正文太长了，请不要超过%(most)s个字。"),
        ({"places": ()}, "请选张贴在哪里，至少一处。"),
        ({"places": ("moon",)}, "请选张贴在哪里，至少一处。"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(wrong: dict[str, object], sentence: str) -> None:
    refusal = rules.posting_refusal(draft(**wrong), TODAY, TERM)
    assert refusal is not None
    assert refusal.sentence == sentence


def test_a_household_stands_on_a_list_once() -> None:
    one, other = Entry("1-1-101", "1号楼101"), Entry("1-1-102", "1号楼102")
    assert rules.list_refusal([]) is None
    assert rules.list_refusal([one, other]) is None
    refusal = rules.list_refusal([one, other, one])
    assert refusal is not None
    assert refusal.values["label"] == "1号楼101"


@pytest.mark.parametrize(
    ("where", "reason", "refused"),
    [
        (rules.RUNNING, "日期写错了", False),
        (rules.PLANNED, "日期写错了", False),
        (rules.RUNNING, "错了", True),
        (rules.RUNNING, "错" * 401, True),
        (rules.ENDED, "日期写错了", True),
        (rules.WITHDRAWN, "日期写错了", True),
    ],
)
def test_only_what_is_not_over_is_taken_down_and_never_without_a_reason(where: str, reason: str, refused: bool) -> None:
    assert (rules.withdrawal_refusal(where, reason) is not None) is refused


def test_a_posting_is_corrected_once() -> None:
    assert rules.correction_refusal(None) is None
    refusal = rules.correction_refusal(7)
    assert refusal is not None
    assert refusal.values == {"number": 7}


def test_the_hash_is_that_of_the_text_as_it_is_handed_out() -> None:
    assert rules.posted_text("标题", "正文") == "标题\n\n正文\n"
    assert rules.text_digest("a", "b") == "770423513bd0765c18e500000baec91976bcd8267a245437b32572665c6ac370"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("3月10日检修，请走楼梯。另外，小心。", "3月10日检修，请走楼梯。"),
        ("没有句号的一行\n第二行", "没有句号的一行"),
        ("\n\n你去吗？去。", "你去吗？"),
        ("字" * 81 + "。", ""),
        ("", ""),
    ],
)
def test_a_poster_has_room_for_one_sentence(body: str, sentence: str) -> None:
    assert rules.first_sentence(body) == sentence
