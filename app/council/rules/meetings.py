"""The meeting: convened with notice, opened when enough have come, closed when nothing hangs; no step out of order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.values import Refusal
from app.core.words import N_
from app.council.rules.quorum import Quorum, quorum_refusal
from app.council.rules.seats import ALTERNATE, ARTICLE, DAY, Seating, Term

CONVENED, IN_SESSION, CLOSED, CANCELLED = "convened", "in-session", "closed", "cancelled"
EARLY = timedelta(hours=1)
FARTHEST = timedelta(days=366)
MOST_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Sitting:
    """What has happened to a meeting so far; moments in UTC."""

    id: int
    starts_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def stage(self) -> str:
        """Convened, in session, closed, or cancelled."""
        if self.cancelled_at is not None:
            return CANCELLED
        if self.closed_at is not None:
            return CLOSED
        return IN_SESSION if self.opened_at is not None else CONVENED


def convene_refusal(now: datetime, starts_at: datetime, days: int, items: Sequence[bool]) -> Refusal | None:
    """A meeting is convened at least some whole days before it, and its matters stand on the notice.

    `now` and `starts_at` in the community's zone; `items` tells of each chosen matter whether it still waits.
    """
    if starts_at <= now:
        return Refusal(N_("开会时间已经过去了，请选以后的时间。"), article=ARTICLE)
    if starts_at > now + FARTHEST:
        return Refusal(N_("开会时间不能超过一年以后。"), article=ARTICLE)
    earliest = first_day(now.date(), days)
    if starts_at.date() < earliest:
        return Refusal(
            N_("会议要提前%(days)s天通知。今天发通知，最早%(day)s开会。"), {"days": days, "day": earliest}, ARTICLE
        )
    if not items:
        return Refusal(N_("请至少选一件事列入议程。没有写在通知上的事，会上不能决定。"), article=ARTICLE)
    if len(items) > MOST_ITEMS:
        return Refusal(N_("一次会议最多列%(most)s件事。"), {"most": MOST_ITEMS}, ARTICLE)
    if not all(items):
        return Refusal(N_("选的事里有一件已经列入别的会议或已经撤下。请刷新后再选。"), article=ARTICLE)
    return None


def first_day(notice: date, days: int) -> date:
    """The earliest day of a meeting whose notice goes out on a day."""
    return notice + days * DAY


def check_in_refusal(sitting: Sitting, now: datetime, term: Term | None, seat: Seating) -> Refusal | None:
    """Whoever holds the seat comes; an alternate stands in only when the holder is absent; one person a seat."""
    if term is None:
        return Refusal(N_("您今天没有担任委员或候补委员。"), article=ARTICLE)
    refusal = roll_refusal(sitting, now)
    if refusal is not None:
        return refusal
    if seat.came is None:
        return None
    if seat.came.id == term.id:
        return Refusal(N_("%(name)s已经签到了。"), {"name": term.name}, ARTICLE)
    if term.kind == ALTERNATE:
        return Refusal(N_("%(name)s本人已经到会。候补委员只在委员缺席时代为出席。"), {"name": seat.came.name}, ARTICLE)
    return Refusal(N_("候补委员%(name)s已经代为签到。请秘书先登记离席，您再签到。"), {"name": seat.came.name}, ARTICLE)


def leave_refusal(sitting: Sitting, now: datetime, seat: Seating) -> Refusal | None:
    """Only who came can leave, and only while the roll is kept."""
    refusal = roll_refusal(sitting, now)
    if refusal is None and seat.came is None:
        return Refusal(N_("这一席还没有人签到。"), article=ARTICLE)
    return refusal


def roll_refusal(sitting: Sitting, now: datetime) -> Refusal | None:
    """The roll is kept from one hour before the meeting until it closes."""
    if sitting.stage == CANCELLED:
        return Refusal(N_("这次会议已经取消。"), article=ARTICLE)
    if sitting.stage == CLOSED:
        return Refusal(N_("会议已经结束，不能再改到会情况。如果记录有误，请对纪要提出异议。"), article=ARTICLE)
    if now < sitting.starts_at - EARLY:
        return Refusal(N_("签到从%(at)s开始，开会前一小时。"), {"at": sitting.starts_at - EARLY}, ARTICLE)
    return None


def open_refusal(sitting: Sitting, now: datetime, found: Quorum) -> Refusal | None:
    """The chair opens the meeting once, not before its time, when enough have come."""
    if sitting.stage == CANCELLED:
        return Refusal(N_("这次会议已经取消。"), article=ARTICLE)
    if sitting.stage != CONVENED:
        return Refusal(N_("会议已经开始了。"), article=ARTICLE)
    if now < sitting.starts_at:
        return Refusal(N_("通知上写的是%(at)s开会，不能提前。"), {"at": sitting.starts_at}, ARTICLE)
    return quorum_refusal(found)


def session_refusal(sitting: Sitting) -> Refusal | None:
    """Business is done only while the meeting is in session."""
    match sitting.stage:
        case "in-session":
            return None
        case "convened":
            return Refusal(N_("会议还没有开始。先点名，够人数后由召集人宣布开会。"), article=ARTICLE)
        case "closed":
            return Refusal(N_("会议已经结束。"), article=ARTICLE)
        case _:
            return Refusal(N_("这次会议已经取消。"), article=ARTICLE)


def cancel_refusal(sitting: Sitting) -> Refusal | None:
    """A meeting that has not been opened may be called off."""
    if sitting.stage == CANCELLED:
        return Refusal(N_("这次会议已经取消。"), article=ARTICLE)
    if sitting.stage != CONVENED:
        return Refusal(N_("会议已经开始，不能取消，只能结束。"), article=ARTICLE)
    return None


def close_refusal(sitting: Sitting, undecided: int) -> Refusal | None:
    """A meeting closes when no motion hangs in it: each was decided or withdrawn."""
    refusal = session_refusal(sitting)
    if refusal is None and undecided:
        return Refusal(N_("还有%(count)s项动议没有结果。请表决或撤回以后再结束会议。"), {"count": undecided}, ARTICLE)
    return refusal
