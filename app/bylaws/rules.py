"""A community may tighten a row of law, never loosen one that stands in the law."""

from datetime import date, timedelta
from fractions import Fraction

from app.core.law import LawRow
from app.core.values import Refusal
from app.core.words import N_

AT_LEAST, AT_MOST = (">=", ">"), ("<=", "<")


def tighter(row: LawRow, value: Fraction) -> bool:
    """Whether a value is at least as strict as the row's own, seen from the side that the row protects."""
    if row.relation in AT_LEAST:
        return value >= row.value
    if row.relation in AT_MOST:
        return value <= row.value
    return value == row.value


def override_refusal(row: LawRow, value: Fraction, from_day: date, today: date) -> Refusal | None:
    """A published override begins tomorrow at the earliest, is not negative, and never loosens a row of law itself.

    Where the row offers ways of doing things, it is one of them.
    """
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
