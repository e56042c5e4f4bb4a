"""What is typed in a discussion."""

from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import InputRequired, Length

from app.core.context import community
from app.core.forms import HouseForm
from app.core.i18n import _, _l, said
from app.core.values import PARTIES
from app.discussion import rules
from app.discussion.queries import answer_figures


def _choices(words: dict[str, str], keys: tuple[str, ...]) -> list[SelectChoice]:
    return [SelectChoice(key, _l(words[key])) for key in keys]


def _check_text(text: str, most: int) -> None:
    refusal = rules.text_refusal(text, most)
    if refusal:
        raise ValidationError(said(refusal))


class SayForm(HouseForm):
    """A stance and one reason."""

    stance = RadioField(
        _l("您的态度"), [InputRequired(_l("选一个态度"))], choices=_choices(rules.STANCE_WORDS, rules.STANCES)
    )
    body = TextAreaField(_l("理由"), description=_l("一条只说一个理由，别人才好表示“有道理”。最多500字。"))
    asks = SelectField(
        _l("想请哪一方答复"),
        choices=[SelectChoice("", _l("不指定")), *_choices(rules.PARTY_WORDS, PARTIES)],
        default="",
    )

    def __init__(self, *sent: Any, **values: Any) -> None:
        super().__init__(*sent, **values)
        least, days = answer_figures(community().id)
        self.asks.description = _(
            "有%(least)s位居民觉得有道理，这一方就要在%(days)s个工作日内答复。", least=least, days=days
        )

    def validate_body(self, field: TextAreaField) -> None:
        """One reason, of at most 500 signs."""
        _check_text(field.data or "", rules.MOST)


class EnterForm(SayForm):
    """What somebody said at the desk or on the phone."""

    name = StringField(
        _l("谁说的"),
        [InputRequired(_l("写上是谁说的，例如刘奶奶")), Length(max=20, message=_l("名字最多20个字"))],
        description=_l("写称呼就好，例如刘奶奶。全名会显示为“刘**”。"),
    )
    building = StringField(
        _l("住在几号楼"), [Length(max=10, message=_l("楼号最多10个字"))], render_kw={"inputmode": "numeric"}
    )


class ReplyForm(HouseForm):
    """A reply to a reason."""

    reply = TextAreaField(_l("您的回应"), description=_l("最多500字。"))

    def validate_reply(self, field: TextAreaField) -> None:
        """Some words, at most 500 signs."""
        _check_text(field.data or "", rules.MOST)


class AnswerForm(HouseForm):
    """The answer that a party owes."""

    answer = TextAreaField(_l("答复"), description=_l("会公开，署您的称呼和所在的一方。最多1000字。"))

    def validate_answer(self, field: TextAreaField) -> None:
        """Some words, at most 1000 signs."""
        _check_text(field.data or "", rules.MOST_ANSWER)


class AskForm(HouseForm):
    """Which party has to answer."""

    party = SelectField(_l("由哪一方答复"), [InputRequired(_l("选一方"))], choices=_choices(rules.PARTY_WORDS, PARTIES))


class HideForm(HouseForm):
    """Why a comment is withheld."""

    reason = TextAreaField(_l("隐藏的理由"), description=_l("会公开在这条意见的位置上。最多300字。"))

    def validate_reason(self, field: TextAreaField) -> None:
        """A reason that everybody can read."""
        refusal = rules.hiding_refusal(field.data or "", False, False)
        if refusal:
            raise ValidationError(said(refusal))
