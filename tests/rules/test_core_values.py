"""Values of the ground floor: references, actors, permissions, law rows, what was typed."""

from datetime import date
from fractions import Fraction

import pytest

from app.core.errors import Forbidden, Refused, check
from app.core.forms import clean, half_width
from app.core.law import LawGap, LawRow, law_row, law_rows
from app.core.permissions import MEMBER, SECRETARY, authorize, may, permission
from app.core.secrets import paper_code, read_paper_code
from app.core.values import ANYONE, Actor, Grant, Ref, Refusal, the_house

BANG = permission("test_bang_the_gavel", "敲槌", MEMBER)


def test_a_reference_is_read_back_as_it_was_written() -> None:
    assert Ref.parse(str(Ref("proposal", 23))) == Ref("proposal", 23)


@pytest.mark.parametrize("text", ["", "proposal", ":3", "proposal:", "proposal:x", "proposal:-1", "proposal:１２"])
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a reference"):
        Ref.parse(text)


def test_everybody_is_anyone_and_only_who_signed_in_is_an_account() -> None:
    assert ANYONE.roles(1) == {"anyone"}
    assert Actor(7).roles(1) == {"anyone", "account"}


def test_a_role_of_one_community_is_none_in_another() -> None:
    actor = Actor(7, frozenset({Grant(1, MEMBER)}))
    assert may(actor, BANG, 1)
    assert not may(actor, BANG, 2)
    with pytest.raises(Forbidden):
        authorize(actor, BANG, 2)


def test_another_role_does_not_have_the_verb() -> None:
    assert not may(Actor(7, frozenset({Grant(1, SECRETARY)})), BANG, 1)


def test_a_permission_for_a_role_that_does_not_exist_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="unknown roles"):
        permission("test_nobody", "谁", "king")


def test_the_house_acts_as_operator_in_one_community_only() -> None:
    assert "operator" in the_house(1).roles(1)
    assert "operator" not in the_house(1).roles(2)


def test_a_rule_that_answers_nothing_lets_pass_and_one_that_answers_stops() -> None:
    check(None)
    with pytest.raises(Refused) as stopped:
        check(Refusal("不行", {}, "民法典 278"))
    assert (stopped.value.status, stopped.value.refusal.article) == (409, "民法典 278")


def test_the_civil_codes_thresholds_begin_on_their_first_day_and_not_before() -> None:
    assert law_row("owners.participation", date(2021, 1, 1)).value == Fraction(2, 3)
    with pytest.raises(LawGap, match="2020-12-31"):
        law_row("owners.participation", date(2020, 12, 31))


def test_a_published_override_in_force_goes_before_the_houses_row() -> None:
    local = LawRow(
        "owners.participation", Fraction(3, 4), "", "规约 3", date(2026, 1, 1), date(2026, 12, 31), "wutongli"
    )
    assert law_row("owners.participation", date(2026, 12, 31), (local,)).value == Fraction(3, 4)
    assert law_row("owners.participation", date(2027, 1, 1), (local,)).value == Fraction(2, 3)


def test_every_row_of_law_names_its_article_and_keys_never_overlap_in_time() -> None:
    rows = law_rows()
    assert all(row.article and row.confidence in "CQSM" for row in rows)
    spans: dict[str, list[LawRow]] = {}
    for row in rows:
        spans.setdefault(row.key, []).append(row)
    for same in spans.values():
        for row in same:
            assert sum(other.in_force(row.valid_from) for other in same) == 1, row.key


def test_what_cannot_be_seen_is_not_kept() -> None:
    assert clean("  \u200b王\u202e小\x00明\ufeff \r\n二\u2060行 ") == "王小明 \n二行"
    assert clean("👵 在") == "👵 在"
    assert half_width("１２３Ａ") == "123A"


def test_a_paper_code_is_read_back_however_it_is_typed() -> None:
    code = paper_code()
    assert read_paper_code(code.lower().replace("-", "  ")) == code
    assert len(code) == 9
    assert not set(code) & set("01ILO")


def test_every_row_of_law_has_a_name_that_people_can_read_in_both_languages() -> None:
    unnamed = [row.key for row in law_rows() if not row.title or not row.title_en]
    assert not unnamed, f"give these rows `title` and `title_en`: {unnamed}"


def test_every_whole_figure_of_law_says_what_it_counts_in_both_languages() -> None:
    # Parts (2/3), ways of doing things, amounts of money and what is not allowed at all say it by themselves.
    whole = [
        row
        for row in law_rows()
        if not (row.choices or row.share or row.unit.startswith("fen ") or (row.value == 0 and row.relation == "<="))
    ]
    mute = [row.key for row in whole if not row.counted or len(row.counted_en) != 2]
    assert whole
    assert not mute, f"give these rows `counted` and `counted_en` (one, more): {mute}"
