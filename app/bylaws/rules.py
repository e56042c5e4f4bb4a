"""A community may tighten a row of law, never loosen one that stands in the law; and it may set days of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from app.core.law import LawRow
from app.core.values import Refusal
from app.core.words import N_
from app.core.workdays import DAY, Workdays

AT_LEAST, AT_MOST = (">=", ">"), ("<=", "<")


def tighter(row: LawRow, value: Fraction) -> bool:
    """Whether a value is at least as strict as the row's own, seen from the side that the row protects."""
    if row.relation in AT_LEAST:
        return value >= row.value
    if row.relation in AT_MOST:
        return value <= row.value
    return value == row.value


def fixed_refusal(row: LawRow) -> Refusal | None:
    """Where the law says "exactly", as of the time in which a court may be asked, a community has no figure of its own."""
    if row.confidence != "C" or row.relation in (*AT_LEAST, *AT_MOST):
        return None
    return Refusal(N_("这是法律定死的数，社区不能另定。"), article=row.article)


def override_refusal(row: LawRow, value: Fraction, from_day: date, today: date) -> Refusal | None:
    """A published override begins tomorrow at the earliest, is not negative, and never loosens a row of law itself.

    Where the row offers ways of doing things, it is one of them.
    """
    fixed = fixed_refusal(row)
    if fixed is not None:
        return fixed
    if value < 0:
        return Refusal(N_("数值不能是负数。"), article=row.article)
    if row.choices and (value.denominator != 1 or value >= len(row.choices)):
        return Refusal(N_("这一条只能从写明的几种办法里选。"), article=row.article)
    if row.value <= 1 and row.value.denominator != 1 and value > 1:
        return Refusal(N_("这一条是比例，不能超过1。"), article=row.article)
    if row.confidence == "C" and not tighter(row, value):
        return Refusal(
            N_("法律写的是%(law)s，本社区只能定得更严，不能更松。"), {"law": str(row.value)}, article=row.article
        )
    if from_day <= today:
        return Refusal(N_("先公布，后生效：最早从%(day)s起。"), {"day": today + timedelta(days=1)})
    return None


LONGEST_SPAN = 31
YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row that are other than the weekday says; `own` where the community itself said so."""

    first: date
    last: date
    works: bool
    own: bool


def days_refusal(
    first: date, last: date, works: bool, today: date, calendar: Workdays, whole_year: bool = False
) -> Refusal | None:
    """Days of one's own begin tomorrow at the earliest, lie within sight, and change something.

    With `whole_year` they complete the plan of a year that nobody has told yet, and may repeat what was guessed of it.

    Terms that were reckoned before stay as they were told, so that nobody's deadline moves behind their back.
    """
    if last < first:
        return Refusal(N_("最后一天不能早于第一天。"))
    if first <= today:
        return Refusal(N_("先公布，后生效：最早从%(day)s起。"), {"day": today + DAY})
    furthest = date(today.year + YEARS_AHEAD, 12, 31)
    if last > furthest:
        return Refusal(N_("太远了，最晚写到%(day)s。"), {"day": furthest})
    if (last - first).days >= LONGEST_SPAN:
        return Refusal(N_("一次最多写%(most)s天，更长的请分几次公布。"), {"most": LONGEST_SPAN})
    if whole_year:
        return _whole_year_refusal(first, last, calendar)
    if all(calendar.is_workday(day) == works for day in _days(first, last)):
        return Refusal(N_("这几天本来就上班，不用另外公布。") if works else N_("这几天本来就放假，不用另外公布。"))
    return None


def _whole_year_refusal(first: date, last: date, calendar: Workdays) -> Refusal | None:
    if first.year != last.year:
        return Refusal(N_("说明全年安排齐全的，请只写同一年的日子。"))
    if not calendar.provisional(first, last):
        return Refusal(N_("%(year)s年的放假安排已经有了，不用再说明。"), {"year": str(first.year)})
    return None


def days_withdrawal_refusal(first: date, withdrawn: bool, today: date) -> Refusal | None:
    """What was published may be withdrawn before it begins."""
    if withdrawn:
        return Refusal(N_("这一条已经撤回了。"))
    return Refusal(N_("这几天已经开始，不能撤回。要改后面的日子，请另外公布。")) if first <= today else None


def _days(first: date, last: date) -> Iterator[date]:
    return (first + count * DAY for count in range((last - first).days + 1))


def runs(calendar: Workdays, first: date, last: date) -> list[Run]:
    """The days from one to another on which people rest in the week or work at its end; a weekend within is passed over."""
    found: list[Run] = []
    for day in _days(first, last):
        works = calendar.is_workday(day)
        if works == (day.weekday() < 5):
            continue
        one = Run(day, day, works, day in calendar.overrides)
        before = found[-1] if found else None
        if before and (before.works, before.own) == (one.works, one.own) and _close(calendar, before.last, day):
            found[-1] = replace(before, last=day)
        else:
            found.append(one)
    return found


def _close(calendar: Workdays, before: date, day: date) -> bool:
    """Whether nothing but days off lies between two days."""
    return not any(calendar.is_workday(one) for one in _days(before + DAY, day - DAY))
