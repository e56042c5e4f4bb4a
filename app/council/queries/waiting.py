"""What waits in the council: for members, for whoever convenes, for the secretary."""

from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Date,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from app.core import clock
from app.core.db import Moment
from app.core.house import Todo
from app.core.i18n import _
from app.core.permissions import may
from app.core.questions import Question
from app.core.values import PARTIES, Actor, Ref
from app.council.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Meeting,
    Minutes,
    MinutesObjection,
    MinutesSignature,
)
from app.council.permissions import ANSWER_OBJECTION, CONVENE_MEETING, SIGN_MINUTES, TAKE_PART
from app.council.queries.telling import community_of, meeting_url
from app.council.rules.meetings import EARLY
from app.council.rules.quorum import SEAT_TERM

MANY = 50


def waiting(community_id: int, actor: Actor) -> list[Question[Todo]]:
    """What waits for a member, the convener or the secretary."""
    terms = [ref.id for ref in actor.refs(SEAT_TERM)]
    member = bool(terms) and may(actor, TAKE_PART, community_id)
    asks = _asks(
        member,
        member and may(actor, SIGN_MINUTES, community_id),
        may(actor, CONVENE_MEETING, community_id),
        may(actor, ANSWER_OBJECTION, community_id),
    )
    if asks is None:
        return []
    now = clock.now()
    values: dict[str, Any] = {"community_id": community_id, "now": now}
    if member:
        parties = [party for party in PARTIES if Ref(party, community_id) in actor.acts_as]
        values |= {"soon": now + EARLY, "terms": terms, "parties": parties}
    return [Question(asks, values, lambda row: [_todo(community_id, row)])]


@cache
def _asks(member: bool, signs: bool, convenes: bool, answers: bool) -> CompoundSelect[Any] | None:
    parts = [*(_member_parts(signs) if member else ()), *_staff_parts(convenes, answers)]
    return union_all(*parts).limit(MANY) if parts else None


# PostgreSQL wants to know of what kind a missing moment is; SQLite would make a number of a cast one that is there.
_NO_MOMENT, _NO_DAY = cast(null(), Moment), cast(null(), Date)
_NO_NUMBER = cast(literal(0), Integer)


def _part(kind: str, key: Any, text: Any, number: Any, count: Any, at: Any, day: Any) -> Select[Any]:
    moment = _NO_MOMENT if at is None else type_coerce(at, Moment)
    date_ = _NO_DAY if day is None else type_coerce(day, Date)
    return select(literal(kind, String), key, cast(text, String), number, count, moment, date_)


_HERE: BindParameter[Any] = bindparam("community_id")
_NOW, _SOON = bindparam("now", type_=Moment), bindparam("soon", type_=Moment)
_TERMS: BindParameter[Any] = bindparam("terms", expanding=True)
_PARTIES: BindParameter[Any] = bindparam("parties", expanding=True)


def _member_parts(signs: bool) -> list[Select[Any]]:
    came = (
        select(Attendance.id)
        .where(Attendance.meeting_id == Meeting.id, Attendance.term_id.in_(_TERMS), Attendance.left_at.is_(None))
        .exists()
    )
    live = (
        _part("meeting", Meeting.id, "", Meeting.number, case((came, 1), else_=0), Meeting.starts_at, None)
        .where(Meeting.community_id == _HERE, Meeting.starts_at <= _SOON)
        .where(Meeting.closed_at.is_(None), Meeting.cancelled_at.is_(None))
        .where(~came | Meeting.opened_at.is_not(None))
    )
    signed = (
        select(MinutesSignature.id)
        .where(MinutesSignature.minutes_id == Minutes.id, MinutesSignature.party.in_(_PARTIES))
        .exists()
    )
    unanswered = (
        select(MinutesObjection.id)
        .where(MinutesObjection.minutes_id == Minutes.id, MinutesObjection.answered_at.is_(None))
        .exists()
    )
    sign = (
        _part("sign", Minutes.id, "", Meeting.number, _NO_NUMBER, Minutes.sign_by, None)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Minutes.community_id == _HERE, Minutes.published_at.is_(None))
        .where(Minutes.objections_until < _NOW, ~signed, ~unanswered)
    )
    owed = (
        _part("task", ActionItem.id, ActionItem.text, _NO_NUMBER, _NO_NUMBER, None, ActionItem.due_day)
        .join(Minutes, Minutes.meeting_id == ActionItem.meeting_id)
        .where(ActionItem.community_id == _HERE, ActionItem.party.in_(_PARTIES))
        .where(ActionItem.done_at.is_(None), Minutes.published_at.is_not(None))
    )
    return [live, sign, owed] if signs else [live, owed]


def _staff_parts(convenes: bool, answers: bool) -> list[Select[Any]]:
    found: list[Select[Any]] = []
    if convenes:
        found.append(
            _part("agenda", _NO_NUMBER, "", _NO_NUMBER, func.count(AgendaItem.id), None, None)
            .where(AgendaItem.community_id == _HERE, AgendaItem.meeting_id.is_(None), AgendaItem.settled_at.is_(None))
            .group_by(AgendaItem.community_id)
        )
    if answers:
        found.append(
            _part("answer", MinutesObjection.id, "", Meeting.number, _NO_NUMBER, Minutes.sign_by, None)
            .join(Minutes, Minutes.id == MinutesObjection.minutes_id)
            .join(Meeting, Meeting.id == Minutes.meeting_id)
            .where(Minutes.community_id == _HERE, MinutesObjection.answered_at.is_(None))
        )
    return found


def _todo(community_id: int, row: Row[Any]) -> Todo:
    kind, key, text, number, count, at, day = tuple(row)
    match kind:
        case "meeting":
            url = meeting_url(community_id, number)
            why = _("会议正在开，或者就要开始。")
            title = _("出席第%(number)s次四方联席会议", number=number)
            return Todo(Ref("meeting", key), title, why, url, _("去会议"), None if count else at, now=bool(count))
        case "sign":
            url = meeting_url(community_id, number, "/minutes")
            title = _("签署第%(number)s次四方联席会议纪要", number=number)
            return Todo(Ref("minutes", key), title, _("您这一方还没有签署。"), url, _("核对并签署"), at)
        case "answer":
            url = meeting_url(community_id, number, f"/minutes/objections/{key}/answer")
            title = _("答复对第%(number)s次会议纪要的异议", number=number)
            return Todo(Ref("minutes-objection", key), title, _("答复以后四方才能签署。"), url, _("写答复"), at)
        case "task":
            url = f"/c/{community_of(community_id).slug}/tasks/{key}/finish"
            zone = ZoneInfo(community_of(community_id).zone)
            by = datetime(day.year, day.month, day.day, 23, 59, tzinfo=zone)
            return Todo(Ref("action-item", key), text, _("四方联席会议交给您这一方办。"), url, _("报告办结"), by)
        case _:
            url = f"/c/{community_of(community_id).slug}/meetings/new"
            why = _("发出通知以后才能开会商量。")
            return Todo(Ref("agenda", 0), _("有%(count)s件事等着上会", count=count), why, url, _("召集会议"))
