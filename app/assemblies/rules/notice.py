"""The words in which owners are called: what, when, how, what has to be reached, what one can do about the roll."""

from collections.abc import Sequence
from datetime import date, datetime

from app.assemblies.rules.convening import OWNERS
from app.assemblies.rules.drafts import Draft
from app.assemblies.rules.matters import MATTERS
from app.voting.rules import Terms
from app.voting.rules.terms import AGREEMENT, MORE, PARTICIPATION

_CHANNELS = {
    "online": "网上（本网站）",
    "paper": "纸质选票",
    "stall": "投票点",
    "phone": "电话（两人见证）",
    "proxy": "书面委托",
    "letter": "寄信",
}
_PRECEDENCE = {
    "last": "一户投了几次的，以最后收到的一次为准",
    "first": "一户投了几次的，以最先收到的一次为准",
    "paper": "一户投了几次的，纸质和寄来的选票优先，其余以最后一次为准",
}
_WEEK = "一二三四五六日"


def notice_text(
    place: str, draft: Draft, window: tuple[datetime, datetime], terms: Sequence[Terms], today: date
) -> str:
    """The notice as it may be posted, in the words of the record; whoever convenes reads and completes it."""
    opens, closes = window
    owners = draft.electorate == OWNERS
    lines = [
        f"{place}全体业主：" if owners else f"{place}全体居民：",
        f"现召集{'业主大会' if owners else '居民投票'}，以书面和网上征求意见的方式，对下列事项进行表决：",
    ]
    for place_no, (item, term) in enumerate(zip(draft.items, terms, strict=True), 1):
        law = f"（{MATTERS[item.matter].legal}，民法典第二百七十八条）" if item.matter in MATTERS else ""
        lines.append(f"{place_no}．{item.title}{law}。选票上的问题：{item.question}")
        if owners:
            lines.append(_reached(term))
    lines.append(f"投票时间：{_moment(opens)}至{_moment(closes)}。")
    if owners:
        lines.append(f"投票方式：{'、'.join(_CHANNELS[way] for way in draft.channels if way in _CHANNELS)}。")
        lines.append(f"{_PRECEDENCE[draft.precedence]}。弃权和无效的票算参加，不算同意；没有投的票不算参加。")
        if draft.follow_majority:
            lines.append("按本小区议事规则，没有投的票另计入票数较多的一边，和严格计票并列公布。请务必投票。")
        lines.append("名册按开始投票那一天的房屋名册确定。现在起可以在网站或服务台核对自己的一栏，不对就申请更正。")
    lines.append("没有写在本通知上的事项，本次不表决。")
    lines.append(_day(today))
    return "\n".join(lines)


def _reached(terms: Terms) -> str:
    """What has to be reached, by area and by head, from the figures of the terms."""
    marks = {(mark.stage, mark.of): mark for mark in terms.thresholds}
    part, agree = marks[PARTICIPATION, "heads"], marks[AGREEMENT, "heads"]
    more = "超过" if agree.relation == MORE else "达到"
    return (
        f"面积和人数都要达到：参加的业主不少于全体的{part.numerator}/{part.denominator}，"
        f"其中同意的{more}参加的{agree.numerator}/{agree.denominator}，才能通过。"
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _moment(at: datetime) -> str:
    return f"{_day(at.date())}（星期{_WEEK[at.weekday()]}）{at.hour}时"
