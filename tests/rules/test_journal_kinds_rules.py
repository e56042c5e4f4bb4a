"""On the day's paper events are counted by their kind, in words that leave nothing open."""

import re
from pathlib import Path

import pytest

from app.journal.rules.kinds import kind_in_words

APP = Path(__file__).parents[2] / "app"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("第%(number)s次四方联席会议有一席签到", "四方联席会议有一席签到"),
        ("第%(number)s次四方联席会议开始，到会%(present)s席", "四方联席会议开始"),
        ("第%(number)s号表决的服务台拒收一张票（拒收第%(refused)s号）", "表决的服务台拒收一张票"),
        ("第%(number)s号提案退回修改，理由已公开", "提案退回修改，理由已公开"),
        ("导入房屋名册：%(dwellings)s户，业主%(owners)s人", "导入房屋名册"),
        ("四方联席会议作出%(year)s年第%(number)s号决议", "四方联席会议作出决议"),
        ("组成%(members)s人的评审小组", "组成评审小组"),
        ("Vote no. %(number)s received a ballot", "Vote received a ballot"),
        ("Proposal withdrawn", "Proposal withdrawn"),
    ],
)
def test_a_kind_of_event_is_told_without_its_numbers(sentence: str, kind: str) -> None:
    assert kind_in_words(sentence) == kind


def test_hardly_any_event_of_the_house_leaves_a_gap() -> None:
    found = {
        one
        for path in APP.glob("*/events/**/*.py")
        for one in re.findall(r'N_\("([^"]*%\([^"]*)"\)', path.read_text("utf-8"))
    }
    assert len(found) > 40
    assert sum("…" in kind_in_words(one) for one in found) <= 1
