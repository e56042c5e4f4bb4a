"""A ballot is received; its choice only inside its commitment."""

from dataclasses import dataclass

from app.core.words import N_
from app.journal.events import Digest, ReceiptCode


@dataclass(frozen=True, slots=True)
class BallotCast:
    """A ballot was received; `commitment` hides what is in it until its salt is shown."""

    community_id: int
    poll_id: int
    number: int
    ballot: ReceiptCode
    commitment: Digest


@dataclass(frozen=True, slots=True)
class BallotsImported:
    """A poll that was held elsewhere came in with all its ballots; `ballots` is the hash over them."""

    community_id: int
    poll_id: int
    number: int
    taken: int
    rejected: int
    ballots: Digest


WORDS = {
    BallotCast: N_("第%(number)s号表决收到一张选票"),
    BallotsImported: N_("第%(number)s号表决导入%(taken)s张选票"),
}
