"""What can happen to a posting; of its text and of who was reached the record keeps hashes and numbers."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.core.words import N_
from app.journal.events import Digest, Word


@dataclass(frozen=True, slots=True)
class PostingPublished:
    """A text was posted under its hash, from a day to a day, by a version of a law row.

    `roll` is the hash of the delivery list, `corrects` the posting that this one corrects, `automatic` says that another
    event of the record caused it.
    """

    community_id: int
    posting_id: int
    number: int
    kind: Literal["owners-notice", "residents-notice", "outcome", "roll", "resolution", "minutes", "general"]
    text: Digest
    begins: date
    last_day: date
    provisional: bool
    row: Word
    lines: int
    roll: Digest | None
    corrects: int | None
    automatic: bool


@dataclass(frozen=True, slots=True)
class PostingWithdrawn:
    """A posting was taken down; the reason stands on its page under this hash."""

    community_id: int
    posting_id: int
    number: int
    reason: Digest


@dataclass(frozen=True, slots=True)
class ServiceRecorded:
    """Staff entered how so many households were reached; `evidence` commits to which, and to witnesses and papers."""

    community_id: int
    posting_id: int
    number: int
    act_id: int
    way: Literal["handed", "witnessed", "online", "letter", "notice", "refused", "absent"]
    on: date
    lines: int
    evidence: Digest


@dataclass(frozen=True, slots=True)
class ServiceUndone:
    """An entry was wrong for so many households, and no longer counts for them."""

    community_id: int
    posting_id: int
    number: int
    act_id: int
    undone_id: int
    lines: int


@dataclass(frozen=True, slots=True)
class PostingEnded:
    """The term of a posting is over; so many households of the list counted as reached by then."""

    community_id: int
    posting_id: int
    number: int
    lines: int
    served: int


WORDS = {
    PostingPublished: N_("第%(number)s号公示发布"),
    PostingWithdrawn: N_("第%(number)s号公示撤下，理由已公开"),
    ServiceRecorded: N_("第%(number)s号公示登记送达%(lines)s户"),
    ServiceUndone: N_("第%(number)s号公示撤销登记错的送达%(lines)s户"),
    PostingEnded: N_("第%(number)s号公示期满"),
}
