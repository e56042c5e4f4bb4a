"""Titles break between words; amounts, dates and document numbers do not."""

import pytest
from markupsafe import Markup

from app.core.wording import unbroken, with_breaks, year_apart


def shown(text: str) -> str:
    return str(with_breaks(text)).replace("<wbr>", "|")


@pytest.mark.parametrize(
    ("title", "broken"),
    [
        ("签署第9次四方联席会议纪要", "签署|第9次|四方|联席会议|纪要"),
        ("在3号楼东侧空地建电动自行车充电棚", "在3号楼|东侧|空地|建|电动|自行车|充电棚"),
        ("答复居民：孩子打球的地方怎么办", "答复|居民：|孩子|打球的|地方|怎么办"),
        ("费用不超过38,640元", "费用|不超过|38,640元"),
        ("梧议〔2026〕14号决议", '<span class="nb">梧议〔2026〕14号</span>|决议'),
        ("决议：梧议〔2026〕1号 更换楼道灯", '决议：|<span class="nb">梧议〔2026〕1号</span> 更换|楼道灯'),
        ("12月4日 星期五 18:00前", "12月4日 星期五 18:00前"),
        ("李委员，有4件事等您", "李委员，|有4件事|等您"),
        ("安装LED灯“节能”改造（一期）", "安装|LED灯“节能”|改造（一期）"),
        ("找不到这一页", "找不到|这一页"),
    ],
)
def test_a_title_breaks_between_words_only(title: str, broken: str) -> None:
    assert shown(title) == broken


@pytest.mark.parametrize("title", ["", "Replace the lamps", "13,870.39 m²", "   ", "2026"])
def test_text_without_chinese_is_left_alone(title: str) -> None:
    assert str(with_breaks(title)) == title


def test_what_somebody_typed_cannot_become_markup() -> None:
    assert str(with_breaks("<b>换灯</b>&")) == "&lt;b&gt;<wbr>换灯<wbr>&lt;/b&gt;&amp;"
    assert str(with_breaks("<script>")) == "&lt;script&gt;"


def test_a_translated_sentence_is_not_escaped_twice() -> None:
    typed, translated = "甲&amp;乙", Markup("甲&amp;乙")
    assert str(with_breaks(translated)).replace("<wbr>", "") == "甲&amp;乙"
    assert str(with_breaks(typed)).replace("<wbr>", "") == "甲&amp;amp;乙"


def test_a_date_stays_whole_part_by_part() -> None:
    assert unbroken("12月4日 星期五") == Markup('<span class="nb">12月4日</span> <span class="nb">星期五</span>')
    assert unbroken("2026年12月4日–2027年1月5日") == Markup("<wbr>").join(
        Markup('<span class="nb">{}</span>').format(part) for part in ("2026年", "12月4日–", "2027年", "1月5日")
    )
    assert unbroken("<b>") == Markup('<span class="nb">&lt;b&gt;</span>')


@pytest.mark.parametrize(
    ("day", "apart"),
    [
        ("12月28日", "12月28日"),
        ("2025年12月28日", '2025年<wbr><span class="nb">12月28日</span>'),
        ("4\u00a0December", "4\u00a0December"),
        ("4\u00a0December\u00a02025", "4\u00a0December 2025"),
    ],
)
def test_the_year_of_a_day_may_stand_on_its_own_line(day: str, apart: str) -> None:
    assert str(year_apart(day)) == apart
