"""What can happen to seats and terms."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.core.words import N_

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


WORDS = {
    SeatAdded: N_("四方联席会议设立一个席位"),
    TermBegun: N_("一位委员或候补委员开始任职"),
    TermEnded: N_("一位委员或候补委员的任期写明终止"),
}
