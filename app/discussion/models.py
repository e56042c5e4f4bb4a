"""Threads with their counters, comments, endorsements, and answers that are owed or given."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment
from app.core.values import Ref


class Thread(Base):
    """A discussion on anything; `pros`, `cons` and `others` count what stands, neither hidden nor taken back."""

    __tablename__ = "thread"
    __table_args__ = (UniqueConstraint("subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigId)
    matter_kind: Mapped[str] = mapped_column(String(40))
    matter_id: Mapped[int] = mapped_column(BigId)
    pros: Mapped[int] = mapped_column(default=0)
    cons: Mapped[int] = mapped_column(default=0)
    others: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def matter(self) -> Ref:
        """The matter to which the talk belongs."""
        return Ref(self.matter_kind, self.matter_id)

    @property
    def subject(self) -> Ref:
        """What is talked about."""
        return Ref(self.subject_kind, self.subject_id)


Index("ix_thread_matter", Thread.matter_kind, Thread.matter_id)


class Comment(Base):
    """One reason, or a reply to one (`stance` is then `reply`), under the name that was shown when it was written.

    `account_id` is None for what the desk wrote down for somebody without an account; then `entered_by` says which of
    the staff did. `endorsements` and `replies` count. `asks` is the party from which the author wants to hear;
    `unassigned_since` is when enough endorsed it while no party was named.
    """

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    stance: Mapped[str] = mapped_column(String(7))
    body: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int | None] = mapped_column(BigId)
    entered_by: Mapped[int | None] = mapped_column(BigId)
    salt: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime] = mapped_column(Moment)
    endorsements: Mapped[int] = mapped_column(default=0)
    replies: Mapped[int] = mapped_column(default=0)
    asks: Mapped[str | None] = mapped_column(String(10))
    unassigned_since: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_reason: Mapped[str] = mapped_column(String(400), default="")


STANDING = Comment.hidden_at.is_(None) & Comment.withdrawn_at.is_(None)

Index(
    "ix_comment_side",
    Comment.thread_id,
    Comment.stance,
    Comment.endorsements,
    Comment.id,
    postgresql_where=STANDING,
    sqlite_where=STANDING,
)
Index(
    "ix_comment_newest",
    Comment.thread_id,
    Comment.id,
    postgresql_where=Comment.parent_id.is_(None),
    sqlite_where=Comment.parent_id.is_(None),
)
Index(
    "ix_comment_replies",
    Comment.parent_id,
    Comment.id,
    postgresql_where=Comment.parent_id.is_not(None),
    sqlite_where=Comment.parent_id.is_not(None),
)
Index(
    "ix_comment_unassigned",
    Comment.community_id,
    Comment.unassigned_since,
    postgresql_where=Comment.unassigned_since.is_not(None),
    sqlite_where=Comment.unassigned_since.is_not(None),
)


class CommentEndorsement(Base):
    """One account finds one comment a good one; once, by its key."""

    __tablename__ = "comment_endorsement"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class CommentAnswer(Base):
    """The answer that a party owes to a comment until `due_at`, and the answer once it is given."""

    __tablename__ = "comment_answer"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    party: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    account_id: Mapped[int | None] = mapped_column(BigId)
    label: Mapped[str] = mapped_column(String(60), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    salt: Mapped[str] = mapped_column(String(64), default="")


OWED = CommentAnswer.answered_at.is_(None)
Index(
    "ix_comment_answer_owed",
    CommentAnswer.community_id,
    CommentAnswer.party,
    CommentAnswer.due_at,
    postgresql_where=OWED,
    sqlite_where=OWED,
)
Index("ix_comment_answer_thread", CommentAnswer.thread_id, postgresql_where=OWED, sqlite_where=OWED)
