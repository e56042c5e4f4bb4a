"""What the council can say about its things on pages that show everybody's: links, stations, turns, what waits, the search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Select,
    func,
    or_,
    select,
)

from app.communities.queries import get_community
from app.core.context import CommunityValue, maybe_community
from app.core.db import ask, db
from app.core.house import DONE, NOW, TO_COME, Hit, Link, Sought, Station, Turn
from app.core.i18n import _
from app.core.permissions import may
from app.core.values import Actor, Ref
from app.council.models import (
    ActionItem,
    AgendaItem,
    Meeting,
    Minutes,
    Motion,
    Resolution,
    Seat,
)
from app.council.permissions import CONVENE_MEETING
from app.council.rules.quorum import SEAT_TERM

FOUND, IN_A_YEAR = 20, 1_000_000


def community_of(community_id: int) -> CommunityValue:
    """The community of the page, else that of the number."""
    here = maybe_community()
    return here if here is not None and here.id == community_id else get_community(community_id)


def meeting_url(community_id: int, number: int, rest: str = "") -> str:
    """Where a meeting, or something of it, stands."""
    return f"/c/{community_of(community_id).slug}/meetings/{number}{rest}"


def meeting_title(number: int) -> str:
    """What people call a meeting."""
    return _("第%(number)s次四方联席会议", number=number)


def meeting_links(ids: Sequence[int]) -> dict[int, Link]:
    """Names and addresses of meetings, one statement."""
    rows = db.session.execute(select(Meeting.id, Meeting.community_id, Meeting.number).where(Meeting.id.in_(ids)))
    return {row[0]: Link(meeting_title(row[2]), meeting_url(row[1], row[2]), "meeting") for row in rows}


def motion_links(ids: Sequence[int]) -> dict[int, Link]:
    """Names and addresses of motions, one statement."""
    wanted = (
        select(Motion.id, Motion.community_id, Motion.number, Meeting.number, AgendaItem.title)
        .join(Meeting, Meeting.id == Motion.meeting_id)
        .join(AgendaItem, AgendaItem.id == Motion.item_id)
        .where(Motion.id.in_(ids))
    )
    return {
        row[0]: Link(row[4], meeting_url(row[1], row[3], f"/motions/{row[2]}"), "motion")
        for row in db.session.execute(wanted)
    }


def resolution_links(ids: Sequence[int]) -> dict[int, Link]:
    """Numbers, titles and addresses of resolutions, one statement."""
    rows = ask(_resolutions, ids=list(ids)).scalars()
    return {row.id: Link(f"{row.label} {row.title}", _resolution_url(row), "resolution") for row in rows}


def _resolutions(ids: Any) -> Select[Resolution]:
    return select(Resolution).where(Resolution.id.in_(ids))


def _resolution_url(row: Resolution) -> str:
    return f"/c/{community_of(row.community_id).slug}/resolutions/{row.year}/{row.number}"


def seat_links(ids: Sequence[int]) -> dict[int, Link]:
    """Titles and addresses of seats, one statement."""
    rows = db.session.execute(select(Seat.id, Seat.community_id, Seat.code, Seat.title).where(Seat.id.in_(ids)))
    return {row[0]: Link(row[3], f"/c/{community_of(row[1]).slug}/council/seats/{row[2]}", "seat") for row in rows}


@dataclass(frozen=True, slots=True)
class _Way:
    """How far one matter has come in the council; one row of one statement."""

    item: AgendaItem
    meeting: Meeting | None
    resolution: Resolution | None
    sign_by: datetime | None
    published_at: datetime | None
    tasks: int
    open_tasks: int
    last_due: date | None
    last_done: datetime | None

    def day(self, at: datetime) -> date:
        """The day of a moment on the community's wall calendar."""
        return at.astimezone(ZoneInfo(community_of(self.item.community_id).zone)).date()


