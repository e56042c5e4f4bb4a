"""What the witnesses of the four parties do; a cosignature itself stands under a head of the log, not in the log."""

from dataclasses import dataclass
from typing import Literal

from app.core.words import N_
from app.journal.events.kinds import Digest

Party = Literal["branch", "residents", "owners", "property"]
# What a browser may find: a shorter log than before, another root at the same size, no way from the old head to the new
# one, a head that the log did not sign.
Reason = Literal["shorter", "other-root", "not-continued", "not-signed"]


@dataclass(frozen=True, slots=True)
class WitnessRegistered:
    """A party made a key with which it cosigns the heads of the log; `key` is the hash of its public half."""

    community_id: int
    party: Party
    key: Digest


@dataclass(frozen=True, slots=True)
class WitnessDoubted:
    """A witness could not confirm the log: what it held before (`size`, `root`), and what did not fit."""

    community_id: int
    party: Party
    size: int
    root: Digest
    reason: Reason


WORDS = {
    WitnessRegistered: N_("一方登记了账本见证人"),
    WitnessDoubted: N_("一方的见证人不能确认账本"),
}
