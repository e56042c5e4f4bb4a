"""A ballot that comes to the desk is refused by the terms, and a refusal that was a mistake is undone.

As with what is received: a number and a way of coming in, never whose it is.
"""

from dataclasses import dataclass
from typing import Literal

from app.core.words import N_
from app.journal.events import Digest
from app.voting.events.desk import DeskChannel

WhyRefused = Literal[
    "after-closing",
    "unknown-code",
    "unknown-unit",
    "replaced",
    "not-voting",
    "already-voted",
    "no-mandate",
    "owner-voted",
]


@dataclass(frozen=True, slots=True)
class BallotRefused:
    """A ballot came to the desk and cannot count; the time of this entry is that of its coming."""

    community_id: int
    poll_id: int
    number: int
    refused: int
    channel: DeskChannel
    why: WhyRefused


@dataclass(frozen=True, slots=True)
class RefusalUndone:
    """A refusal was a mistake; `intake` is the number under which the ballot was received after all, if there was one."""

    community_id: int
    poll_id: int
    number: int
    refused: int
    intake: int | None
    reason: Digest


@dataclass(frozen=True, slots=True)
class RefusalCorrected:
    """A refused ballot was recorded for the wrong unit: `corrected` stands in the place of `refused`, with the same time.

    Every number that it replaces is undone besides. `why` is what the terms give for the right unit.
    """

    community_id: int
    poll_id: int
    number: int
    refused: int
    corrected: int
    channel: DeskChannel
    why: WhyRefused
    reason: Digest


WORDS: dict[type, str] = {
    BallotRefused: N_("第%(number)s号表决的服务台拒收一张票（拒收第%(refused)s号）"),
    RefusalUndone: N_("第%(number)s号表决更正一次错误的拒收（拒收第%(refused)s号）"),
    RefusalCorrected: N_("第%(number)s号表决的拒收第%(refused)s号记错了户，改记为拒收第%(corrected)s号"),
}
