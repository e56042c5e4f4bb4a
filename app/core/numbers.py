"""Numbers that people say: 第23号提案, counted for each community and kind without gaps."""

from sqlalchemy import Integer, String, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, db


class Numbering(Base):
    """The last number given, one row a community, kind and (where numbers begin anew) year."""

    __tablename__ = "numbering"

    community_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, default=0)
    last: Mapped[int] = mapped_column(Integer, default=0)


def next_number(community_id: int, kind: str, year: int = 0) -> int:
    """The next number of a kind; inside a transaction only, so that an undone action leaves no gap."""
    insert = sqlite_insert if db.engine.dialect.name == "sqlite" else postgres_insert
    row = insert(Numbering).values(community_id=community_id, kind=kind, year=year, last=1)
    row = row.on_conflict_do_update(index_elements=["community_id", "kind", "year"], set_={"last": Numbering.last + 1})
    return int(db.session.execute(row.returning(Numbering.last)).scalar_one())


def hold(community_id: int, kind: str) -> None:
    """Who holds the same kind next, in this community, waits until this transaction ends; no number is used."""
    insert = sqlite_insert if db.engine.dialect.name == "sqlite" else postgres_insert
    row = insert(Numbering).values(community_id=community_id, kind=kind, year=0, last=0)
    db.session.execute(
        row.on_conflict_do_update(index_elements=["community_id", "kind", "year"], set_={"last": Numbering.last})
    )


def last_number(community_id: int, kind: str, year: int = 0) -> int:
    """The last number given, 0 before the first."""
    wanted = select(Numbering.last).filter_by(community_id=community_id, kind=kind, year=year)
    return db.session.scalar(wanted) or 0
