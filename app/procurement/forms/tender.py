"""Writing a tender down, asking about it, answering."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import HouseForm
from app.core.i18n import _, _l
from app.core.words import N_
from app.procurement import rules
from app.procurement.actions import TenderDraft
from app.procurement.forms.fields import (
    MONEY_KEYS,
    WRITE_AMOUNT,
    MoneyField,
    PointsField,
    positive,
    read_hundredths,
    write_fen,
)
from app.procurement.models import Tender, TenderCriterion

ROWS, SPARE, MOST_ROWS = 5, 2, 15
METHODS = (rules.OPEN, rules.CONSULTATION)
LINE = re.compile(r"(.+?)\s*[=＝]\s*([^=＝]+)\Z")
TOO_LONG = _l("太长了，请删到%(max)d个字以内")


class Checks(SelectMultipleField):
    """Several of a few, as boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def read_lines(text: str) -> list[rules.Step]:
    """Steps of a scale, one a line: what is met = points. Raises ValidationError naming the line."""
    found = []
    for number, line in enumerate(filter(None, (line.strip() for line in text.splitlines())), start=1):
        match = LINE.match(line)
        points = read_hundredths(match[2]) if match else None
        if match is None or points is None:
            raise ValidationError(_("第%(number)s行写成“达到什么=几分”，例如：有社工证=5", number=number))
        found.append(rules.Step(match[1].strip(), points))
    return found


class CriterionForm(Form):
    """One factor: name, points, who gives them, and one line for each step."""

    Meta = HouseForm.Meta

    name = StringField(_l("评什么"), [Length(max=120, message=TOO_LONG)])
    points = PointsField(_l("分值"), render_kw={"inputmode": "decimal", "autocomplete": "off"})
    kind = SelectField(_l("谁来给分"))
    scale = SelectField(_l("怎样给分"))
    lines = TextAreaField(
        _l("给分标准"),
        [Length(max=3000, message=TOO_LONG)],
        description=_l("一行一档，写成“达到什么=几分”，例如：有社工证=5"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind, _(rules.KINDS[kind])) for kind in (rules.JUDGED, rules.OBJECTIVE)]
        self.scale.choices = [(kind, _(words)) for kind, words in rules.SCALES.items()]

    @property
    def empty(self) -> bool:
        """Whether nothing was written here."""
        return not (self.name.data or self.points.data or self.lines.data)

    def validate_name(self, field: Any) -> None:
        """A factor that is written has a name."""
        if not self.empty and not field.data:
            raise ValidationError(_("写上这一项评什么"))

    def validate_points(self, field: Any) -> None:
        """A factor that is written has points."""
        if not self.empty and not field.data:
            raise ValidationError(_("写上这一项的分值"))

    def validate_lines(self, field: Any) -> None:
        """Every factor is quantified: its steps are written down."""
        if not self.empty and not read_lines(field.data or ""):
            raise ValidationError(_("写上给分标准，一行一档"))

    @property
    def criterion(self) -> rules.Criterion:
        """The factor as rules see it."""
        steps = tuple(read_lines(str(self.lines.data or "")))
        cap = self.points.hundredths if self.scale.data == rules.PER_ITEM else 0
        scale = rules.Scale(str(self.scale.data), steps, cap)
        return rules.Criterion(str(self.name.data), self.points.hundredths, str(self.kind.data), "", (scale,))


