"""What is to be bought, by which mandate, by which criteria, and what was asked about it. Money in fen."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment
from app.core.values import Ref

DRAFT, BIDDING, FAILED, OPENED, RANKED = "draft", "bidding", "failed", "opened", "ranked"
AWARDED, RESULT, SIGNED, COMPLETED = "awarded", "result", "signed", "completed"


class Mandate(Base):
    """What a resolution allows to be bought: for what, and for how much at most."""

    __tablename__ = "mandate"
    __table_args__ = (UniqueConstraint("community_id", "resolution_kind", "resolution_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    resolution_kind: Mapped[str] = mapped_column(String(40))
    resolution_id: Mapped[int] = mapped_column(BigId)
    matter_kind: Mapped[str] = mapped_column(String(40))
    matter_id: Mapped[int] = mapped_column(BigId)
    ceiling: Mapped[int] = mapped_column(BigInteger)
    purpose: Mapped[str] = mapped_column(Text)
    granted_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def resolution(self) -> Ref:
        """The resolution that gave it."""
        return Ref(self.resolution_kind, self.resolution_id)

    @property
    def matter(self) -> Ref:
        """The matter to which it belongs, from need to rating."""
        return Ref(self.matter_kind, self.matter_id)


class Tender(Base):
    """One purchase, from its draft to its last milestone. `stage` is the last step that was taken.

    `year` is 0 and `source` empty unless it was published elsewhere and replayed here; then there is no mandate. Bonds:
    `bid_bond` in fen, `performance_bond` in 0.01 % of the contract. `findings` are what was found at its publication.
    """

    __tablename__ = "tender"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        UniqueConstraint("community_id", "source"),
        Index("ix_tender_stage", "community_id", "stage", "number"),
        Index("ix_tender_deadline", "stage", "deadline"),
        Index("ix_tender_matter", "matter_kind", "matter_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    number: Mapped[int]
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"), index=True)
    source: Mapped[str | None] = mapped_column(String(80))
    matter_kind: Mapped[str] = mapped_column(String(40), default="")
    matter_id: Mapped[int] = mapped_column(BigId, default=0)
    stage: Mapped[str] = mapped_column(String(12), default=DRAFT)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    requirements: Mapped[str] = mapped_column(Text, default="")
    beneficiaries: Mapped[str] = mapped_column(String(200), default="")
    buyer: Mapped[str] = mapped_column(String(120), default="")
    agency: Mapped[str] = mapped_column(String(120), default="")
    method: Mapped[str] = mapped_column(String(30))
    category: Mapped[str] = mapped_column(String(12))
    budget: Mapped[int] = mapped_column(BigInteger)
    ceiling: Mapped[int] = mapped_column(BigInteger)
    minimum_price: Mapped[int | None] = mapped_column(BigInteger)
    yearly: Mapped[bool] = mapped_column(default=False)
    price_basis: Mapped[str] = mapped_column(Text, default="")
    bid_bond: Mapped[int] = mapped_column(BigInteger, default=0)
    performance_bond: Mapped[int] = mapped_column(default=0)
    candidates: Mapped[int | None]
    demanding: Mapped[bool] = mapped_column(default=False)
    qualifications: Mapped[list[str]] = mapped_column(JSON, default=list)
    payment: Mapped[str] = mapped_column(Text, default="")
    acceptance: Mapped[str] = mapped_column(Text, default="")
    term_months: Mapped[int] = mapped_column(default=12)
    term_from: Mapped[date | None]
    term_to: Mapped[date | None]
    long_grounds: Mapped[list[str]] = mapped_column(JSON, default=list)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    drafted_at: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    notice_until: Mapped[date | None]
    documents_until: Mapped[date | None]
    clarify_by: Mapped[date | None]
    deadline: Mapped[datetime] = mapped_column(Moment)
    evaluate_by: Mapped[date | None]
    decision_due: Mapped[date | None]
    result_due: Mapped[date | None]
    provisional: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    bidders: Mapped[int | None]
    failed_at: Mapped[datetime | None] = mapped_column(Moment)
    ranked_at: Mapped[datetime | None] = mapped_column(Moment)
    ranking_salt: Mapped[str] = mapped_column(String(64), default="")
    decide_by: Mapped[date | None]

    @property
    def matter(self) -> Ref:
        """The matter to which it belongs: the mandate's, else the tender itself."""
        return Ref(self.matter_kind, self.matter_id) if self.matter_kind else Ref("tender", self.id)


class TenderCriterion(Base):
    """One factor of the evaluation; points in 0.01 point, scales as the rules write them."""

    __tablename__ = "tender_criterion"
    __table_args__ = (UniqueConstraint("tender_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    part: Mapped[str] = mapped_column(String(20), default="")
    kind: Mapped[str] = mapped_column(String(12))
    points: Mapped[int]
    how: Mapped[str] = mapped_column(Text, default="")
    scales: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    place: Mapped[str] = mapped_column(String(160), default="")


class TenderQuestion(Base):
    """A question that everybody reads, with its answer; nobody reads who asked it (87号令 28)."""

    __tablename__ = "tender_question"
    __table_args__ = (UniqueConstraint("tender_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"))
    number: Mapped[int]
    organisation_id: Mapped[int]
    account_id: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    due_on: Mapped[date]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    moved_to: Mapped[datetime | None] = mapped_column(Moment)
