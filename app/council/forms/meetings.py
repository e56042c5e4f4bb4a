"""Convening, calling off, moving, recusing, dissenting, charging."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField, TextAreaField, TimeField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.core.formats import read_fen
from app.core.forms import HouseForm, clean, half_width
from app.core.i18n import _, _l
from app.core.values import BRANCH, OWNERS, PARTIES, PROPERTY, RESIDENTS
from app.council.queries import ItemRow
from app.council.rules.motions import NINE_MATTERS
from app.council.rules.recusals import Claim
from app.council.rules.seats import PARTY_NAMES, Seating


class ConveneForm(HouseForm):
    """Day, time and place; the matters with their order stand beside it as numbered fields."""

    day = DateField(_l("哪一天"), [InputRequired(_l("选开会的日期"))])
    time = TimeField(_l("几点"), [InputRequired(_l("选开会的时间"))])
    place = StringField(
        _l("地点"),
        [DataRequired(_l("写上开会的地点，例如社区二楼会议室")), Length(max=100)],
        render_kw={"autocomplete": "off"},
    )

    def starts_at(self, zone: str) -> datetime:
        """The moment of the meeting, in the community's zone."""
        assert self.day.data is not None, "the form was sent well"
        assert self.time.data is not None, "the form was sent well"
        return datetime.combine(self.day.data, self.time.data, ZoneInfo(zone))

    def chosen(self, items: Sequence[ItemRow]) -> list[int]:
        """The matters that were ticked, in the order of the numbers beside them."""
        picked = set(request.form.getlist("item"))
        found = [item for item in items if str(item.id) in picked]
        return [item.id for item in sorted(found, key=lambda item: (_place(item.id), item.id))]

    def places(self, items: Sequence[ItemRow]) -> dict[int, tuple[bool, int]]:
        """What was ticked and typed for each matter, to show it again."""
        picked = set(request.form.getlist("item"))
        sent = request.method == "POST"
        return {item.id: (str(item.id) in picked or not sent, _place(item.id, at)) for at, item in enumerate(items, 1)}


def _place(item_id: int, else_: int = 99) -> int:
    typed = half_width(clean(request.form.get(f"place-{item_id}", "")))
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else else_


class ReasonForm(HouseForm):
    """Why a meeting is called off."""

    reason = TextAreaField(_l("原因"), [DataRequired(_l("写上取消的原因，大家都会看到")), Length(max=200)])


class MotionForm(HouseForm):
    """What is moved, and whether it gives a mandate."""

    item = SelectField(_l("哪一件事"), coerce=int, choices=[])
    text = TextAreaField(
        _l("动议"),
        [DataRequired(_l("写清做什么、谁来做、什么时候做完。")), Length(max=2000)],
        description=_l("通过以后就是决议。一行一条，例如：1至6号楼楼道灯更换为感应灯。"),
    )
    ceiling = StringField(
        _l("费用上限"),
        [Optional()],
        description=_l("单位是元，可以写到分。通过以后，采购不能超过这个数。不花钱就空着。"),
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )
    purpose = StringField(_l("这笔钱做什么用"), [Optional(), Length(max=200)], render_kw={"autocomplete": "off"})
    owners_matter = SelectField(
        _l("是不是业主共同决定的事项"),
        choices=[
            SelectChoice("", _l("不是")),
            *(SelectChoice(str(number), _l(words)) for number, words in NINE_MATTERS.items()),
        ],
        description=_l("属于这九类的，联席会议的决议是建议，由业主投票决定（民法典第二百七十八条）。"),
    )

    def validate_ceiling(self, field: Any) -> None:
        """An amount of money, if one is given."""
        if field.data and read_fen(field.data) is None:
            raise ValidationError(_("写一个金额，例如38640或38640.50"))

    @property
    def fen(self) -> int | None:
        """The ceiling in fen."""
        return read_fen(self.ceiling.data) if self.ceiling.data else None

    @property
    def matter(self) -> int | None:
        """Which of the nine matters, if one."""
        return int(self.owners_matter.data) if self.owners_matter.data else None


