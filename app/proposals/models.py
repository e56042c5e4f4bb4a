"""Proposals with their versions, returns and supporters; drafts; and the words by which they are found."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment
from app.core.values import Ref


class Proposal(Base):
    """A proposal in its newest version, and what happened to it.

    `account_id` is the author's, None for what the desk wrote down (`entered_by`). `budget` in fen. `supports` counts all
    who stand by it, `supports_now` those who saw this version. `reached_at`: enough supported this version, or one that
    was returned. `owners_matter` 1 to 9 where the law wants all owners to vote, None for the council.
    """

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("community_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    number: Mapped[int]
    account_id: Mapped[int | None] = mapped_column(BigId)
    entered_by: Mapped[int | None] = mapped_column(BigId)
    label: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(Text)
    budget: Mapped[int | None] = mapped_column(BigId)
    version: Mapped[int] = mapped_column(default=1)
    supports: Mapped[int] = mapped_column(default=0)
    supports_now: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    revised_at: Mapped[datetime | None] = mapped_column(Moment)
    reached_at: Mapped[datetime | None] = mapped_column(Moment)
    returned_at: Mapped[datetime | None] = mapped_column(Moment)
    admitted_at: Mapped[datetime | None] = mapped_column(Moment)
    owners_matter: Mapped[int | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str] = mapped_column(String(12), default="")
    resolution_kind: Mapped[str | None] = mapped_column(String(40))
    resolution_id: Mapped[int | None] = mapped_column(BigId)

    @property
    def matter(self) -> Ref:
        """A matter begins with its proposal."""
        return Ref("proposal", self.id)


LIVES = Proposal.withdrawn_at.is_(None) & Proposal.settled_at.is_(None)
TALKED = LIVES & Proposal.admitted_at.is_(None)
ON_AGENDA = LIVES & Proposal.admitted_at.is_not(None)
SETTLED = Proposal.settled_at.is_not(None)
READY = TALKED & Proposal.returned_at.is_(None) & Proposal.reached_at.is_not(None)
MINE_BACK = TALKED & Proposal.returned_at.is_not(None)

Index("ix_proposal_talked", Proposal.community_id, Proposal.number, postgresql_where=TALKED, sqlite_where=TALKED)
Index("ix_proposal_agenda", Proposal.community_id, Proposal.number, postgresql_where=ON_AGENDA, sqlite_where=ON_AGENDA)
Index("ix_proposal_settled", Proposal.community_id, Proposal.number, postgresql_where=SETTLED, sqlite_where=SETTLED)
Index("ix_proposal_newly", Proposal.community_id, Proposal.settled_at, postgresql_where=SETTLED, sqlite_where=SETTLED)
Index("ix_proposal_ready", Proposal.community_id, Proposal.reached_at, postgresql_where=READY, sqlite_where=READY)
Index("ix_proposal_back", Proposal.account_id, postgresql_where=MINE_BACK, sqlite_where=MINE_BACK)


class ProposalVersion(Base):
    """A proposal as it stood from a moment on; `note` says what the author changed."""

    __tablename__ = "proposal_version"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    title: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(Text)
    budget: Mapped[int | None] = mapped_column(BigId)
    note: Mapped[str] = mapped_column(String(200), default="")
    salt: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)


class ProposalReturn(Base):
    """Why a version was given back, and what should be changed."""

    __tablename__ = "proposal_return"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    reason: Mapped[str] = mapped_column(Text)
    wish: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(Moment)


class ProposalSupport(Base):
    """One account supports a proposal, in the version that it saw; once, by its key."""

    __tablename__ = "proposal_support"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False, index=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    version: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)


class ProposalDraft(Base):
    """What somebody is writing, exactly as typed; one for an account and community. `saves` tells two windows apart."""

    __tablename__ = "proposal_draft"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    budget: Mapped[str] = mapped_column(Text)
    saves: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime] = mapped_column(Moment)


class ProposalWord(Base):
    """A word that stands in a proposal, for finding it; words are cut by a dictionary."""

    __tablename__ = "proposal_word"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True, index=True)
