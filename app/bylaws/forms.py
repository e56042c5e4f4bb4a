"""A figure of the community's own."""

import re
from datetime import date
from fractions import Fraction
from typing import Any

from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import DataRequired, Length, ValidationError

from app.core.context import EN
from app.core.forms import HouseForm, half_width
from app.core.i18n import _, _l, lang
from app.core.law import LawRow

FIGURE = re.compile(r"\d{1,9}(/[1-9]\d{0,5})?\Z")


def _plain(text: str | None) -> str:
    return half_width(text or "").replace(" ", "")


class RuleForm(HouseForm):
    """Value, first day, article and reason."""

    value: Any = StringField(
        _l("数值"),
        [DataRequired(_l("写上数值，例如15或2/3"))],
        filters=[_plain],
        description=_l("整数，或用斜线写比例，例如2/3"),
    )
    from_day = DateField(_l("从哪一天起"), [DataRequired(_l("选一个日期，最早是明天"))])
    article = StringField(
        _l("依据"),
        [DataRequired(_l("写上依据，例如《梧桐里议事规则》第十二条")), Length(max=120)],
        description=_l("写在哪份文件的哪一条"),
    )
    reason = TextAreaField(_l("理由"), [DataRequired(_l("写上理由，大家都会看到")), Length(max=1000)])

    def validate_value(self, field: Any) -> None:
        """Only whole numbers and fractions."""
        if not FIGURE.match(field.data or ""):
            raise ValidationError(_("写整数或比例，例如15或2/3"))

    @property
    def figure(self) -> Fraction:
        """The value as an exact number."""
        return Fraction(str(self.value.data))

    @property
    def day(self) -> date:
        """The first day."""
        assert self.from_day.data is not None
        return self.from_day.data


class WayForm(RuleForm):
    """One of the ways that a row offers."""

    value: Any = RadioField(_l("怎样办"), [DataRequired(_l("请选一种办法"))], choices=[])


def rule_form(row: LawRow) -> RuleForm:
    """The form for a row: a figure, or one of its ways."""
    if not row.choices:
        figure: RuleForm = RuleForm.from_request()
        return figure
    form: RuleForm = WayForm.from_request(value=str(row.whole))
    words = row.choices_en if lang() == EN and row.choices_en else row.choices
    form.value.choices = [SelectChoice(str(place), word) for place, word in enumerate(words)]
    return form
