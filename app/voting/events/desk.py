"""What happens at the desk: a ballot is handed in, read, settled, made void; a mandate is registered and taken back.

Which line it is for stays out of the record until the close, as who took part does; reasons are kept beside it, under a hash.
"""

from dataclasses import dataclass
from typing import Literal

from app.core.words import N_
from app.journal.events import Digest, ReceiptCode

DeskChannel = Literal["paper", "stall", "phone", "letter", "proxy"]


@dataclass(frozen=True, slots=True)
class BallotHandedIn:
    """A ballot was received at the desk under a number of its poll; the time of this entry is the ballot's time."""

    community_id: int
    poll_id: int
    number: int
    intake: int
    channel: DeskChannel


@dataclass(frozen=True, slots=True)
class BallotRead:
    """One of two people read a ballot; what they read is in no record."""

    community_id: int
    poll_id: int
    number: int
    intake: int
    reading: Literal[1, 2]


@dataclass(frozen=True, slots=True)
class ReadingWithdrawn:
    """Who mistyped took a reading back before anybody else had read the ballot."""

    community_id: int
    poll_id: int
    number: int
    intake: int
    reason: Digest


@dataclass(frozen=True, slots=True)
class ReadingsDiffered:
    """Two people read a ballot differently; a third has to settle it."""

    community_id: int
    poll_id: int
    number: int
    intake: int


@dataclass(frozen=True, slots=True)
class DisputeSettled:
    """A third person settled what two had read differently, with a reason."""

    community_id: int
    poll_id: int
    number: int
    intake: int
    reason: Digest


@dataclass(frozen=True, slots=True)
class IntakeVoided:
    """What was received was made void with a reason; `ballot` is the ballot that it had become, which counts no more."""

    community_id: int
    poll_id: int
    number: int
    intake: int
    reason: Digest
    ballot: ReceiptCode | None


@dataclass(frozen=True, slots=True)
class ProxyBallotWeighed:
    """A proxy's ballot differed from the mandate; a third person let it stand or made it void, with a reason."""

    community_id: int
    poll_id: int
    number: int
    intake: int
    stands: bool
    reason: Digest


@dataclass(frozen=True, slots=True)
class MandateRegistered:
    """A written mandate by which somebody votes for one line was registered."""

    community_id: int
    poll_id: int
    number: int
    mandate: int


@dataclass(frozen=True, slots=True)
class MandateRevoked:
    """A mandate was taken back, by the owner or at the desk."""

    community_id: int
    poll_id: int
    number: int
    mandate: int
    by: Literal["owner", "desk"]


WORDS = {
    BallotHandedIn: N_("第%(number)s号表决的服务台收到第%(intake)s号票"),
    BallotRead: N_("第%(number)s号表决的第%(intake)s号票有人录入"),
    ReadingWithdrawn: N_("第%(number)s号表决的第%(intake)s号票撤回一次录入"),
    ReadingsDiffered: N_("第%(number)s号表决的第%(intake)s号票两次录入不一致"),
    DisputeSettled: N_("第%(number)s号表决的第%(intake)s号票由第三人裁定"),
    IntakeVoided: N_("第%(number)s号表决的第%(intake)s号票作废"),
    ProxyBallotWeighed: N_("第%(number)s号表决的第%(intake)s号票和委托书核对过"),
    MandateRegistered: N_("第%(number)s号表决登记一份委托书"),
    MandateRevoked: N_("第%(number)s号表决撤销一份委托书"),
}
