"""What is typed at the desk: a code, the number before an option, a reason. Made for two hands on a keyboard."""

import re
from typing import Any

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import InputRequired, Length, Optional

from app.core.forms import HouseForm, half_width
from app.core.i18n import _, _l
from app.voting.rules import VOID, Marks, Terms
from app.voting.rules.terms import INVALID, ONE, RANKING, SCORE

STANDS = "stands"
NINE = 9
NOTHING = "0"
_ONLY = re.compile(r"[0-9\s,;、，；.=:+]*")
_SIGN, _BETWEEN = re.compile(r"\s*[=:]\s*"), re.compile(r"[\s,;、，；.]+")
_POINTS = re.compile(r"([0-9]+)=([0-9]+)")
_KEYBOARD: dict[str, Any] = {"autocomplete": "off", "autofocus": True, "spellcheck": "false"}


def typed_keys(terms: Terms) -> list[tuple[str, str]]:
    """The number before each option, and 0 for an invalid ballot: what is typed and the option's key."""
    return [*((str(place), option.key) for place, option in enumerate(terms.options, 1)), (NOTHING, INVALID)]


def typed_marks(terms: Terms, typed: str) -> Marks | None:
    """What somebody typed, as marks of a ballot: `2`; `1 3`, or `13` where there are at most nine; `1=5 3=2` for points.

    None for what cannot be read. In a ranking the order is that of typing. Full-width digits are taken.
    """
    text = half_width(typed).strip()
    if not text or not _ONLY.fullmatch(text):
        return None
    if text == NOTHING:
        return INVALID
    known = dict(typed_keys(terms)[:-1])
    if terms.selection == SCORE:
        pairs = [_POINTS.fullmatch(pair) for pair in _BETWEEN.split(_SIGN.sub("=", text)) if pair]
        points = {known.get(pair[1], ""): int(pair[2][:6]) for pair in pairs if pair}
        # Half of what was typed, or the last of two for one option, would be another ballot.
        return points if points and len(points) == len(pairs) and "" not in points else None
    places = re.findall(r"[0-9]+", text)
    if len(places) == 1 and terms.selection != ONE and len(known) <= NINE:
        places = list(places[0])
    if "=" in text or any(place not in known for place in places) or len(set(places)) < len(places):
        return None
    keys = [known[place] for place in places]
    return keys[0] if terms.selection == ONE and len(keys) == 1 else keys


def unread(terms: Terms) -> str:
    """What is said of something typed that is no mark of a ballot of this kind."""
    if terms.selection == SCORE:
        return _("请写成1=5 3=2：等号前是选项前面的数字，后面是分数，每项只写一次。无效票输入0。")
    if terms.selection == RANKING:
        return _("请从第一位起，依次输入选项前面的数字，每个只写一次，例如2 1 3。无效票输入0。")
    return _("请输入选项前面的数字，无效票输入0。")


class ReceiveForm(HouseForm):
    """A ballot that is handed in: how it came, and the code on it or whose it is."""

    channel = RadioField(_l("怎么来的"), [InputRequired(_l("请选一种"))], choices=[])
    typed = StringField(
        _l("扫码，或输入选票码、房号"),
        [
            InputRequired(_l("请扫码，或输入选票码、房号")),
            Length(max=200, message=_l("太长了，请只输入一个码或一个房号")),
        ],
        description=_l("扫完自动收下；手工输入后按回车。例如1-2-301。"),
        render_kw={**_KEYBOARD, "autocapitalize": "characters"},
    )


class FindForm(HouseForm):
    """Which ballot somebody has in hand."""

    find = StringField(
        _l("手上是另一张：选票码、房号或收件号"), render_kw={"autocomplete": "off", "spellcheck": "false"}
    )


class TypeForm(HouseForm):
    """What is marked on the ballot of a number."""

    number = HiddenField()
    marks = StringField(_l("票上勾的是几号"), render_kw={**_KEYBOARD, "inputmode": "numeric"})


class ReasonForm(HouseForm):
    """Why something is taken back or made void."""

    reason = StringField(_l("理由"), [InputRequired(_l("请写明理由")), Length(max=500, message=_l("最多500个字"))])


class TakeForm(HouseForm):
    """Which ballot was refused by mistake, and why it was one."""

    typed = StringField(
        _l("正确的选票码或房号"),
        [InputRequired(_l("请扫码，或输入选票码、房号"))],
        description=_l("对着票再看一遍。例如1-2-301。"),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    reason = StringField(
        _l("为什么拒收错了"),
        [InputRequired(_l("请写明理由")), Length(max=500, message=_l("最多500个字"))],
        id="take-reason",
    )


class SettleForm(HouseForm):
    """What the third person sees on the ballot, and why."""

    marks = StringField(_l("票上勾的是几号"), render_kw={"autocomplete": "off", "inputmode": "numeric"})
    reason = TextAreaField(
        _l("为什么这样裁定"),
        [InputRequired(_l("请写明为什么")), Length(max=500, message=_l("最多500个字"))],
        id="settle-reason",
    )


class WeighForm(HouseForm):
    """Whether a proxy's ballot that differs from the mandate stands, and why."""

    verdict = RadioField(
        _l("和委托书核对"),
        [InputRequired(_l("请选一种"))],
        choices=[
            SelectChoice(VOID, _l("作废"), {"note": _l("受托人没有照委托书投")}),
            SelectChoice(STANDS, _l("照算"), {"note": _l("登记错了，票和委托书的原件一致")}),
        ],
    )
    weighed = StringField(
        _l("为什么这样裁定"), [InputRequired(_l("请写明为什么")), Length(max=500, message=_l("最多500个字"))]
    )


class MandateForm(HouseForm):
    """Who votes for a unit by a written mandate, and how, where it says so."""

    typed = StringField(
        _l("委托的是哪一户"),
        [InputRequired(_l("请写上是哪一户"))],
        description=_l("选票码或房号，例如1-2-301。"),
        render_kw={"autocomplete": "off"},
    )
    name = StringField(_l("受托人姓名"), [InputRequired(_l("请写上姓名")), Length(max=60, message=_l("最多60个字"))])
    phone = StringField(
        _l("受托人手机"),
        [Length(max=40, message=_l("最多40个字"))],
        description=_l("名册里有这个姓名和手机的，可以登录后代投；别人到服务台交票。"),
        render_kw={"autocomplete": "off", "inputmode": "tel"},
    )
    instruction = RadioField(_l("委托书有没有写明怎么投"), default="", choices=[])
    told = StringField(
        _l("委托书写明怎么投的，照着输入"),
        [Optional(), Length(max=200, message=_l("太长了，请只输入选项前面的数字"))],
        render_kw={"autocomplete": "off", "spellcheck": "false", "inputmode": "text"},
    )

    def told_marks(self, terms: Terms) -> Marks | None:
        """How the mandate says to vote, or None where it leaves that free; what cannot be read is an error of its field."""
        if terms.selection == ONE:
            return self.instruction.data or None
        typed = (self.told.data or "").strip()
        found = typed_marks(terms, typed) if typed else None
        if found == INVALID:
            self.told.errors = [*self.told.errors, _("委托书不能写明投无效票。没有写明就空着。")]
        elif typed and found is None:
            self.told.errors = [*self.told.errors, unread(terms)]
        return found


def phone_of(form: MandateForm) -> str:
    """A telephone number as the register keeps it: its digits alone."""
    return re.sub(r"[^0-9+]", "", half_width(form.phone.data or ""))


def channel_choices(channels: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Ways of coming in, in the reader's words."""
    return [(key, _(word)) for key, word in channels]
