"""Dwellings for the desk: by building, one by one, with the names of people masked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import func, select

from app.core import formats
from app.core.db import db
from app.core.errors import NotFound
from app.core.house import Link
from app.core.secrets import decrypt
from app.core.words import N_
from app.register.models import Dwelling, Ownership, Person, Residence
from app.register.queries.people import PHONE, shown_name
from app.register.rules import natural_key


@dataclass(frozen=True, slots=True)
class Building:
    """One building with its dwellings and their floor area together, in 0.01 m²."""

    name: str
    dwellings: int
    area: int


@dataclass(frozen=True, slots=True)
class DwellingLine:
    """One dwelling of a building's list."""

    code: str
    unit: str
    room: str
    area: int
    use: str
    owners: tuple[str, ...]
    developer: bool
    residents: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody who owns or lives in a dwelling, with name and phone masked; `relation` is empty for owners."""

    person_id: int
    name: str
    phone: str
    linked: bool
    share: tuple[int, int]
    relation: str
    from_day: date | None
    to_day: date | None


@dataclass(frozen=True, slots=True)
class DwellingPage:
    """One dwelling with everybody who owns or owned it, lives or lived in it."""

    code: str
    building: str
    unit: str
    room: str
    area: int
    use: str
    basis: str
    developer: bool
    owners: tuple[PersonLine, ...]
    residents: tuple[PersonLine, ...]


def buildings(community_id: int) -> list[Building]:
    """The buildings of a community in the order in which people list them."""
    rows = db.session.execute(
        select(Dwelling.building, func.count(), func.sum(Dwelling.area))
        .where(Dwelling.community_id == community_id)
        .group_by(Dwelling.building)
    )
    found = [Building(name, count, int(area)) for name, count, area in rows]
    return sorted(found, key=lambda building: natural_key(building.name))


def dwellings_of(community_id: int, building: str) -> list[DwellingLine]:
    """The dwellings of one building with their owners. Raises NotFound."""
    rows = db.session.execute(
        select(Dwelling.id, Dwelling.code, Dwelling.unit, Dwelling.room, Dwelling.area, Dwelling.use).where(
            Dwelling.community_id == community_id, Dwelling.building == building
        )
    ).all()
    if not rows:
        raise NotFound(N_("名册里没有%(building)s栋。"), {"building": building[:20]})
    here = select(Dwelling.id).where(Dwelling.community_id == community_id, Dwelling.building == building)
    owners: dict[int, list[str]] = defaultdict(list)
    developers: set[int] = set()
    for dwelling_id, name, organisation, developer in db.session.execute(
        select(Ownership.dwelling_id, Person.name, Person.organisation, Ownership.developer)
        .join(Person, Person.id == Ownership.person_id)
        .where(Ownership.dwelling_id.in_(here), Ownership.community_id == community_id, Ownership.to_day.is_(None))
        .order_by(Ownership.id)
    ):
        owners[dwelling_id].append(shown_name(name, organisation or developer))
        if developer:
            developers.add(dwelling_id)
    lived_in = db.session.execute(
        select(Residence.dwelling_id, func.count())
        .where(Residence.dwelling_id.in_(here), Residence.community_id == community_id, Residence.to_day.is_(None))
        .group_by(Residence.dwelling_id)
    )
    residents: dict[int, int] = {row[0]: row[1] for row in lived_in}
    found = [
        DwellingLine(
            row.code, row.unit, row.room, row.area, row.use, tuple(owners[row.id]), row.id in developers,
            residents.get(row.id, 0),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda line: natural_key(line.code))


def get_dwelling(community_id: int, code: str) -> DwellingPage:
    """A dwelling by its code. Raises NotFound."""
    dwelling = db.session.scalar(select(Dwelling).filter_by(community_id=community_id, code=code[:64]))
    if dwelling is None:
        raise NotFound(N_("名册里没有%(code)s这一户。"), {"code": code[:64]})
    owned = db.session.execute(
        select(Ownership, Person)
        .join(Person, Person.id == Ownership.person_id)
        .where(Ownership.community_id == community_id, Ownership.dwelling_id == dwelling.id)
        .order_by(Ownership.to_day.is_not(None), Ownership.to_day.desc(), Ownership.id)
    ).all()
    lived_in = db.session.execute(
        select(Residence, Person)
        .join(Person, Person.id == Residence.person_id)
        .where(Residence.community_id == community_id, Residence.dwelling_id == dwelling.id)
        .order_by(Residence.to_day.is_not(None), Residence.to_day.desc(), Residence.id)
    ).all()
    return DwellingPage(
        dwelling.code,
        dwelling.building,
        dwelling.unit,
        dwelling.room,
        dwelling.area,
        dwelling.use,
        dwelling.basis,
        any(fact.developer for fact, _ in owned if fact.to_day is None),
        tuple(
            _line(person, (fact.numerator, fact.denominator), "", fact.from_day, fact.to_day, fact.developer)
            for fact, person in owned
        ),
        tuple(_line(person, (0, 1), fact.relation, fact.since, fact.to_day) for fact, person in lived_in),
    )


def dwelling_links(numbers: Sequence[int]) -> Mapping[int, Link]:
    """What dwellings are called, and where they stand."""
    rows = db.session.execute(select(Dwelling.id, Dwelling.code).where(Dwelling.id.in_(numbers)))
    return {number: Link(code, url_for("register.dwelling", code=code), "dwelling") for number, code in rows}


def _line(
    person: Person,
    share: tuple[int, int],
    relation: str,
    from_day: date | None,
    to_day: date | None,
    developer: bool = False,
) -> PersonLine:
    return PersonLine(
        person.id,
        shown_name(person.name, person.organisation or developer),
        formats.masked_phone(decrypt(person.phone_sealed, PHONE)) if person.phone_sealed else "",
        person.account_id is not None,
        share,
        relation,
        from_day,
        to_day,
    )
