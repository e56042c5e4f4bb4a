"""Rolls for votes: who may cast which ballot on a day."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import and_, or_, select

from app.core.db import db
from app.core.values import Entry, Ref
from app.register.models import Dwelling, Ownership, Person, Residence
from app.register.queries.people import shown_name
from app.register.rules import head_key, natural_key, place_words


def roll(community_id: int, on: date) -> list[Entry]:
    """One entry a dwelling, in the order of buildings and rooms: heads and floor area as art. 278 counts them on a day.

    key: the dwelling's code; head: the exact set of its owners, all units of the developer together one; area in
    0.01 m²; voters: each owner, since any one of co-owners may cast the dwelling's ballot; eligible_from: since when.
    """
    holds = and_(
        Ownership.community_id == community_id,
        Ownership.dwelling_id == Dwelling.id,
        or_(Ownership.from_day.is_(None), Ownership.from_day <= on),
        or_(Ownership.to_day.is_(None), Ownership.to_day >= on),
    )
    rows = db.session.execute(
        select(
            Dwelling.code,
            Dwelling.building,
            Dwelling.unit,
            Dwelling.room,
            Dwelling.area,
            Ownership.person_id,
            Ownership.developer,
            Ownership.from_day,
        )
        .outerjoin(Ownership, holds)
        .where(Dwelling.community_id == community_id)
        .order_by(Dwelling.id, Ownership.person_id)
    )
    entries = [_entry(code, list(lines)) for code, lines in groupby(rows, key=lambda row: row.code)]
    return sorted(entries, key=lambda entry: (natural_key(entry.building), natural_key(entry.key)))


def _entry(code: str, lines: list[Any]) -> Entry:
    first = lines[0]
    people = [line.person_id for line in lines if line.person_id is not None]
    return Entry(
        key=code,
        label=place_words(first.building, first.unit, first.room),
        building=first.building,
        head=head_key((f"p{number}" for number in people), bool(first.developer)) or f"nobody-{code}",
        area=first.area,
        voters=tuple(Ref("person", number) for number in people),
        eligible_from=_since(line.from_day for line in lines),
    )


def _since(days: Iterable[date | None]) -> date | None:
    """Since when exactly these own together: the last day on which one of them joined, None where one is not known."""
    known = list(days)
    return None if None in known else max(day for day in known if day is not None)


def residents_roll(community_id: int, on: date) -> list[Entry]:
    """One entry a person who lives here on a day, for residents' polls; key `p` and the person's number, name masked."""
    rows = db.session.execute(
        select(Person.id, Person.name, Person.organisation, Dwelling.building)
        .join(Residence, Residence.person_id == Person.id)
        .join(Dwelling, Dwelling.id == Residence.dwelling_id)
        .where(
            Residence.community_id == community_id,
            or_(Residence.since.is_(None), Residence.since <= on),
            or_(Residence.to_day.is_(None), Residence.to_day >= on),
        )
        .order_by(Person.id, Dwelling.id)
    )
    first: dict[int, Entry] = {}
    for number, name, organisation, building in rows:
        key = f"p{number}"
        first.setdefault(
            number, Entry(key, shown_name(name, organisation), building, head=key, voters=(Ref("person", number),))
        )
    return list(first.values())


def refs_of_account(account_id: int) -> Iterable[Ref]:
    """The persons of registers for whom an account may speak."""
    numbers = db.session.scalars(select(Person.id).where(Person.account_id == account_id).order_by(Person.id))
    return [Ref("person", number) for number in numbers]
