"""Examining, appointing, declaring, scoring, deciding, signing, accepting."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import DateField, FieldList, Form, FormField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.core.forms import HouseForm
from app.core.i18n import _, _l, said
from app.procurement import rules
from app.procurement.forms.fields import MONEY_KEYS, MoneyField, PointsField
from app.procurement.forms.tender import TOO_LONG, Checks
from app.procurement.models import TenderCriterion

CHOOSE = _l("选一项")
STEPS, MOST_STEPS = 6, 24


class StepForm(HouseForm):
    """A step that only has to be confirmed."""


class QualifyForm(HouseForm):
    """Qualified or not, and why not."""

    qualified = RadioField(_l("资格审查"), [InputRequired(CHOOSE)])
    reason = TextAreaField(
        _l("理由"), [Length(max=1000, message=TOO_LONG)], description=_l("不合格的必须写明，结果公布时会告诉投标人")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.qualified.choices = [("yes", _("合格")), ("no", _("不合格"))]


class PanelForm(HouseForm):
    """Who sits on the panel, and who is in the chair."""

    experts = Checks(_l("评审专家"), coerce=int)
    buyers = Checks(_l("采购人代表"), coerce=int)
    chair = SelectField(
        _l("组长"), [InputRequired(_l("选一位组长"))], coerce=int, description=_l("采购人代表不能当组长")
    )

    def offer(self, experts: Mapping[int, str], buyers: Mapping[int, str]) -> None:
        """The people from whom to choose."""
        self.experts.choices = list(experts.items())
        self.buyers.choices = list(buyers.items())
        self.chair.choices = [*experts.items(), *((key, name) for key, name in buyers.items() if key not in experts)]

    @property
    def seats(self) -> list[rules.PanelSeat]:
        """The panel as rules see it."""
        chosen = [(account_id, rules.EXPERT) for account_id in self.experts.data or ()]
        chosen += [(account_id, rules.BUYER) for account_id in self.buyers.data or ()]
        return [rules.PanelSeat(account_id, kind, account_id == self.chair.data) for account_id, kind in chosen]


class DeclarationForm(HouseForm):
    """Whether there is a conflict of interest."""

    conflicted = RadioField(_l("您和这些投标人有没有利害关系"), [InputRequired(CHOOSE)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicted.choices = [
            (
                "no",
                _("没有"),
                {"note": _("三年内没有在投标人那里任职，和他们的负责人不是亲属，没有别的影响公正的关系")},
            ),
            ("yes", _("有，我要回避"), {"note": _("会换另一位评委，不影响您的声誉")}),
        ]


class ScoreForm(HouseForm):
    """Points for one bid: a field for each factor; made by `score_form`."""

    reason = SelectField(_l("改正的原因"), description=_l("评分已经提交，只有这四种情况可以改"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [("", _("请选择")), *((key, _(words)) for key, words in rules.REASONS.items())]

    @property
    def why(self) -> str:
        """The reason for which points change after they were handed in."""
        return str(self.reason.data or "") if "reason" in self else ""

    def given(self) -> dict[int, int]:
        """Points by factor, in 0.01 point."""
        return {
            int(name.removeprefix("c")): field.hundredths
            for name, field in self._fields.items()
            if isinstance(field, PointsField) and field.data
        }


def score_form(factors: Sequence[TenderCriterion], values: Mapping[str, Any], *, submitted: bool) -> Any:
    """The form for the points of one bid: one field a factor, the price left out; a reason once they were handed in."""
    fields = {
        f"c{row.id}": PointsField(
            row.name,
            [DataRequired(_l("写上得分，没有就写0")), _within(row)],
            render_kw={"inputmode": "decimal", "autocomplete": "off"},
        )
        for row in factors
        if row.kind != rules.PRICE
    }
    made: Any = type("ScoreFormOfBid", (ScoreForm,), fields)
    form = made.from_request(**values)
    if not submitted:
        del form.reason
    return form


def _within(row: TenderCriterion) -> Any:
    factor = rules.Criterion(row.name, row.points, row.kind)

    def check(_form: Any, field: Any) -> None:
        refusal = rules.score_refusal(factor, field.hundredths)
        if refusal is not None:
            raise ValidationError(said(refusal))

    return check


class AwardForm(HouseForm):
    """Who wins; why, where several rank first."""

    position = RadioField(_l("中标人"), [InputRequired(_l("选中标人"))], coerce=int)
    reason = TextAreaField(
        _l("理由"), [Length(max=1000, message=TOO_LONG)], description=_l("有并列第一的，写明按什么办法选定")
    )


class MilestoneForm(Form):
    """One step of a contract."""

    Meta = HouseForm.Meta

    title = StringField(_l("交付什么"), [Length(max=120, message=TOO_LONG)])
    due = DateField(_l("哪一天前"), [InputRequired(_l("选日期"))])
    amount = MoneyField(_l("付多少（元）"), render_kw=MONEY_KEYS)

    @property
    def empty(self) -> bool:
        """Whether nothing was written here."""
        return not (self.title.data or self.amount.data or (self.due.raw_data and self.due.raw_data[0]))

    def validate(self, extra_validators: Any = None) -> bool:
        """An empty line is no line."""
        if self.empty:
            return True
        good = super().validate(extra_validators)
        if not self.title.data:
            self.title.errors = [_("写上交付什么")]
            good = False
        if not self.amount.data:
            self.amount.errors = [_("写上付多少，不付的写0")]
            good = False
        return good


class ContractForm(HouseForm):
    """From when to when, and the steps by which it is delivered and paid."""

    starts_on = DateField(_l("从哪一天开始"), [InputRequired(_l("选开始的日期"))])
    ends_on = DateField(_l("到哪一天结束"), [InputRequired(_l("选结束的日期"))])
    milestones = FieldList(FormField(MilestoneForm), min_entries=STEPS, max_entries=MOST_STEPS)

    @property
    def steps(self) -> list[rules.Milestone]:
        """The steps as rules see them."""
        return [
            rules.Milestone(str(entry.form.title.data), entry.form.due.data, entry.form.amount.fen)
            for entry in self.milestones.entries
            if entry.form.due.data is not None and not entry.form.empty
        ]


class AcceptForm(HouseForm):
    """What was found when a step was accepted."""

    note = TextAreaField(_l("验收情况"), [DataRequired(_l("写上验收时看到了什么")), Length(max=1000, message=TOO_LONG)])
