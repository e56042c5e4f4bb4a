"""The structured offer, and taking it back."""

from typing import Any

from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.core.forms import HouseForm
from app.core.i18n import _, _l
from app.procurement import rules
from app.procurement.actions import Offer
from app.procurement.forms.fields import MONEY_KEYS, WRITE_AMOUNT, MoneyField, positive
from app.procurement.forms.tender import TOO_LONG, Checks


class OwnOrganisationForm(HouseForm):
    """In whose name."""

    organisation = SelectField(_l("以哪个机构的名义"), [InputRequired(_l("选一个机构"))], coerce=int)


class BidForm(OwnOrganisationForm):
    """Price, how the work will be done, by whom, and what is declared."""

    price = MoneyField(
        _l("报价（元）"), [DataRequired(WRITE_AMOUNT), positive], render_kw=MONEY_KEYS,
        description=_l("包含完成全部服务的一切费用"),
    )  # fmt: skip
    plan = TextAreaField(
        _l("服务方案"),
        [DataRequired(_l("写上打算怎样做")), Length(max=20_000, message=TOO_LONG)],
        description=_l("对着评分标准一项一项写，评委只看得到这里写的"),
        render_kw={"autocomplete": "off"},
    )
    team = TextAreaField(
        _l("团队和业绩"),
        [DataRequired(_l("写上由谁来做、有什么证书和经验")), Length(max=10_000, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )
    declarations = Checks(_l("声明"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declarations.choices = [(key, _(words)) for key, words in rules.DECLARATIONS.items()]

    def validate_declarations(self, field: Any) -> None:
        """Every declaration is made, or there is no bid."""
        if set(rules.DECLARATIONS) - set(field.data or ()):
            raise ValidationError(_("四项声明都要勾选，缺一项就不能投标"))

    @property
    def offer(self) -> Offer:
        """What is sealed."""
        return Offer(
            self.price.fen, self.plan.data or "", self.team.data or "", tuple(sorted(self.declarations.data or ()))
        )
