"""The tables of the register: dwellings and persons, and who owns and who lives where as separate facts with dates."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment


class Dwelling(Base):
    """One exclusive part. `code` is its name on ballots; `area` is in 0.01 m², `basis` what the area rests on."""

    __tablename__ = "dwelling"
    __table_args__ = (
        UniqueConstraint("community_id", "code"),
        Index("ix_dwelling_building", "community_id", "building"),
        CheckConstraint("area > 0", name="area_positive"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    building: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(20))
    room: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(64))
    area: Mapped[int]
    use: Mapped[str] = mapped_column(String(12))
    basis: Mapped[str] = mapped_column(String(12))


class Person(Base):
    """Somebody who owns or lives here, recognised by a keyed print of name and phone; the phone is kept sealed."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("community_id", "key_print"), Index("ix_person_name", "community_id", "name"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    name: Mapped[str] = mapped_column(String(60))
    organisation: Mapped[bool] = mapped_column(default=False)
    key_print: Mapped[str] = mapped_column(String(64))
    phone_sealed: Mapped[str] = mapped_column(String(200), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class RegisterImport(Base):
    """One spreadsheet that was taken in: when, by whom, and what the register added up to afterwards."""

    __tablename__ = "register_import"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), index=True)
    file_hash: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    day: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)
    dwellings: Mapped[int]
    area: Mapped[int] = mapped_column(BigId)
    owners: Mapped[int]
    co_owned: Mapped[int]
    developer: Mapped[int]
    not_lived_in_by_owner: Mapped[int]
    tenants: Mapped[int]
    residents: Mapped[int]


class Ownership(Base):
    """A person owns a share of a dwelling from a day (None: before the register began) to a day, both included.

    `developer` marks what is unsold or sold but not handed over.
    """

    __tablename__ = "ownership"
    __table_args__ = (
        Index("ix_ownership_dwelling", "community_id", "dwelling_id"),
        CheckConstraint("numerator > 0 AND numerator <= denominator", name="share_of_one"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    dwelling_id: Mapped[int] = mapped_column(ForeignKey("dwelling.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    numerator: Mapped[int]
    denominator: Mapped[int]
    developer: Mapped[bool] = mapped_column(default=False)
    from_day: Mapped[date | None]
    to_day: Mapped[date | None]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("register_import.id"))


class Residence(Base):
    """A person lives in a dwelling, as the owner, a relative, a tenant or otherwise, since a day and until a day."""

    __tablename__ = "residence"
    __table_args__ = (Index("ix_residence_dwelling", "community_id", "dwelling_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    dwelling_id: Mapped[int] = mapped_column(ForeignKey("dwelling.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    relation: Mapped[str] = mapped_column(String(12))
    since: Mapped[date | None]
    to_day: Mapped[date | None]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("register_import.id"))


class RegisterUpload(Base):
    """A spreadsheet between its preview and its confirmation: sealed, and gone after a day.

    `state` is waiting (to be confirmed), working, done or refused; `reason` is the sentence of a refusal.
    """

    __tablename__ = "register_upload"
    __table_args__ = (UniqueConstraint("community_id", "account_id", "file_hash"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    file_hash: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(120))
    sealed: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    rows_done: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class VoterNaming(Base):
    """The co-owners of a dwelling named one of them to cast its ballot: by all agreeing, or by a mandate on paper.

    `owners` holds the numbers of those who owned when it was made, parted by commas: it ends with that set. `note` says what
    the paper is. `in_force_at` is set once complete, `ended_at` when it was taken back or replaced.
    """

    __tablename__ = "voter_naming"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    dwelling_id: Mapped[int] = mapped_column(ForeignKey("dwelling.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    owners: Mapped[str] = mapped_column(String(400))
    desk: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(200), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    in_force_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


Index(
    "uq_voter_naming_standing",
    VoterNaming.dwelling_id,
    unique=True,
    postgresql_where=VoterNaming.ended_at.is_(None),
    sqlite_where=VoterNaming.ended_at.is_(None),
)


class VoterAgreement(Base):
    """One co-owner agrees with a naming."""

    __tablename__ = "voter_agreement"

    naming_id: Mapped[int] = mapped_column(ForeignKey("voter_naming.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    at: Mapped[datetime] = mapped_column(Moment)
