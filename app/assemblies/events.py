"""What can happen to an assembly."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.core.words import N_
from app.journal.events import Digest


@dataclass(frozen=True, slots=True)
class AssemblyConvened:
    """The owners or the residents were called to decide; the vote itself is a poll on this matter."""

    community_id: int
    assembly_id: int
    number: int
    electorate: Literal["owners", "residents"]
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class AssemblyAskedFor:
    """Somebody asks for an assembly."""

    community_id: int
    request_id: int
    number: int
    electorate: Literal["owners", "residents"]


@dataclass(frozen=True, slots=True)
class RequestSupported:
    """One more asks for it, or one fewer: so many heads of so many."""

    community_id: int
    request_id: int
    number: int
    asking: int
    total: int


@dataclass(frozen=True, slots=True)
class AssemblyOwed:
    """A fifth asks: the assembly has to be called by a moment."""

    community_id: int
    request_id: int
    number: int
    asking: int
    total: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """An owner asks to have a line of the roll corrected; the reason only by its hash."""

    community_id: int
    assembly_id: int
    number: int
    correction: int
    kind: Literal["area", "mine", "not-mine", "other"]
    reason: Digest


@dataclass(frozen=True, slots=True)
class CorrectionAnswered:
    """The desk accepted a correction, which applies to the roll, or refused it with a reason."""

    community_id: int
    assembly_id: int
    number: int
    correction: int
    accepted: bool
    answer: Digest


@dataclass(frozen=True, slots=True)
class ObjectionRaised:
    """Somebody objects to the roll or to the vote; an answer is owed."""

    community_id: int
    assembly_id: int
    number: int
    objection: int
    reason: Digest
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """An objection was answered."""

    community_id: int
    assembly_id: int
    number: int
    objection: int
    upheld: bool
    answer: Digest


WORDS = {
    AssemblyConvened: N_("第%(number)s次业主大会或居民投票召集"),
    AssemblyAskedFor: N_("第%(number)s号联名：要求召开会议"),
    RequestSupported: N_("第%(number)s号联名：%(total)s中有%(asking)s"),
    AssemblyOwed: N_("第%(number)s号联名达到五分之一，必须召集"),
    CorrectionAsked: N_("第%(number)s次会议：第%(correction)s号名册更正申请"),
    CorrectionAnswered: N_("第%(number)s次会议：答复第%(correction)s号更正申请"),
    ObjectionRaised: N_("第%(number)s次会议：第%(objection)s号异议"),
    ObjectionAnswered: N_("第%(number)s次会议：答复第%(objection)s号异议"),
}
