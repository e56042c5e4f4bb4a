"""Names, companies and the developer; when two rows mean the same person; what others may see of a name."""

from fractions import Fraction

import pytest

from app.core.values import Refusal
from app.register.rules import head_key, is_organisation, person_key, read_name
from app.register.rules.people import Named, read_names, read_owners, read_phones, read_shares


def why(value: object) -> str:
    assert isinstance(value, Refusal), value
    return value.sentence % value.values


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王芳", "王芳"),
        ("王　芳", "王芳"),
        ("王\u200b芳", "王芳"),
        ("欧阳 修文", "欧阳修文"),
        ("买买提•艾力", "买买提·艾力"),
        ("John  Smith", "John Smith"),
        ("㛃𠮷", "㛃𠮷"),
        ("和平 物业服务有限公司", "和平物业服务有限公司"),
    ],
)
def test_a_name_has_one_form_however_it_was_typed(text: str, name: str) -> None:
    assert read_name(text) == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("王芳😀", "表情"),
        ("王\ue000", "显示不出"),
        ("李明 王芳", "几个人"),
        ("12345", "不像姓名"),
        ("😀", "不像姓名"),
        ("王" * 61, "不像姓名"),
    ],
)
def test_a_name_that_cannot_be_told_is_refused(text: str, said: str) -> None:
    assert said in why(read_name(text))


def test_co_owners_may_stand_in_one_cell() -> None:
    assert read_owners("郭晓东、李凤霞") == (Named("郭晓东"), Named("李凤霞"))
    assert read_owners("郭晓东\n李凤霞；") == (Named("郭晓东"), Named("李凤霞"))
    assert read_owners("郭晓东/李凤霞") == (Named("郭晓东"), Named("李凤霞"))
    assert read_owners("郭晓东1/2、李凤霞（50%）") == (Named("郭晓东", share="1/2"), Named("李凤霞", share="50%"))


def test_the_developer_is_known_by_the_note_behind_the_name() -> None:
    assert read_owners("安居置业有限公司（开发商，未售）") == (Named("安居置业有限公司", developer=True),)
    assert read_owners("开发商") == read_owners("未售") == (Named("开发商", developer=True),)


def test_nobody_is_read_from_an_empty_cell_or_a_dash() -> None:
    assert read_owners("") == read_owners("—") == ()
    assert read_names("无") == ()


def test_shares_of_a_cell_belong_to_its_owners_in_order() -> None:
    two = (Named("甲乙"), Named("丙丁"))
    assert read_shares("1/3、2/3", two) == (Fraction(1, 3), Fraction(2, 3))
    assert read_shares("", (Named("甲乙", share="1/4"), Named("丙丁", share="3/4"))) == (Fraction(1, 4), Fraction(3, 4))
    assert read_shares("共同共有", two) == (None, None)
    assert "2位" in why(read_shares("1/2", two))


def test_each_of_several_owners_needs_a_phone_of_their_own() -> None:
    assert read_phones("19907000001、19907000002", 2) == ("19907000001", "19907000002")
    assert read_phones("", 2) == ("", "")
    assert "1个电话" in why(read_phones("19907000001", 2))
    assert "不是电话号码" in why(read_phones("19907000001、12", 2))


def test_a_person_is_recognised_by_name_and_phone() -> None:
    assert person_key("王芳", "19907000001", "1-1-101") == person_key("王芳", "19907000001", "2-1-202")
    assert person_key("王芳", "19907000001", "1-1-101") != person_key("王芳", "19907000002", "1-1-101")
    assert person_key("李强", "19907000001", "1-1-101") != person_key("王芳", "19907000001", "1-1-101")


def test_without_a_phone_two_people_of_one_name_stay_two() -> None:
    assert person_key("王芳", "", "1-1-101") != person_key("王芳", "", "1-1-102")


def test_a_company_is_one_whatever_phone_it_left() -> None:
    assert is_organisation("和平物业服务有限公司")
    assert not is_organisation("王中心")
    assert person_key("和平商贸有限公司", "", "1-1-101") == person_key("和平商贸有限公司", "19907000001", "2-1-202")


def test_a_head_is_the_exact_set_of_owners_in_any_order() -> None:
    assert head_key(["b", "a"], False) == head_key(["a", "b"], False)
    assert head_key(["a"], False) != head_key(["a", "b"], False)
    assert head_key(["a"], True) == head_key(["b"], True)
