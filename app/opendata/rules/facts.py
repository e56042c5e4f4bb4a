"""A purchase as values: everything of it that may become public, each with the moment from which it is.

Money in fen, points in 0.01 point, totals as exact fractions, bonds in 0.01 %. Moments carry their zone; a day ends at
midnight in the community's zone.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Party:
    """One that takes part. `code` is its unified social credit code, empty where the house does not know it."""

    id: str
    name: str
    code: str = ""
    street: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Mandate:
    """The resolution that allowed the purchase: its reference, what for, how much at most, since when."""

    resolution: str
    purpose: str
    ceiling: int
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class Scoring:
    """How points are given for a factor: the most, and the steps with their points."""

    method: str
    most: int
    steps: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the evaluation."""

    name: str
    part: str
    kind: str
    points: int
    how: str = ""
    scales: tuple[Scoring, ...] = ()


@dataclass(frozen=True, slots=True)
class Flaw:
    """What in the notice breaks which article, as it was found when it was published."""

    rule: str
    article: str
    where: str
    binding: bool
    words: str


@dataclass(frozen=True, slots=True)
class Clarification:
    """A question and the answer that everybody got; `moved_to` is the deadline where the answer moved it."""

    number: int
    question: str
    asked_at: datetime
    answer: str = ""
    answered_at: datetime | None = None
    moved_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Bid:
    """A bid as it was opened, and what became of it. `price` is 0 where it could not be read."""

    code: str
    bidder: Party
    price: int
    received_at: datetime
    qualified: bool | None = None
    reason: str = ""
    rank: int | None = None
    total: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """The buyer's decision for one bid, public from `published_at` on."""

    bid: str
    price: int
    decided_at: datetime
    published_at: datetime
    notice_until: date
    challenge_until: date
    sign_by: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of a contract and the money due for it."""

    position: int
    title: str
    due_on: date
    amount: int
    note: str = ""
    completed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """What was signed and what of it is done."""

    number: int
    amount: int
    signed_at: datetime
    starts_on: date
    ends_on: date
    milestones: tuple[Milestone, ...]
    completed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """One purchase, from its mandate to its last milestone, under one ocid.

    `page` is the address of its page on the site. `deadline` is the one in the notice; answers may move it.
    `evaluating_at` is when the examination of the bids began. `agency` runs the procedure for the buyer, where one does.
    """

    ocid: str
    number: int
    zone: str
    page: str
    buyer: Party
    title: str
    method: str
    category: str
    budget: int
    ceiling: int
    published_at: datetime
    deadline: datetime
    agency: Party | None = None
    mandate: Mandate | None = None
    summary: str = ""
    requirements: str = ""
    beneficiaries: str = ""
    minimum_price: int | None = None
    yearly: bool = False
    price_basis: str = ""
    bid_bond: int = 0
    performance_bond: int = 0
    qualifications: tuple[str, ...] = ()
    payment: str = ""
    acceptance: str = ""
    term_months: int = 0
    term_from: date | None = None
    term_to: date | None = None
    notice_until: date | None = None
    factors: tuple[Factor, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    clarifications: tuple[Clarification, ...] = ()
    bidders: int | None = None
    opened_at: datetime | None = None
    evaluating_at: datetime | None = None
    failed_at: datetime | None = None
    bids: tuple[Bid, ...] = ()
    award: Award | None = None
    contract: Contract | None = None

    @property
    def last_deadline(self) -> datetime:
        """The deadline after every answer that moved it."""
        return self.deadline_at(None)

    def deadline_at(self, moment: datetime | None) -> datetime:
        """The deadline as it stood at a moment; None for the end of time."""
        moves = [
            (one.answered_at, one.moved_to)
            for one in self.clarifications
            if one.answered_at is not None and one.moved_to is not None
        ]
        known = [moved for at, moved in sorted(moves) if moment is None or at <= moment]
        return known[-1] if known else self.deadline
