"""What is typed about proposals."""

from wtforms import HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import InputRequired, Length, Optional

from app.core.forms import HouseForm
from app.core.i18n import _l, said
from app.core.values import Refusal
from app.proposals import rules


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise ValidationError(said(refusal))


def whole(text: str | None) -> int:
    """A number that the page itself put into a hidden field; anything else is 0."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


class ProposalForm(HouseForm):
    """A proposal: what, why and how, for how much. `seen` is the save or version that this window knows."""

    title = StringField(
        _l("要办什么"),
        description=_l("一句话，别人一看就明白。例如“更换楼道灯和夜间照明”。"),
        render_kw={"autocomplete": "off"},
    )
    body = TextAreaField(
        _l("为什么要办，怎么办"), description=_l("写清地点、做法和好处。第一段会显示在题目下面。最多3000字。")
    )
    budget = StringField(
        _l("大约要花多少钱"),
        [Optional()],
        description=_l("单位是元，例如126000。还不知道就空着。"),
        render_kw={"autocomplete": "off", "inputmode": "decimal"},
    )
    seen = HiddenField()

    def validate_title(self, field: StringField) -> None:
        """4 to 40 signs on one line."""
        _refuse(rules.title_refusal(field.data or ""))

    def validate_body(self, field: TextAreaField) -> None:
        """10 to 3000 signs."""
        _refuse(rules.body_refusal(field.data or ""))

    def validate_budget(self, field: StringField) -> None:
        """An amount, if anything."""
        read = rules.read_budget(field.data or "")
        _refuse(read if isinstance(read, Refusal) else None)

    @property
    def fen(self) -> int | None:
        """The budget in fen."""
        read = rules.read_budget(self.budget.data or "")
        return None if isinstance(read, Refusal) else read


class EnterProposalForm(ProposalForm):
    """A proposal that somebody made at the desk, on the phone or on paper."""

    name = StringField(
        _l("谁提出的"),
        [InputRequired(_l("写上是谁提出的，例如刘奶奶")), Length(max=20, message=_l("名字最多20个字"))],
        description=_l("写称呼就好，例如刘奶奶。全名会显示为“刘**”。"),
    )
    building = StringField(
        _l("住在几号楼"), [Length(max=10, message=_l("楼号最多10个字"))], render_kw={"inputmode": "numeric"}
    )


class ReviseForm(ProposalForm):
    """A new version of a proposal."""

    note = StringField(
        _l("改了什么"),
        [Optional(), Length(max=100, message=_l("最多100个字"))],
        description=_l("一句话，支持过的人会看到。"),
    )


class ReturnForm(HouseForm):
    """Why a proposal is given back, and what to change."""

    reason = TextAreaField(_l("为什么退回"), description=_l("会公开。最多500字。"))
    wish = TextAreaField(_l("要改哪里，怎么改"), description=_l("写得具体，提案人才知道怎么改。最多500字。"))

    def validate_reason(self, field: TextAreaField) -> None:
        """Some words."""
        _refuse(rules.reason_refusal(field.data or ""))

    def validate_wish(self, field: TextAreaField) -> None:
        """Some words."""
        _refuse(rules.reason_refusal(field.data or ""))


class AdmitForm(HouseForm):
    """Who decides in the end; `seen` is the version that the desk has read."""

    owners_matter = SelectField(
        _l("由谁决定"),
        choices=[
            SelectChoice("0", _l("四方联席会议")),
            *(SelectChoice(str(number), _l(words)) for number, words in rules.NINE_MATTERS.items()),
        ],
        description=_l("属于业主共同决定的事项，四方商量以后还要由全体业主投票。"),
    )
    seen = HiddenField()
