"""What can happen to the agenda and to meetings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.core.words import N_


@dataclass(frozen=True, slots=True)
class AgendaItemProposed:
    """A matter waits for a meeting."""

    community_id: int
    item_id: int


@dataclass(frozen=True, slots=True)
class AgendaItemSettled:
    """A meeting is done with a matter: adopted at once, otherwise when the meeting closed; `motion_id` decided it, if any."""

    community_id: int
    item_id: int
    motion_id: int | None
    result: Literal["adopted", "rejected", "not-quorate", "postponed"]


@dataclass(frozen=True, slots=True)
class MeetingConvened:
    """The notice of a meeting went out, with its matters in their order."""

    community_id: int
    meeting_id: int
    number: int
    starts_at: datetime
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MeetingCancelled:
    """A meeting was called off; its matters wait again."""

    community_id: int
    meeting_id: int
    number: int


@dataclass(frozen=True, slots=True)
class SeatCheckedIn:
    """Somebody came for a seat."""

    community_id: int
    meeting_id: int
    number: int
    seat_id: int
    term_id: int
    by: Literal["self", "secretary"]


@dataclass(frozen=True, slots=True)
class SeatLeft:
    """Somebody who had come for a seat left."""

    community_id: int
    meeting_id: int
    number: int
    seat_id: int
    term_id: int


@dataclass(frozen=True, slots=True)
class MeetingOpened:
    """The chair opened the meeting with a quorum."""

    community_id: int
    meeting_id: int
    number: int
    present: int
    seats: int


@dataclass(frozen=True, slots=True)
class MeetingClosed:
    """The chair closed the meeting."""

    community_id: int
    meeting_id: int
    number: int


WORDS = {
    AgendaItemProposed: N_("一件事列入议程"),
    AgendaItemSettled: N_("一件事在会上议定"),
    MeetingConvened: N_("发出第%(number)s次四方联席会议的通知"),
    MeetingCancelled: N_("第%(number)s次四方联席会议取消"),
    SeatCheckedIn: N_("第%(number)s次四方联席会议有一席签到"),
    SeatLeft: N_("第%(number)s次四方联席会议有一席离席"),
    MeetingOpened: N_("第%(number)s次四方联席会议开始，到会%(present)s席"),
    MeetingClosed: N_("第%(number)s次四方联席会议结束"),
}