class TenderForm(HouseForm):
    """What is bought, how, for how much, until when, and how bids are scored."""

    title = StringField(
        _l("买什么"),
        [DataRequired(_l("写上要买什么，例如：2027年独居老人助餐服务")), Length(max=200, message=TOO_LONG)],
        description=_l("用事情本身做标题"),
    )
    summary = TextAreaField(
        _l("一句话说明"), [DataRequired(_l("用一两句话说明买什么、为谁买")), Length(max=400, message=TOO_LONG)]
    )
    beneficiaries = StringField(_l("为谁买"), [Optional(), Length(max=200, message=TOO_LONG)])
    requirements = TextAreaField(
        _l("服务要求"), [DataRequired(_l("写上服务的内容、次数和质量")), Length(max=20_000, message=TOO_LONG)]
    )
    buyer = StringField(_l("采购人"), [DataRequired(_l("写上由谁来买")), Length(max=120, message=TOO_LONG)])
    method = RadioField(_l("采购方式"), [InputRequired(_l("选一种采购方式"))])
    category = RadioField(_l("买的是"), [InputRequired(_l("选服务或货物"))], default=rules.SERVICES)
    ceiling = MoneyField(
        _l("最高限价（元）"), [DataRequired(WRITE_AMOUNT), positive], render_kw=MONEY_KEYS,
        description=_l("不能超过决议授权的金额；法律不允许设最低限价"),
    )  # fmt: skip
    deadline_on = DateField(_l("哪一天截止"), [InputRequired(_l("选截止的日期"))])
    deadline_at = TimeField(_l("几点截止"), [InputRequired(_l("选截止的时间"))])
    term_months = IntegerField(
        _l("服务期（月）"),
        [InputRequired(_l("写上几个月，例如12")), NumberRange(1, 60, _l("服务期写1到60个月"))],
        description=_l("一般不超过12个月"),
    )
    term_from = DateField(_l("服务从哪一天开始"), [Optional()])
    long_grounds = Checks(_l("服务期超过一年的理由，最长三年，三条都要符合"))
    qualifications = TextAreaField(
        _l("参加的条件"),
        [Optional(), Length(max=4000, message=TOO_LONG)],
        description=_l("一行一条。不能要求注册资本、营业额、人数，也不能要求是本地机构"),
    )
    bid_bond = MoneyField(
        _l("投标保证金（元）"), [Optional()], render_kw=MONEY_KEYS, description=_l("不超过预算的2%，最好不收")
    )
    performance_bond = PointsField(
        _l("履约保证金（合同金额的百分之几）"), [Optional()], render_kw=MONEY_KEYS, description=_l("不超过10%")
    )
    payment = TextAreaField(_l("怎样付款"), [Optional(), Length(max=2000, message=TOO_LONG)])
    acceptance = TextAreaField(_l("怎样验收和评价"), [Optional(), Length(max=2000, message=TOO_LONG)])
    demanding = BooleanField(_l("技术复杂或者社会影响大，评审小组要7人以上"))
    price_points = PointsField(
        _l("价格占多少分"),
        [DataRequired(_l("写上价格的分值，服务不少于10分"))],
        description=_l("按公式计算：最低有效报价÷报价×分值"),
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )
    criteria = FieldList(FormField(CriterionForm), min_entries=ROWS, max_entries=MOST_ROWS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.method.choices = [(method, _(rules.METHODS[method])) for method in METHODS]
        self.category.choices = [(category, _(words)) for category, words in rules.CATEGORIES.items()]
        self.long_grounds.choices = [(ground, _(words)) for ground, words in rules.LONG_GROUNDS.items()]

    def validate_criteria(self, field: Any) -> None:
        """At least one factor beside the price."""
        if all(entry.form.empty for entry in field.entries):
            raise ValidationError(_("除了价格，至少要写一项评分因素"))

    def deadline(self, zone: ZoneInfo) -> datetime:
        """The deadline on the community's wall clock."""
        assert self.deadline_on.data is not None
        assert self.deadline_at.data is not None
        return datetime.combine(self.deadline_on.data, self.deadline_at.data, zone)

    def draft(self, zone: ZoneInfo) -> TenderDraft:
        """What was written, as the action takes it."""
        price = rules.Criterion(N_("价格"), self.price_points.hundredths, rules.PRICE, "price")
        factors = tuple(entry.form.criterion for entry in self.criteria.entries if not entry.form.empty)
        return TenderDraft(
            title=self.title.data or "",
            summary=self.summary.data or "",
            requirements=self.requirements.data or "",
            beneficiaries=self.beneficiaries.data or "",
            buyer=self.buyer.data or "",
            method=str(self.method.data),
            category=str(self.category.data),
            ceiling=self.ceiling.fen,
            deadline=self.deadline(zone),
            criteria=(*factors, price),
            bid_bond=self.bid_bond.fen,
            performance_bond=self.performance_bond.hundredths,
            qualifications=tuple(
                filter(None, (line.strip() for line in (self.qualifications.data or "").splitlines()))
            ),
            payment=self.payment.data or "",
            acceptance=self.acceptance.data or "",
            term_months=self.term_months.data or 12,
            term_from=self.term_from.data,
            long_grounds=tuple(self.long_grounds.data or ()),
            demanding=bool(self.demanding.data),
        )


def typed_tender(row: Tender, criteria: list[TenderCriterion], zone: ZoneInfo) -> dict[str, Any]:
    """A draft as it stands in the form."""
    due = row.deadline.astimezone(zone)
    factors = [one for one in criteria if one.kind != rules.PRICE]
    price = next((one.points for one in criteria if one.kind == rules.PRICE), 0)
    empty: dict[str, Any] = {}
    return {
        "title": row.title,
        "summary": row.summary,
        "requirements": row.requirements,
        "beneficiaries": row.beneficiaries,
        "buyer": row.buyer,
        "method": row.method,
        "category": row.category,
        "ceiling": write_fen(row.ceiling),
        "deadline_on": due.date(),
        "deadline_at": due.time(),
        "term_months": row.term_months,
        "term_from": row.term_from,
        "long_grounds": row.long_grounds,
        "qualifications": "\n".join(row.qualifications),
        "bid_bond": write_fen(row.bid_bond) if row.bid_bond else "",
        "performance_bond": rules.points(row.performance_bond) if row.performance_bond else "",
        "payment": row.payment,
        "acceptance": row.acceptance,
        "demanding": row.demanding,
        "price_points": rules.points(price),
        "criteria": [*(_typed_criterion(one) for one in factors), *[empty] * SPARE],
    }


def _typed_criterion(row: TenderCriterion) -> dict[str, Any]:
    scale: dict[str, Any] = row.scales[0] if row.scales else {"kind": rules.CHOICE, "steps": []}
    return {
        "name": row.name,
        "points": rules.points(row.points),
        "kind": row.kind,
        "scale": scale["kind"],
        "lines": "\n".join(f"{label}={rules.points(points)}" for label, points in scale["steps"]),
    }


class QuestionForm(HouseForm):
    """A question about a tender, in the name of an organisation that nobody else learns."""

    organisation = SelectField(_l("以哪个机构的名义"), coerce=int)
    text = TextAreaField(
        _l("您的问题"),
        [DataRequired(_l("写上您的问题")), Length(max=2000, message=TOO_LONG)],
        description=_l("大家都会看到问题和答复，但不会看到是谁问的。请不要写机构名称和报价"),
    )


class AnswerForm(HouseForm):
    """The answer to all, and whether it changes what bidders write."""

    text = TextAreaField(_l("答复"), [DataRequired(_l("写上答复")), Length(max=4000, message=TOO_LONG)])
    affects = RadioField(_l("会不会影响编制标书"), [InputRequired(_l("选一项"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.affects.choices = [("no", _("不影响")), ("yes", _("会影响，离截止太近的，截止时间自动顺延"))]
