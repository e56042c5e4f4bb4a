"""Accounts, invitations, sessions and grants."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Moment


class Account(Base):
    """Somebody who signs in. The sign-in name is kept sealed and recognised by its fingerprint."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    login_print: Mapped[str] = mapped_column(String(64), unique=True)
    login_sealed: Mapped[str] = mapped_column(String(400))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class LoginSession(Base):
    """One browser that is signed in, known by the hash of its token, revocable at once."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    device: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class RoleGrant(Base):
    """A role of an account in a community, from a day to a day (both included)."""

    __tablename__ = "role_grant"
    __table_args__ = (Index("ix_role_grant_account", "account_id", "community_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(20))
    from_day: Mapped[date]
    to_day: Mapped[date | None]


class Invitation(Base):
    """A code on paper by which one person makes an account, with the roles and the thing it is for."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), index=True)
    code_print: Mapped[str] = mapped_column(String(64), unique=True)
    roles: Mapped[str] = mapped_column(String(200))
    subject_kind: Mapped[str | None] = mapped_column(String(20))
    subject_id: Mapped[int | None]
    to_day: Mapped[date | None]
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    used_at: Mapped[datetime | None] = mapped_column(Moment)
