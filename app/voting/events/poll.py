"""A poll opens, closes, and gets its outcome."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.core.words import N_
from app.journal.events import Digest


@dataclass(frozen=True, slots=True)
class PollAnnounced:
    """A poll is to come: its terms are told and fixed under this hash; the roll follows when it opens."""

    community_id: int
    poll_id: int
    number: int
    electorate: Literal["units", "seats", "people"]
    terms: Digest
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class PollOpened:
    """A poll was put before those on its roll; `commitment` is the hash of its rules.json, `roll` that of its roll."""

    community_id: int
    poll_id: int
    number: int
    electorate: Literal["units", "seats", "people"]
    lines: int
    commitment: Digest
    roll: Digest
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class PollClosed:
    """The chair closed a vote of the meeting."""

    community_id: int
    poll_id: int
    number: int


@dataclass(frozen=True, slots=True)
class OutcomeDeclared:
    """The outcome of a poll was frozen; `answer` is the hash of its text."""

    community_id: int
    poll_id: int
    number: int
    outcome: Literal["adopted", "rejected", "not-quorate", "counted"]
    answer: Digest


@dataclass(frozen=True, slots=True)
class PollAnnulled:
    """A poll was annulled: nothing of it has any effect from now on; `reason` is the hash of the published reason."""

    community_id: int
    poll_id: int
    number: int
    declared: bool
    reason: Digest


@dataclass(frozen=True, slots=True)
class LotDrawn:
    """A tie was decided by lot: by this seed, with the answer of this hash."""

    community_id: int
    poll_id: int
    number: int
    seed: Digest
    answer: Digest


WORDS = {
    PollAnnulled: N_("第%(number)s号表决被撤销，理由已公开"),
    PollAnnounced: N_("第%(number)s号表决预告"),
    PollOpened: N_("第%(number)s号表决开始"),
    PollClosed: N_("第%(number)s号表决由主持人宣布截止"),
    OutcomeDeclared: N_("第%(number)s号表决公布结果"),
    LotDrawn: N_("第%(number)s号表决的并列由抽签决定"),
}
