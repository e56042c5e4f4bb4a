"""What can happen to motions, and what comes of them."""

from dataclasses import dataclass
from typing import Literal

from app.core.words import N_


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


WORDS = {
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
}
