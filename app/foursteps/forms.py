"""What is written of each step."""

from typing import Any

from wtforms import DateField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import InputRequired

from app.core.forms import HouseForm
from app.core.i18n import _l
from app.foursteps.rules import CONSULT, MEETINGS, Figures

YES, NO = "yes", "no"


class BeginForm(HouseForm):
    """What the party branch proposes."""

    title = StringField(_l("什么事"), [InputRequired(_l("请写上是什么事"))], description=_l("一句话，2到60个字"))
    text = TextAreaField(
        _l("提议的内容"), [InputRequired(_l("请写上提议的内容"))], description=_l("做什么、为什么、花多少钱")
    )


class TextForm(HouseForm):
    """What is published."""

    text = TextAreaField(_l("公开的内容"), [InputRequired(_l("请写上公开的内容"))])


class ConsultForm(HouseForm):
    """How both committees' consultation ended."""

    held_on = DateField(_l("哪一天商议的"), [InputRequired(_l("请选商议的日期"))])
    agreed = RadioField(
        _l("商议的结果"),
        [InputRequired(_l("请选一项"))],
        choices=[SelectChoice(YES, _l("两委都同意，提交党员大会审议")), SelectChoice(NO, _l("不提交，这件事到此为止"))],
    )
    text = TextAreaField(_l("商议的意见"), [InputRequired(_l("请写上商议的意见"))])


class MeetingForm(HouseForm):
    """A meeting in three numbers and a few words."""

    held_on = DateField(_l("哪一天开的会"), [InputRequired(_l("请选开会的日期"))])
    due = IntegerField(_l("应到人数"), [InputRequired(_l("请写应到人数"))])
    present = IntegerField(_l("实到人数"), [InputRequired(_l("请写实到人数，没有人就写0"))])
    agreed = IntegerField(_l("同意人数"), [InputRequired(_l("请写同意人数，没有人就写0"))])
    text = TextAreaField(_l("会议的意见"), [InputRequired(_l("请写上会议的意见"))])

    @property
    def figures(self) -> Figures:
        """The three numbers."""
        return Figures(self.due.data or 0, self.present.data or 0, self.agreed.data or 0)


def step_form(step: str) -> Any:
    """The form for a step."""
    kind = ConsultForm if step == CONSULT else MeetingForm if step in MEETINGS else TextForm
    return kind.from_request()
