"""Organisations and who belongs to them: global, since one organisation serves many communities."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Moment


class Organisation(Base):
    """One that may offer services, known by its credit code. The telephone number is kept sealed."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    credit_code: Mapped[str] = mapped_column(String(18), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    summary: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(60))
    phone_sealed: Mapped[str] = mapped_column(String(400))
    registered_at: Mapped[datetime] = mapped_column(Moment)


class OrganisationMember(Base):
    """An account that acts for an organisation, until it no longer does."""

    __tablename__ = "organisation_member"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
