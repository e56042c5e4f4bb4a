"""What waits in the council: for members, for whoever convenes, for the secretary."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Date,
    Integer,
    Row,
    Select,
    String,
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
from app.core.db import Moment, db
from app.core.house import Todo
from app.core.i18n import _
from app.core.permissions import may
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


def waiting(community_id: int, actor: Actor) -> list[Todo]:
    """What waits for a member, the convener or the secretary; one statement."""
    parts = [*_member_parts(community_id, actor), *_staff_parts(community_id, actor)]
    if not parts:
        return []
    rows = db.session.execute(union_all(*parts).limit(MANY)).all()
    return [_todo(community_id, row) for row in rows if row[4] or row[0] != "agenda"]


# PostgreSQL wants to know of what kind a missing moment is; SQLite would make a number of a cast one that is there.
_NO_MOMENT, _NO_DAY = cast(null(), Moment), cast(null(), Date)
_NO_NUMBER = cast(literal(0), Integer)


def _part(kind: str, key: Any, text: Any, number: Any, count: Any, at: Any, day: Any) -> Select[Any]:
    moment = _NO_MOMENT if at is None else type_coerce(at, Moment)
    date_ = _NO_DAY if day is None else type_coerce(day, Date)
    return select(literal(kind, String), key, cast(text, String), number, count, moment, date_)


def _member_parts(community_id: int, actor: Actor) -> list[Select[Any]]:
    terms = [ref.id for ref in actor.refs(SEAT_TERM)]
    parties = [party for party in PARTIES if Ref(party, community_id) in actor.acts_as]
    if not terms or not may(actor, TAKE_PART, community_id):
        return []
    now = clock.now()
    came = (
        select(Attendance.id)
        .where(Attendance.meeting_id == Meeting.id, Attendance.term_id.in_(terms), Attendance.left_at.is_(None))
        .exists()
    )
    live = (
        _part("meeting", Meeting.id, "", Meeting.number, case((came, 1), else_=0), Meeting.starts_at, None)
        .where(Meeting.community_id == community_id, Meeting.starts_at <= now + EARLY)
        .where(Meeting.closed_at.is_(None), Meeting.cancelled_at.is_(None))
        .where(~came | Meeting.opened_at.is_not(None))
    )
    signed = (
        select(MinutesSignature.id)
        .where(MinutesSignature.minutes_id == Minutes.id, MinutesSignature.party.in_(parties))
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
        .where(Minutes.community_id == community_id, Minutes.published_at.is_(None))
        .where(Minutes.objections_until < now, ~signed, ~unanswered)
    )
    owed = (
        _part("task", ActionItem.id, ActionItem.text, _NO_NUMBER, _NO_NUMBER, None, ActionItem.due_day)
        .join(Minutes, Minutes.meeting_id == ActionItem.meeting_id)
        .where(ActionItem.community_id == community_id, ActionItem.party.in_(parties))
        .where(ActionItem.done_at.is_(None), Minutes.published_at.is_not(None))
    )
    return [live, sign, owed] if may(actor, SIGN_MINUTES, community_id) else [live, owed]


def _staff_parts(community_id: int, actor: Actor) -> list[Select[Any]]:
    found: list[Select[Any]] = []
    if may(actor, CONVENE_MEETING, community_id):
        waits = (AgendaItem.community_id == community_id) & AgendaItem.meeting_id.is_(None)
        count = func.count(AgendaItem.id)
        found.append(
            _part("agenda", _NO_NUMBER, "", _NO_NUMBER, count, None, None).where(waits, AgendaItem.settled_at.is_(None))
        )
    if may(actor, ANSWER_OBJECTION, community_id):
        found.append(
            _part("answer", MinutesObjection.id, "", Meeting.number, _NO_NUMBER, Minutes.sign_by, None)
            .join(Minutes, Minutes.id == MinutesObjection.minutes_id)
            .join(Meeting, Meeting.id == Minutes.meeting_id)
            .where(Minutes.community_id == community_id, MinutesObjection.answered_at.is_(None))
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
