"""Reading amounts, points and percentages as people type them."""

import re
from decimal import Decimal
from typing import Any

from wtforms import StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from app.core.formats import read_fen
from app.core.forms import half_width
from app.core.i18n import _, _l

POINTS = re.compile(r"\d{1,3}(?:\.\d{1,2})?\Z", re.ASCII)
MOST = 10**14


def read_hundredths(typed: str) -> int | None:
    """A number with at most two decimals in hundredths; None for anything else."""
    plain = re.sub(r"[\s%分]", "", half_width(typed))
    return int(Decimal(plain) * 100) if POINTS.match(plain) else None


def write_fen(fen: int | None) -> str:
    """Fen as they stand in a field: 286000.00, or nothing."""
    return "" if fen is None else f"{fen // 100}.{fen % 100:02d}"


class MoneyField(StringField):
    """An amount in yuan; `fen` is what was meant, 0 where nothing was written."""

    @property
    def fen(self) -> int:
        """The amount in fen."""
        return read_fen(str(self.data or "")) or 0

    def pre_validate(self, form: BaseForm) -> None:
        """Say what an amount looks like."""
        typed = str(self.data or "")
        if not typed:
            return
        if typed.lstrip().startswith(("-", "－", "—")):
            raise ValidationError(_("金额不能是负数"))
        amount = read_fen(typed)
        if amount is None:
            raise ValidationError(_("金额写成数字，最多两位小数，例如286000.00"))
        if amount > MOST:
            raise ValidationError(_("金额太大了，请核对是不是多写了几个0"))


class PointsField(StringField):
    """Points or a percentage with at most two decimals; `hundredths` is what was meant."""

    @property
    def hundredths(self) -> int:
        """The number in hundredths."""
        return read_hundredths(str(self.data or "")) or 0

    def pre_validate(self, form: BaseForm) -> None:
        """Say what such a number looks like."""
        if self.data and read_hundredths(str(self.data)) is None:
            raise ValidationError(_("写成数字，最多两位小数，例如15或7.5"))


def positive(_form: Any, field: Any) -> None:
    """An amount of nothing is no amount."""
    if not field.errors and field.fen <= 0:
        raise ValidationError(_("金额要大于0元"))


WRITE_AMOUNT = _l("写上金额，例如286000.00")
MONEY_KEYS = {"inputmode": "decimal", "autocomplete": "off"}
