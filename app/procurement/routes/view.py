"""What the page of a tender draws: its stations, its timetable, its criteria."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from app.core import clock, formats
from app.core.i18n import _, lang
from app.core.words import N_
from app.procurement import queries, rules
from app.procurement.models import FAILED, Award, Contract, Mandate, Tender, TenderCriterion

STATIONS = (N_("需求"), N_("公告"), N_("收标"), N_("评审"), N_("定标"), N_("履约"), N_("评价"))
PLACE: Mapping[str, int] = {
    "draft": 0,
    "bidding": 2,
    "sealed": 3,
    "failed": 3,
    "opened": 3,
    "ranked": 4,
    "awarded": 4,
    "challenge": 4,
    "signing": 4,
    "signed": 5,
    "completed": 6,
}
TAGS: Mapping[str, tuple[str, str]] = {
    "draft": ("plain", "edit"),
    "bidding": ("open", "lock"),
    "sealed": ("wait", ""),
    "failed": ("bad", ""),
    "opened": ("open", "people"),
    "ranked": ("wait", ""),
    "awarded": ("wait", ""),
    "challenge": ("open", ""),
    "signing": ("wait", "edit"),
    "signed": ("plain", ""),
    "completed": ("good", ""),
}
NEVER = N_(
    "不看也不评：注册资本、资产、营业额、人数、利润、纳税、是不是本地机构（87号令第17条，政府采购法实施条例第20条）。"
)


@dataclass(frozen=True, slots=True)
class Span:
    """One line of the timetable."""

    label: str
    words: str
    start: datetime
    end: datetime


def tag_of(found: str) -> tuple[str, str, str]:
    """The word, the ground and the icon of a state."""
    kind, sign = TAGS[found]
    return _(rules.STAGES[found]), kind, sign


def stations(tender: Tender, mandate: Mandate | None, award: Award | None, zone: ZoneInfo) -> list[dict[str, str]]:
    """The seven stations of a tender with their days."""
    now = clock.now().astimezone(zone)
    found = queries.state(tender, now, award, now.date())
    at = PLACE[found]
    days = (
        _day(mandate.granted_at if mandate else None, zone),
        _day(tender.published_at, zone),
        _until(tender.deadline.astimezone(zone).date()) if at == 2 else _day(tender.deadline, zone),
        _day(tender.ranked_at, zone) or _plain(tender.evaluate_by),
        _day(award.published_at if award else None, zone) or _until(tender.result_due),
        _plain(tender.term_from),
        "",
    )
    done = at == 6
    return [
        {
            "label": _(label),
            "state": "done" if index < at or (done and index < 6) else "now" if index == at and not done else "",
            "when": days[index],
        }
        for index, label in enumerate(STATIONS)
    ]


def timetable(tender: Tender, award: Award | None, zone: ZoneInfo) -> list[Span]:
    """The days from the notice to the result: what is known, else what is expected."""
    if tender.published_at is None or tender.evaluate_by is None:
        return []
    start, due = tender.published_at.astimezone(zone), tender.deadline.astimezone(zone)
    opened = (tender.opened_at or tender.deadline).astimezone(zone)
    evaluated = tender.ranked_at.astimezone(zone) if tender.ranked_at else _end(tender.evaluate_by, zone)
    found = []
    if tender.documents_until:
        found.append(_span(_("领取采购文件"), start, _end(tender.documents_until, zone)))
    found.append(_span(_("递交标书"), start, due, exact=True))
    found.append(Span(_("开标"), _moment(opened), opened, opened))
    if tender.stage == FAILED:
        return found
    found.append(_span(_("评审"), opened, evaluated))
    decided = award.decided_at.astimezone(zone) if award else _end(tender.decide_by or tender.decision_due, zone)
    found.append(_latest(_("采购人确定中标"), evaluated, decided, known=award is not None))
    published = award.published_at if award else None
    result = published.astimezone(zone) if published else _end(award.publish_by if award else tender.result_due, zone)
    found.append(_latest(_("公告结果"), decided, result, known=published is not None))
    if award and award.challenge_until:
        found.append(_span(_("质疑期"), result, _end(award.challenge_until, zone)))
    return found


def criteria_rows(criteria: Sequence[TenderCriterion]) -> list[dict[str, Any]]:
    """Factors as the table draws them, in points."""
    return [
        {"name": factor_name(row), "points": in_points(row.points), "how": how(row), "lines": lines(row)}
        for row in criteria
    ]


def factor_name(row: TenderCriterion) -> str:
    """What a factor is called: as it was written; the price and whole parts, which the house names, in words."""
    return _(row.name) if row.kind == rules.PRICE or row.place.startswith("weights.") else row.name


def how(row: TenderCriterion) -> str:
    """How points are given for a factor, in a line."""
    if row.kind == rules.PRICE:
        return str(_("最低有效报价÷报价×%(points)s", points=rules.points(row.points)))
    if not row.scales:
        return str(_("没有写明怎样给分"))
    kinds = [rules.SCALES[kind] for kind in (one["kind"] for one in row.scales)]
    return _("；").join([*([row.how] if row.how else []), *map(_, kinds)])


def lines(row: TenderCriterion) -> list[str]:
    """The steps of a factor, one a line."""
    return [
        str(_("%(label)s：%(points)s分", label=_step(label, one["kind"]), points=rules.points(points)))
        for one in row.scales
        for label, points in one["steps"]
    ]


FIELDS = {
    "bid_bond": N_("投标保证金"),
    "budget_basis": N_("预算"),
    "candidates": N_("候选人"),
    "ceiling": N_("最高限价"),
    "criteria": N_("怎样评分"),
    "deadline": N_("截止时间"),
    "minimum_price": N_("最低限价"),
    "performance_bond": N_("履约保证金"),
    "price": N_("价格"),
    "signed_on": N_("签订"),
    "term": N_("服务期"),
}
_LISTED = re.compile(r"(criteria|qualifications)\[(\d+)\]")


def place_of(where: str) -> str:
    """Where a finding stands, as the form calls it; what was published elsewhere keeps the places of its own paper."""
    listed = _LISTED.match(where)
    if listed is None:
        return str(_(FIELDS[where])) if where in FIELDS else where
    number = int(listed[2]) + 1
    if listed[1] == "criteria":
        return str(_("第%(number)s项评分因素", number=number))
    return str(_("参加的条件，第%(number)s条", number=number))


def in_points(hundredths: int) -> int | Decimal:
    """Points as a number that can be added up and drawn."""
    return hundredths // 100 if hundredths % 100 == 0 else Decimal(hundredths) / 100


def days_open(tender: Tender, zone: ZoneInfo) -> int:
    """How many days lie between notice and deadline."""
    if tender.published_at is None:
        return 0
    return (tender.deadline.astimezone(zone).date() - tender.published_at.astimezone(zone).date()).days


def term_words(tender: Tender, contract: Contract | None = None) -> str:
    """How long the service lasts."""
    first, last = (contract.starts_on, contract.ends_on) if contract else (tender.term_from, tender.term_to)
    if first and last:
        return formats.span(first, last, clock.now(), lang())
    return str(_("%(months)s个月", months=tender.term_months))


def _step(label: str, kind: str) -> str:
    if label.isdecimal():
        return str(_("符合%(many)s项", many=label)) if kind == rules.LADDER else str(_("每一件"))
    return str(_(label)) if label in ("全部符合", "有一项不符合") else label


def _span(label: str, start: datetime, end: datetime, *, exact: bool = False) -> Span:
    now = clock.now().astimezone(start.tzinfo)
    last = formats.moment(end, now, lang()) if exact else formats.day(end, now, lang())
    words = last if start.date() == end.date() else f"{formats.day(start, now, lang())} – {last}"
    return Span(label, words, start, max(start + timedelta(minutes=1), end))


def _latest(label: str, start: datetime, end: datetime, *, known: bool) -> Span:
    now = clock.now().astimezone(start.tzinfo)
    day = formats.day(end, now, lang())
    return Span(label, day if known else str(_("最迟%(day)s", day=day)), min(start, end), end)


def _moment(at: datetime) -> str:
    return formats.moment(at, clock.now().astimezone(at.tzinfo), lang())


def _day(at: datetime | None, zone: ZoneInfo) -> str:
    return _plain(at.astimezone(zone).date()) if at else ""


def _plain(day: date | None) -> str:
    return formats.short_day(day, clock.now(), lang()) if day else ""


def _until(day: date | None) -> str:
    return str(_("到%(day)s", day=_plain(day))) if day else ""


def _end(day: date | None, zone: ZoneInfo) -> datetime:
    assert day is not None
    return datetime.combine(day, time(23, 59), zone)