class InterestsForm(HouseForm):
    """Who is interested: a reason beside each party that steps back, and one seat more if there is one."""

    branch = StringField(_l(PARTY_NAMES[BRANCH]), [Optional(), Length(max=300)])
    residents = StringField(_l(PARTY_NAMES[RESIDENTS]), [Optional(), Length(max=300)])
    owners = StringField(_l(PARTY_NAMES[OWNERS]), [Optional(), Length(max=300)])
    property = StringField(_l(PARTY_NAMES[PROPERTY]), [Optional(), Length(max=300)])
    seat = SelectField(_l("还有哪一位要回避"), choices=[])
    seat_reason = StringField(_l("这一位为什么要回避"), [Optional(), Length(max=300)])

    def claims(self, seats: Sequence[Seating]) -> list[tuple[str, int | None, str]]:
        """What was said, as claims."""
        found: list[tuple[str, int | None, str]] = []
        for party in PARTIES:
            reason = self[party].data
            if reason:
                found.append((party, None, reason))
        seat = next((one for one in seats if str(one.seat_id) == self.seat.data), None)
        if seat is not None:
            found.append((seat.party, seat.seat_id, self.seat_reason.data or ""))
        return found

    def offer(self, seats: Sequence[Seating]) -> None:
        """The persons who might step back."""
        self.seat.choices = [SelectChoice("", _("没有")), *(SelectChoice(str(s.seat_id), _person(s)) for s in seats)]


def _person(seat: Seating) -> str:
    return f"{_(PARTY_NAMES[seat.party])} {seat.title} {seat.name}".strip()


class ContestForm(HouseForm):
    """What somebody objects to, and why."""

    about = SelectField(_l("对哪一项有异议"), [InputRequired(_l("选一项"))], choices=[])
    reason = TextAreaField(_l("理由"), [DataRequired(_l("写上理由，其他委员据此决定")), Length(max=300)])

    def offer(self, seats: Sequence[Seating], claims: Sequence[Claim]) -> None:
        """Recusals that were named may be contested; what was not named may be asked for."""
        said = [
            SelectChoice(f"claim:{one.id}", _("%(who)s不应当回避", who=self._who(one, seats)))
            for one in claims
            if one.contested_at is None
        ]
        named = {one.party for one in claims if one.seat_id is None}
        parties = [
            SelectChoice(f"party:{party}", _("%(who)s应当回避", who=_(PARTY_NAMES[party])))
            for party in PARTIES
            if party not in named and any(seat.party == party for seat in seats)
        ]
        persons = [
            SelectChoice(f"seat:{seat.seat_id}", _("%(who)s应当回避", who=_person(seat)))
            for seat in seats
            if seat.party not in named and not any(one.seat_id == seat.seat_id for one in claims)
        ]
        self.about.choices = [*said, *parties, *persons]

    @staticmethod
    def _who(claim: Claim, seats: Sequence[Seating]) -> str:
        one = next((seat for seat in seats if seat.seat_id == claim.seat_id), None)
        return _person(one) if one is not None else _(PARTY_NAMES[claim.party])


class DissentForm(HouseForm):
    """What somebody wants recorded."""

    text = TextAreaField(
        _l("不同意见"),
        [DataRequired(_l("写上要记进纪要的话")), Length(max=500)],
        description=_l("会写进会议纪要，署您的姓名。"),
    )


class TaskForm(HouseForm):
    """Who does what by when."""

    party = SelectField(_l("由哪一方办"), choices=[SelectChoice(party, _l(PARTY_NAMES[party])) for party in PARTIES])
    text = StringField(
        _l("办什么"),
        [DataRequired(_l("写上要办的事，例如公布施工时间表")), Length(max=200)],
        render_kw={"autocomplete": "off"},
    )
    due_day = DateField(_l("哪一天前"), [InputRequired(_l("选办结的日期"))])
    item = SelectField(_l("属于哪一件事"), choices=[])


class FinishForm(HouseForm):
    """How a task was done."""

    note = TextAreaField(_l("怎么办的"), [DataRequired(_l("写明怎么办的，大家都会看到")), Length(max=200)])


class ObjectForm(HouseForm):
    """Which paragraph is wrong, and what it should say."""

    block = SelectField(_l("哪一段"), [InputRequired(_l("选一段"))], coerce=int, choices=[])
    reason = TextAreaField(_l("哪里不对，应当怎么写"), [DataRequired(_l("写明哪里不对，应当怎么写")), Length(max=500)])


class AnswerObjectionForm(HouseForm):
    """Accepted with a new text, or refused with a reason."""

    decision = HiddenField()
    text = TextAreaField(_l("改成"), [Optional(), Length(max=500)])
    reason = TextAreaField(_l("不改的理由"), [Optional(), Length(max=500)])


class SignForm(HouseForm):
    """That one has checked the minutes."""

    ok = BooleanField(_l("我核对过：决议文字、计票、不同意见都与会上一致。"), [InputRequired(_l("请先核对，再打勾"))])
