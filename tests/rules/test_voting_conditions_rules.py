"""What has to be reached is told in words before anybody votes."""

from datetime import date

from flask import Flask

from app.core.i18n import said
from app.core.law.rows import law_row
from app.voting.rules import council_terms, marks_in_words, owners_terms, preset_terms

TODAY = date(2026, 3, 2)


def test_ordinary_matters_of_the_owners_want_two_thirds_and_more_than_half(app: Flask) -> None:
    terms = owners_terms(5, TODAY, law_row)
    with app.test_request_context("/"):
        told = [said(mark) for mark in marks_in_words(terms)]
    assert told == [
        "参加的面积占全部专有面积的2/3以上（正好2/3也算）。",
        "参加的业主占全体业主人数的2/3以上（正好2/3也算）。",
        "同意的面积超过参加的面积的1/2（正好1/2不算）。",
        "同意的业主超过参加的业主的1/2（正好1/2不算）。",
    ]
    assert {mark.article for mark in marks_in_words(terms)} == {"民法典 278"}


def test_special_matters_want_three_quarters_of_those_who_take_part() -> None:
    marks = marks_in_words(owners_terms(7, TODAY, law_row))
    assert [mark.values["fraction"] for mark in marks] == ["2/3", "2/3", "3/4", "3/4"]
    assert marks[2].sentence.startswith("%(part)s占%(whole)s")


def test_every_mark_of_every_kind_of_vote_has_its_words() -> None:
    for terms in (council_terms(TODAY, law_row), preset_terms("residents-assembly", date(2020, 1, 1), law_row)):
        marks = marks_in_words(terms)
        assert len(marks) == len(terms.thresholds)
        assert len({(mark.sentence, str(mark.values)) for mark in marks}) == len(marks)
