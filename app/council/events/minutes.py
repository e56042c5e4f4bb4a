"""What can happen to minutes and tasks."""

from dataclasses import dataclass
from datetime import date, datetime

from app.core.words import N_
from app.council.events.seats import Party
from app.journal.events import Digest


@dataclass(frozen=True, slots=True)
class ActionItemAssigned:
    """A party was charged with a task."""

    community_id: int
    action_item_id: int
    party: Party
    due_day: date


@dataclass(frozen=True, slots=True)
class ActionItemFinished:
    """A party reported a task as done."""

    community_id: int
    action_item_id: int
    party: Party


@dataclass(frozen=True, slots=True)
class MinutesDrafted:
    """The minutes of a meeting were drafted from what was recorded; `text` is the hash of this version."""

    community_id: int
    minutes_id: int
    number: int
    version: int
    text: Digest
    objections_until: datetime


@dataclass(frozen=True, slots=True)
class MinutesObjected:
    """Somebody objected to a paragraph of the minutes."""

    community_id: int
    minutes_id: int
    number: int
    objection_id: int


@dataclass(frozen=True, slots=True)
class MinutesObjectionAnswered:
    """An objection to the minutes was answered; accepted, the minutes have a new version with this hash."""

    community_id: int
    minutes_id: int
    number: int
    objection_id: int
    accepted: bool
    version: int
    text: Digest


@dataclass(frozen=True, slots=True)
class MinutesSigned:
    """A party signed a version of the minutes."""

    community_id: int
    minutes_id: int
    number: int
    party: Party
    version: int
    text: Digest


@dataclass(frozen=True, slots=True)
class MinutesPublished:
    """The parties have signed; the minutes are public."""

    community_id: int
    minutes_id: int
    number: int
    meeting_id: int
    text: Digest


WORDS = {
    ActionItemAssigned: N_("交办一件事"),
    ActionItemFinished: N_("一件交办事项办结"),
    MinutesDrafted: N_("第%(number)s号会议纪要起草"),
    MinutesObjected: N_("对第%(number)s号会议纪要提出异议"),
    MinutesObjectionAnswered: N_("答复对第%(number)s号会议纪要的异议"),
    MinutesSigned: N_("一方签署第%(number)s号会议纪要"),
    MinutesPublished: N_("第%(number)s号会议纪要公布"),
}
