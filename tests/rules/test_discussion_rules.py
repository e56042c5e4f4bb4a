"""What may be said, taken back, withheld, asked and answered."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core.values import OWNERS, PROPERTY, Ref
from app.core.workdays import Workdays
from app.discussion import rules
from app.discussion.queries import excerpt

NOON = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李女士", "李女士"),
        ("欧阳女士", "欧阳女士"),
        ("陈晓梅", "陈**"),
        ("欧阳晓梅", "欧阳**"),
        ("王先生的律师朋友先生", "王**"),
        ("", ""),
    ],
)
def test_a_person_is_shown_by_family_name_and_address_only(name: str, shown: str) -> None:
    assert rules.short_name(name) == shown


def test_a_label_names_the_building_where_it_is_known() -> None:
    assert rules.public_label("李女士", "2号楼") == "李女士，2号楼"
    assert rules.public_label("李晓") == "李**"


def test_a_discussion_takes_comments_until_the_very_moment_at_which_it_closes() -> None:
    assert rules.closed_refusal(None, NOON) is None
    assert rules.closed_refusal(NOON, NOON - timedelta(microseconds=1)) is None
    assert rules.closed_refusal(NOON, NOON) is not None


def test_a_reason_has_at_most_500_signs() -> None:
    assert rules.text_refusal("理" * 500) is None
    refused = rules.text_refusal("理" * 501)
    assert refused is not None
    assert refused.values == {"length": 501, "most": 500}


@pytest.mark.parametrize("empty", ["", "   ", "。。。！", "🙂🙂", "——"])
def test_signs_alone_are_no_reason(empty: str) -> None:
    assert rules.text_refusal(empty) is not None


def test_a_reply_is_not_replied_to() -> None:
    assert rules.reply_refusal(rules.AGAINST, False, False) is None
    assert rules.reply_refusal(rules.REPLY, False, False) is not None


def test_what_is_hidden_or_withdrawn_can_neither_be_replied_to_nor_endorsed_nor_asked_about() -> None:
    for hidden, withdrawn in ((True, False), (False, True), (True, True)):
        assert rules.reply_refusal(rules.FOR, hidden, withdrawn) is not None
        assert rules.endorsement_refusal(False, hidden, withdrawn) is not None
        assert rules.withdrawal_refusal(True, hidden, withdrawn) is not None
        assert rules.hiding_refusal("骂人", hidden, withdrawn) is not None
        assert rules.asking_refusal(PROPERTY, False, rules.FOR, hidden, withdrawn) is not None


def test_nobody_endorses_what_they_wrote_themselves() -> None:
    assert rules.endorsement_refusal(False, False, False) is None
    assert rules.endorsement_refusal(True, False, False) is not None


def test_only_the_author_withdraws() -> None:
    assert rules.withdrawal_refusal(True, False, False) is None
    assert rules.withdrawal_refusal(False, False, False) is not None


def test_hiding_wants_a_reason_of_at_most_300_signs() -> None:
    assert rules.hiding_refusal("含有他人的电话号码", False, False) is None
    assert rules.hiding_refusal(" ", False, False) is not None
    assert rules.hiding_refusal("理" * 300, False, False) is None
    assert rules.hiding_refusal("理" * 301, False, False) is not None


def test_one_of_four_parties_is_asked_once_and_not_about_a_reply() -> None:
    assert rules.asking_refusal(PROPERTY, False, rules.OTHER, False, False) is None
    assert rules.asking_refusal("street", False, rules.OTHER, False, False) is not None
    assert rules.asking_refusal(PROPERTY, True, rules.OTHER, False, False) is not None
    assert rules.asking_refusal(PROPERTY, False, rules.REPLY, False, False) is not None


def test_a_party_answers_once_and_by_somebody_who_speaks_for_it() -> None:
    assert rules.answer_refusal(OWNERS, False, True) is None
    assert rules.answer_refusal(OWNERS, False, False) is not None
    assert rules.answer_refusal(OWNERS, True, True) is not None
    assert rules.answer_refusal(None, False, True) is not None


def test_who_speaks_for_a_party_in_one_community_does_not_in_another() -> None:
    seats = {Ref(OWNERS, 1)}
    assert rules.speaks_for(OWNERS, 1, seats)
    assert not rules.speaks_for(OWNERS, 2, seats)
    assert not rules.speaks_for(PROPERTY, 1, seats)


def test_ten_endorsements_and_not_nine_make_an_answer_due() -> None:
    assert not rules.owes_answer(9, 10)
    assert rules.owes_answer(10, 10)


def test_an_answer_is_due_at_six_on_the_fifth_working_day_whatever_lies_between() -> None:
    due = rules.answer_due(date(2026, 9, 29), 5, "Asia/Shanghai", Workdays())
    # 30 September, then the National Day holiday of 1 to 7 October; 10 October is a made-up Saturday.
    assert due == datetime(2026, 10, 12, 18, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("间距够不够，请拿出图纸来。谢谢", "间距够不够，请拿出图纸来"),
        ("能不能放到北门外？那里宽。", "能不能放到北门外？"),
        ("第一行\n第二行", "第一行"),
        ("我家在三楼，楼道里常年停着四五辆车，晚上充电的线从窗户飞下来", "我家在三楼，楼道里常年停着四五辆车"),
        ("字" * 30, "字" * 23 + "…"),
        ("短，" + "字" * 30, "短，" + "字" * 21 + "…"),
    ],
)
def test_an_excerpt_is_the_first_sentence_on_one_line(text: str, short: str) -> None:
    assert excerpt(text) == short
