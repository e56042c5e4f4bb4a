"""A figure of the community's own, and days of its own."""

import re
from datetime import date
from fractions import Fraction
from typing import Any

from wtforms import BooleanField, DateField, RadioField, StringField, TextAreaField
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


class DaysForm(HouseForm):
    """From which day to which people rest or work, by which document, and why."""

    works: Any = RadioField(
        _l("放假还是上班"),
        [DataRequired(_l("选放假或者上班"))],
        choices=[
            SelectChoice("no", _l("放假"), {"note": _l("平时上班的日子不上班")}),
            SelectChoice("yes", _l("上班"), {"note": _l("周末或者节假日补班")}),
        ],
    )
    first = DateField(_l("第一天"), [DataRequired(_l("选第一天，最早是明天"))])
    last = DateField(_l("最后一天"), [DataRequired(_l("选最后一天；只有一天的，和第一天一样"))])
    article = StringField(
        _l("依据"),
        [DataRequired(_l("写上依据，例如国务院办公厅或者区政府的通知")), Length(max=120)],
        description=_l("哪份通知定的，写上名称和文号"),
    )
    reason = TextAreaField(_l("理由"), [DataRequired(_l("写上理由，大家都会看到")), Length(max=1000)])
    whole_year = BooleanField(
        _l("写上这几天，那一年的放假安排就齐了"),
        description=_l("只在那一年全国的安排还没收进本站时才选：选了以后，期限不再标“暂定”"),
    )

    @property
    def span(self) -> tuple[date, date]:
        """First and last day."""
        assert self.first.data is not None, "the form was sent well"
        assert self.last.data is not None, "the form was sent well"
        return self.first.data, self.last.data
