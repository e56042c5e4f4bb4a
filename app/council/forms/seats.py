"""Adding a seat, appointing to it, ending a term."""

from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.forms import HouseForm, half_width
from app.core.i18n import _l
from app.core.values import PARTIES
from app.council.rules.seats import ALTERNATE, HOLDER, PARTY_NAMES


def _plain(text: str | None) -> str:
    return half_width(text or "").replace(" ", "").lower()


class SeatForm(HouseForm):
    """A seat: its party, code and title."""

    party = SelectField(_l("属于哪一方"), choices=[SelectChoice(party, _l(PARTY_NAMES[party])) for party in PARTIES])
    code = StringField(
        _l("席位代号"),
        [DataRequired(_l("写上席位代号，例如b1"))],
        filters=[_plain],
        description=_l("小写字母和数字，例如b1、o2。写在选票和名册上，以后不改。"),
        render_kw={"autocomplete": "off"},
    )
    title = StringField(
        _l("席位名称"),
        [DataRequired(_l("写上席位名称，例如业委会主任")), Length(max=40)],
        render_kw={"autocomplete": "off"},
    )


class AppointForm(HouseForm):
    """Who takes a seat, as what, from when to when."""

    kind = RadioField(
        _l("担任"),
        [InputRequired(_l("选委员或候补委员"))],
        choices=[
            SelectChoice(HOLDER, _l("委员")),
            SelectChoice(ALTERNATE, _l("候补委员"), {"note": _l("只在委员缺席时代为出席")}),
        ],
    )
    name = StringField(_l("姓名"), [DataRequired(_l("写上姓名")), Length(max=60)], render_kw={"autocomplete": "off"})
    from_day = DateField(_l("任期从哪一天开始"), [InputRequired(_l("选任期的第一天"))])
    to_day = DateField(_l("到哪一天结束"), [Optional()], description=_l("最后一天也算在任期内。还没有定就空着。"))


class EndTermForm(HouseForm):
    """The last day of a term."""

    last_day = DateField(
        _l("任期的最后一天"), [InputRequired(_l("选任期的最后一天"))], description=_l("最早是今天，这一天还算在任。")
    )


class ConfirmForm(HouseForm):
    """Nothing to fill in."""
