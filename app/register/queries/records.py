"""The register as it stands, for comparing it with a spreadsheet."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from app.core.db import db
from app.register.models import Dwelling, Ownership, Person, RegisterImport, Residence
from app.register.rules import Known

OwnerKey = tuple[str, int, int, bool]


@dataclass(frozen=True, slots=True)
class Standing:
    """One dwelling on record: its id, what can be compared, and the ids of its open facts."""

    dwelling_id: int
    known: Known
    ownerships: dict[OwnerKey, int]
    residences: dict[tuple[str, str], int]


def standing(community_id: int) -> dict[str, Standing]:
    """Every dwelling of a community by its code, with the facts that are open today."""
    dwellings = db.session.execute(
        select(Dwelling.id, Dwelling.code, Dwelling.area, Dwelling.use, Dwelling.basis)
        .where(Dwelling.community_id == community_id)
        .order_by(Dwelling.id)
    ).all()
    if not dwellings:
        return {}
    owned: dict[int, dict[OwnerKey, int]] = defaultdict(dict)
    for fact_id, dwelling_id, print_, numerator, denominator, developer in db.session.execute(
        select(
            Ownership.id,
            Ownership.dwelling_id,
            Person.key_print,
            Ownership.numerator,
            Ownership.denominator,
            Ownership.developer,
        )
        .join(Person, Person.id == Ownership.person_id)
        .where(Ownership.community_id == community_id, Ownership.to_day.is_(None))
    ):
        owned[dwelling_id][print_, numerator, denominator, developer] = fact_id
    lived_in: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for fact_id, dwelling_id, print_, relation in db.session.execute(
        select(Residence.id, Residence.dwelling_id, Person.key_print, Residence.relation)
        .join(Person, Person.id == Residence.person_id)
        .where(Residence.community_id == community_id, Residence.to_day.is_(None))
    ):
        lived_in[dwelling_id][print_, relation] = fact_id
    return {
        code: Standing(
            dwelling_id,
            Known(
                area,
                use,
                basis,
                any(developer for *_, developer in owned[dwelling_id]),
                frozenset(key[:3] for key in owned[dwelling_id]),
                frozenset(lived_in[dwelling_id]),
            ),
            owned[dwelling_id],
            lived_in[dwelling_id],
        )
        for dwelling_id, code, area, use, basis in dwellings
    }


def person_ids(community_id: int) -> dict[str, int]:
    """Every person of a community by print."""
    rows = db.session.execute(select(Person.key_print, Person.id).where(Person.community_id == community_id))
    return {row[0]: row[1] for row in rows}


def dwelling_ids(community_id: int) -> dict[str, int]:
    """Every dwelling of a community by its code."""
    rows = db.session.execute(select(Dwelling.code, Dwelling.id).where(Dwelling.community_id == community_id))
    return {row[0]: row[1] for row in rows}


def last_import(community_id: int) -> RegisterImport | None:
    """The spreadsheet that was taken in last, with the figures of the register since then."""
    wanted = select(RegisterImport).filter_by(community_id=community_id).order_by(RegisterImport.id.desc()).limit(1)
    return db.session.scalar(wanted)


def is_filled(community_id: int) -> bool:
    """Whether a community has a register."""
    return db.session.scalar(select(Dwelling.id).where(Dwelling.community_id == community_id).limit(1)) is not None
