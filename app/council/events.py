"""What can happen in the council. The record holds numbers, days, moments and closed words; texts and names stay beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from app.core.words import N_
from app.journal.events import Digest

Party = Literal["branch", "residents", "owners", "property"]


@dataclass(frozen=True, slots=True)
class SeatAdded:
    """A party got a seat."""

    community_id: int
    seat_id: int
    party: Party


@dataclass(frozen=True, slots=True)
class TermBegun:
    """Somebody was appointed to a seat, for a term."""

    community_id: int
    seat_id: int
    term_id: int
    kind: Literal["holder", "alternate"]
    from_day: date
    to_day: date | None


@dataclass(frozen=True, slots=True)
class TermEnded:
    """Somebody's term was given another last day."""

    community_id: int
    seat_id: int
    term_id: int
    last_day: date


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
class MotionMoved:
    """A motion was moved on a matter of the notice; `ceiling` in fen."""

    community_id: int
    meeting_id: int
    motion_id: int
    number: int
    seat_id: int
    ceiling: int | None
    owners_matter: int | None


@dataclass(frozen=True, slots=True)
class MotionSeconded:
    """A motion was seconded."""

    community_id: int
    motion_id: int
    number: int
    seat_id: int


@dataclass(frozen=True, slots=True)
class MotionWithdrawn:
    """A motion was taken back."""

    community_id: int
    motion_id: int
    number: int


@dataclass(frozen=True, slots=True)
class InterestsStated:
    """The convener said who is interested in a motion; `claims` are the numbers of what was said."""

    community_id: int
    motion_id: int
    number: int
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RecusalContested:
    """Somebody objected to what was said about an interest, or to what was left out."""

    community_id: int
    motion_id: int
    claim_id: int
    seat_id: int


@dataclass(frozen=True, slots=True)
class RecusalAnswered:
    """One of the rest said whether the seats concerned should step back."""

    community_id: int
    claim_id: int
    seat_id: int
    answer: Literal["step-back", "take-part"]


@dataclass(frozen=True, slots=True)
class RecusalDecided:
    """The rest decided whether the seats concerned step back."""

    community_id: int
    motion_id: int
    claim_id: int
    step_back: int
    take_part: int
    recused: bool


@dataclass(frozen=True, slots=True)
class MotionPutToVote:
    """A vote opened on a motion; presence and recusal are frozen."""

    community_id: int
    motion_id: int
    number: int
    poll_id: int
    present: int
    recused: int


@dataclass(frozen=True, slots=True)
class MotionDecided:
    """A motion has its result."""

    community_id: int
    meeting_id: int
    motion_id: int
    number: int
    outcome: Literal["adopted", "rejected", "not-quorate"]


@dataclass(frozen=True, slots=True)
class ResolutionAdopted:
    """The council resolved; with a `ceiling` in fen it gives a mandate, with an `owners_matter` it advises the owners."""

    community_id: int
    resolution_id: int
    year: int
    number: int
    motion_id: int
    meeting_id: int
    ceiling: int | None
    owners_matter: int | None


@dataclass(frozen=True, slots=True)
class DissentRecorded:
    """Somebody had their dissent recorded."""

    community_id: int
    motion_id: int
    seat_id: int


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
class MeetingClosed:
    """The chair closed the meeting."""

    community_id: int
    meeting_id: int
    number: int


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
    SeatAdded: N_("四方联席会议设立一个席位"),
    TermBegun: N_("一位委员或候补委员开始任职"),
    TermEnded: N_("一位委员或候补委员的任期写明终止"),
    AgendaItemProposed: N_("一件事列入议程"),
    AgendaItemSettled: N_("一件事在会上议定"),
    MeetingConvened: N_("发出第%(number)s次四方联席会议的通知"),
    MeetingCancelled: N_("第%(number)s次四方联席会议取消"),
    SeatCheckedIn: N_("第%(number)s次四方联席会议有一席签到"),
    SeatLeft: N_("第%(number)s次四方联席会议有一席离席"),
    MeetingOpened: N_("第%(number)s次四方联席会议开始，到会%(present)s席"),
    MotionMoved: N_("提出第%(number)s项动议"),
    MotionSeconded: N_("第%(number)s项动议有人附议"),
    MotionWithdrawn: N_("第%(number)s项动议撤回"),
    InterestsStated: N_("第%(number)s项动议说明谁要回避"),
    RecusalContested: N_("对一项回避提出异议"),
    RecusalAnswered: N_("一席对回避表态"),
    RecusalDecided: N_("对一项回避作出决定"),
    MotionPutToVote: N_("第%(number)s项动议付诸表决"),
    MotionDecided: N_("第%(number)s项动议有了结果"),
    ResolutionAdopted: N_("四方联席会议作出%(year)s年第%(number)s号决议"),
    DissentRecorded: N_("记下一条不同意见"),
    ActionItemAssigned: N_("交办一件事"),
    ActionItemFinished: N_("一件交办事项办结"),
    MeetingClosed: N_("第%(number)s次四方联席会议结束"),
    MinutesDrafted: N_("第%(number)s号会议纪要起草"),
    MinutesObjected: N_("对第%(number)s号会议纪要提出异议"),
    MinutesObjectionAnswered: N_("答复对第%(number)s号会议纪要的异议"),
    MinutesSigned: N_("一方签署第%(number)s号会议纪要"),
    MinutesPublished: N_("第%(number)s号会议纪要公布"),
}