def _way(matter: Ref) -> _Way | None:
    """The latest place of a matter on the agenda, with everything that hangs on it; one statement."""
    of_item = ActionItem.item_id == AgendaItem.id
    counts: list[Any] = [
        select(func.count()).where(of_item).scalar_subquery(),
        select(func.count()).where(of_item, ActionItem.done_at.is_(None)).scalar_subquery(),
        select(func.max(ActionItem.due_day)).where(of_item).scalar_subquery(),
        select(func.max(ActionItem.done_at)).where(of_item).scalar_subquery(),
    ]
    wanted: Select[Any] = (
        select(AgendaItem, Meeting, Resolution, Minutes.sign_by, Minutes.published_at, *counts)
        .outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id)
        .outerjoin(Motion, (Motion.item_id == AgendaItem.id) & (Motion.outcome == "adopted"))
        .outerjoin(Resolution, Resolution.motion_id == Motion.id)
        .outerjoin(Minutes, Minutes.meeting_id == AgendaItem.meeting_id)
        .where(AgendaItem.matter_kind == matter.kind, AgendaItem.matter_id == matter.id)
        .order_by(AgendaItem.id.desc())
        .limit(1)
    )
    row = db.session.execute(wanted).first()
    return None if row is None else _Way(*row)


def stations(matter: Ref) -> list[Station]:
    """A matter is voted on in a meeting, resolved when the minutes are signed, and carried out by its tasks."""
    way = _way(matter)
    if way is None or way.item.result == "withdrawn":
        return []
    item, meeting = way.item, way.meeting
    if way.resolution is not None:
        decided = way.day(way.resolution.adopted_at)
        found = [Station("resolve", DONE if way.published_at else NOW, decided)]
        if item.owners_matter is None and way.resolution.owners_matter is None:
            found.append(Station("vote", DONE, decided))
        if way.published_at and way.open_tasks:
            found.append(Station("carry-out", NOW, way.day(way.published_at), way.last_due))
        elif way.published_at and way.tasks and way.resolution.ceiling is None:
            until = way.day(way.last_done) if way.last_done else None
            found.append(Station("carry-out", DONE, way.day(way.published_at), until))
        return found
    if item.result in ("rejected", "not-quorate") and item.settled_at is not None:
        return [Station("vote", DONE, way.day(item.settled_at))]
    if meeting is None or meeting.closed_at is not None:
        return [Station("vote", TO_COME)]
    until = way.day(meeting.starts_at)
    return [Station("vote", NOW if meeting.opened_at is not None else TO_COME, until=until)]


def turns(matter: Ref, actor: Actor) -> list[Turn]:
    """Who must act next in a matter that is before the council."""
    way = _way(matter)
    if way is None or way.item.result == "withdrawn":
        return []
    community_id, meeting = way.item.community_id, way.meeting
    if meeting is None:
        mine = may(actor, CONVENE_MEETING, community_id)
        act = _("秘书把这件事列入一次会议")
        url = f"/c/{community_of(community_id).slug}/meetings/new" if mine else ""
        return [Turn(_("秘书"), act, url=url, button=_("召集会议"), mine=mine)]
    url = meeting_url(community_id, meeting.number)
    if meeting.closed_at is None:
        held = meeting.opened_at is not None
        act = _("四方正在会上商量") if held else _("四方在会上商量和表决")
        mine = held and _is_member(actor)
        by = None if held else meeting.starts_at
        return [Turn(_("四方委员"), act, by, url=url, button=_("去会议"), mine=mine)]
    if way.resolution is not None and way.published_at is None:
        act = _("四方签署会议纪要")
        return [Turn(_("四方委员"), act, way.sign_by, url=f"{url}/minutes", button=_("看纪要"))]
    if way.open_tasks and way.published_at is not None:
        return [Turn(_("四方"), _("办会上交办的事"), url=f"{url}/minutes", button=_("看纪要"))]
    return []


def _is_member(actor: Actor) -> bool:
    return bool(actor.refs(SEAT_TERM))


def search(community_id: int, words: str, _actor: Actor) -> list[Sought]:
    """Resolutions in whose number or title every word stands, the newest first."""
    columns = (
        Resolution.year * IN_A_YEAR + Resolution.number,
        Resolution.title,
        Resolution.adopted_at,
        Resolution.label,
    )
    wanted = select(*columns).where(Resolution.community_id == community_id)
    for word in words.split()[:5]:
        like = f"%{word.replace('%', '').replace('_', '')}%"
        wanted = wanted.where(or_(Resolution.title.like(like), Resolution.label.like(like)))
    root = f"/c/{community_of(community_id).slug}/resolutions"

    def tell(row: Any) -> Hit:
        year, number = divmod(row[0], IN_A_YEAR)
        return Hit(row[1], f"{root}/{year}/{number}", _("决议"), row[2], row[3])

    return [Sought(wanted.order_by(Resolution.id.desc()).limit(FOUND), tell)]
