"""What an owner says against the roll or the vote, what the desk answers, and who asks for an assembly."""

from typing import Any

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import InputRequired, ValidationError

from app.assemblies.rules import OWNERS, RESIDENTS, kinds_of
from app.core.forms import HouseForm, half_width
from app.core.i18n import _, _l


def _plain(text: str | None) -> str:
    return half_width(text or "").replace(" ", "").replace("m²", "").replace("平方米", "")


class CorrectionForm(HouseForm):
    """Which line, what is wrong with it, and why."""

    key = StringField(_l("房号"), [InputRequired(_l("写房号，例如1-1-101"))], filters=[_plain])
    kind = RadioField(_l("哪里不对"), [InputRequired(_l("请选一项再继续"))], choices=[])
    area = StringField(_l("正确的面积（平方米）"), filters=[_plain], description=_l("面积不对的才填，例如89.50"))
    reason = TextAreaField(
        _l("理由"), [InputRequired(_l("写上理由"))], description=_l("写明凭什么，例如：房产证上写的是89.50")
    )

    def offer(self, electorate: str) -> None:
        """What may be wrong with a roll of owners, or of residents, in the reader's words."""
        self.kind.choices = [SelectChoice(key, _(words)) for key, words in kinds_of(electorate).items()]
        if electorate != OWNERS:
            del self.area
            self.reason.description = _("写明凭什么，例如：去年九月搬来，租房合同在服务台登记过")

    def validate_area(self, field: Any) -> None:
        """Square metres with at most two places."""
        if field.data and self.hundredths is None:
            raise ValidationError(_("写面积，最多两位小数，例如89.50"))

    @property
    def hundredths(self) -> int | None:
        """The area in 0.01 m²."""
        if "area" not in self:
            return None
        whole, _dot, places = str(self.area.data or "").partition(".")
        if not whole.isascii() or not whole.isdigit() or len(whole) > 7 or len(places) > 2:
            return None
        return int(whole) * 100 + int(places.ljust(2, "0")) if not places or places.isdigit() else None


class AnswerForm(HouseForm):
    """Yes or no, and the reason."""

    number = HiddenField()
    verdict = RadioField(
        _l("答复"),
        [InputRequired(_l("请选一项再继续"))],
        choices=[SelectChoice("yes", _l("接受")), SelectChoice("no", _l("不接受"))],
    )
    answer = TextAreaField(_l("说明"), [InputRequired(_l("写上说明"))])


class ObjectionForm(HouseForm):
    """What is wrong, and with which line."""

    key = StringField(_l("房号"), filters=[_plain], description=_l("对整个投票的异议，这里空着"))
    reason = TextAreaField(
        _l("异议"),
        [InputRequired(_l("写上您的异议"))],
        description=_l("会公开，请不要写姓名、电话"),
    )


class RequestForm(HouseForm):
    """Who shall be called, and what for."""

    electorate = RadioField(
        _l("召开什么会议"),
        [InputRequired(_l("请选一项再继续"))],
        choices=[SelectChoice(OWNERS, _l("业主大会")), SelectChoice(RESIDENTS, _l("居民会议"))],
    )
    title = StringField(_l("要商量什么事"), [InputRequired(_l("写上要商量的事"))])
    reason = TextAreaField(_l("为什么"), [InputRequired(_l("写上理由"))])
