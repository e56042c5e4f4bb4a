"""Where a proposal stands, computed from what happened to it, and what may be done with it there."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.core.values import Refusal
from app.core.words import N_
from app.core.workdays import Workdays

GATHERING, READY, RETURNED, ADMITTED = "gathering", "ready", "returned", "admitted"
ADOPTED, REJECTED, WITHDRAWN = "adopted", "rejected", "withdrawn"
STATE_WORDS: dict[str, tuple[str, str, str]] = {
    GATHERING: (N_("征集支持"), "open", "people"),
    READY: (N_("等待受理"), "wait", "clock"),
    RETURNED: (N_("退回修改"), "plain", "reply"),
    ADMITTED: (N_("已上议程"), "open", "meeting"),
    ADOPTED: (N_("已通过"), "good", "yes"),
    REJECTED: (N_("未通过"), "bad", "no"),
    WITHDRAWN: (N_("已撤回"), "plain", "off"),
}
VOTED_ON = (N_("表决中"), "open", "vote")
RULE = N_("本社区议事规则（待本社区确认）")
DUE_HOUR = time(18)
BY_COUNCIL = 0
NINE_MATTERS: dict[int, str] = {
    1: N_("制定和修改业主大会议事规则"),
    2: N_("制定和修改管理规约"),
    3: N_("选举业主委员会或者更换成员"),
    4: N_("选聘和解聘物业服务企业"),
    5: N_("使用维修资金"),
    6: N_("筹集维修资金"),
    7: N_("改建、重建建筑物及其附属设施"),
    8: N_("改变共有部分的用途或者利用共有部分从事经营活动"),
    9: N_("有关共有和共同管理权利的其他重大事项"),
}
SPECIAL = frozenset({6, 7, 8})


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened to a proposal. `returned_at` holds while the returned version is the newest."""

    reached_at: datetime | None = None
    returned_at: datetime | None = None
    admitted_at: datetime | None = None
    withdrawn_at: datetime | None = None
    settled_at: datetime | None = None
    outcome: str = ""


def state(facts: Facts) -> str:
    """Where a proposal stands; what happened last in its life decides."""
    if facts.withdrawn_at is not None:
        return WITHDRAWN
    if facts.settled_at is not None:
        return facts.outcome
    if facts.admitted_at is not None:
        return ADMITTED
    if facts.returned_at is not None:
        return RETURNED
    return GATHERING if facts.reached_at is None else READY


_OVER: dict[str, str] = {
    ADMITTED: N_("这件提案已经列入议程，由会议处理。"),
    ADOPTED: N_("这件提案已经有决议：通过。"),
    REJECTED: N_("这件提案已经有决议：未通过。"),
    WITHDRAWN: N_("提案人已经撤回这件提案。"),
    RETURNED: N_("这件提案退回给提案人修改了，改好重新提交以后再办。"),
}


def _over(where: str) -> Refusal:
    return Refusal(_OVER[where])


def support_refusal(where: str, mine: bool) -> Refusal | None:
    """Everybody but its author supports a proposal, or takes that back, until it stands on the agenda."""
    if where not in (GATHERING, READY):
        return _over(where)
    return Refusal(N_("这是您提出的，请邻居来支持。")) if mine else None


def admission_refusal(where: str, supports: int, least: int, article: str = RULE) -> Refusal | None:
    """The desk puts a proposal on the agenda once enough people support it."""
    if where == READY:
        return None
    if where == GATHERING:
        return Refusal(
            N_("还差%(missing)s人支持：满%(least)s人才能受理。"),
            {"missing": missing_supporters(supports, least), "least": least},
            article,
        )
    return _over(where)


def missing_supporters(supports: int, least: int) -> int:
    """How many supporters a proposal still needs."""
    return max(least - supports, 0)


def return_refusal(where: str) -> Refusal | None:
    """The desk gives a proposal back to its author while it is not on the agenda."""
    return None if where in (GATHERING, READY) else _over(where)


def revision_refusal(where: str, mine: bool) -> Refusal | None:
    """The author changes a proposal until it stands on the agenda."""
    if not mine:
        return Refusal(N_("只有提案人可以修改。您的想法可以写成意见。"))
    return None if where in (GATHERING, READY, RETURNED) else _over(where)


def withdrawal_refusal(where: str, mine: bool) -> Refusal | None:
    """The author takes a proposal back until it stands on the agenda; then only the meeting can."""
    if not mine:
        return Refusal(N_("只有提案人可以撤回。"))
    if where == ADMITTED:
        return Refusal(N_("已经列入议程的提案，请在会上提出撤回。"))
    return None if where in (GATHERING, READY, RETURNED) else _over(where)


def settlement_refusal(where: str, outcome: str) -> Refusal | None:
    """Only what stands on the agenda is settled, by a resolution for or against it."""
    if outcome not in (ADOPTED, REJECTED):
        return Refusal(N_("决议只有通过和未通过两种。"))
    if where in (GATHERING, READY):
        return Refusal(N_("还没有列入议程的提案，不能作出决议。"))
    return None if where == ADMITTED else _over(where)


def admission_due(reached_on: date, working_days: int, zone: str, calendar: Workdays) -> datetime:
    """The moment until which the desk admits or returns: 18:00 on the last of so many working days."""
    last = calendar.after_workdays(reached_on, working_days).last
    return datetime.combine(last, DUE_HOUR, ZoneInfo(zone))


def special_majority(owners_matter: int) -> bool:
    """Whether three quarters of the participating owners have to agree (民法典 278 ⑥⑦⑧), not just more than half."""
    return owners_matter in SPECIAL
