"""Rolls for votes: who may cast which ballot on a day."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import String, and_, bindparam, literal_column, or_, select

from app.core import clock
from app.core.db import db
from app.core.house import Voice
from app.core.values import Entry, Ref
from app.register.models import Dwelling, Ownership, Person, Residence
from app.register.queries.people import shown_name
from app.register.queries.voters import namings_on
from app.register.rules import head_key, natural_key, place_words
from app.register.rules.voters import Naming, voters_of


@dataclass(frozen=True, slots=True)
class RollLine:
    """One unit as a vote of the owners counts it: its entry, what it is used for, what its area rests on.

    `owners` are all who own it; `named` is the one whom they named to cast its ballot, 0 where they named nobody.
    """

    entry: Entry
    use: str
    basis: str
    owners: tuple[int, ...]
    named: int


def roll(community_id: int, on: date, uses: Collection[str] | None = None) -> list[Entry]:
    """One entry a unit, in the order of buildings and rooms: heads and floor area as art. 278 counts them on a day.

    key: the unit's code; head: the exact set of its owners, all units of the developer together one; area in 0.01 m²;
    voters: its owner, of several owners the one whom they named (the others are told), else each of them; eligible_from: since
    when they own.
    `uses` are those that count by the compound's own rule (None: all). Source: 民法典 278, 区分所有权解释 8, 9.
    """
    return [line.entry for line in roll_preview(community_id, on, uses)]


def roll_preview(community_id: int, on: date, uses: Collection[str] | None = None) -> list[RollLine]:
    """The roll of a day with what each line rests on; three statements."""
    holds = and_(
        Ownership.community_id == community_id,
        Ownership.dwelling_id == Dwelling.id,
        or_(Ownership.from_day.is_(None), Ownership.from_day <= on),
        or_(Ownership.to_day.is_(None), Ownership.to_day >= on),
    )
    wanted = (
        select(
            Dwelling.id,
            Dwelling.code,
            Dwelling.building,
            Dwelling.unit,
            Dwelling.room,
            Dwelling.area,
            Dwelling.use,
            Dwelling.basis,
            Ownership.person_id,
            Ownership.developer,
            Ownership.from_day,
        )
        .outerjoin(Ownership, holds)
        .where(Dwelling.community_id == community_id)
        .order_by(Dwelling.id, Ownership.person_id)
    )
    if uses is not None:
        wanted = wanted.where(Dwelling.use.in_(sorted(uses)))
    named = namings_on(community_id, clock.now())
    rows = groupby(db.session.execute(wanted), key=lambda row: row.id)
    found = [_line(list(lines), named.get(dwelling_id)) for dwelling_id, lines in rows]
    return sorted(found, key=lambda line: (natural_key(line.entry.building), natural_key(line.entry.key)))


def _line(lines: list[Any], naming: Naming | None) -> RollLine:
    first = lines[0]
    people = [line.person_id for line in lines if line.person_id is not None]
    voters = voters_of(people, naming)
    entry = Entry(
        key=first.code,
        label=place_words(first.building, first.unit, first.room),
        building=first.building,
        head=head_key((f"p{number}" for number in people), bool(first.developer)) or f"nobody-{first.code}",
        area=first.area,
        voters=tuple(Ref("person", number) for number in voters),
        told=tuple(Ref("person", number) for number in people if number not in voters),
        eligible_from=_since(line.from_day for line in lines),
    )
    alone = naming is not None and naming.holds_for(people)
    return RollLine(entry, first.use, first.basis, tuple(people), voters[0] if alone else 0)


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
        first.setdefault(number, _resident(number, name, organisation, building))
    return list(first.values())


def resident_lines(community_id: int, homes: Mapping[int, str]) -> dict[Ref, Entry]:
    """The entries of persons, were they registered as living in some homes (by the homes' codes); one statement.

    Whoever is of another community, or names a home that is none here, has none.
    """
    rows = db.session.execute(
        select(Person.id, Person.name, Person.organisation, Dwelling.code, Dwelling.building)
        .join(Dwelling, Dwelling.community_id == Person.community_id)
        .where(
            Person.community_id == community_id, Person.id.in_(homes), Dwelling.code.in_(sorted(set(homes.values())))
        )
    )
    return {
        Ref("person", number): _resident(number, name, organisation, building)
        for number, name, organisation, code, building in rows
        if homes[number] == code
    }


def _resident(number: int, name: str, organisation: bool, building: str) -> Entry:
    key = f"p{number}"
    return Entry(key, shown_name(name, organisation), building, head=key, voters=(Ref("person", number),))


def homes_roll(community_id: int, on: date) -> list[Entry]:
    """One entry a dwelling in which somebody lives on a day, in the order of buildings and rooms: where a call to the
    residents is brought; one statement."""
    lives = and_(
        Residence.dwelling_id == Dwelling.id,
        or_(Residence.since.is_(None), Residence.since <= on),
        or_(Residence.to_day.is_(None), Residence.to_day >= on),
    )
    wanted = select(Dwelling.code, Dwelling.building, Dwelling.unit, Dwelling.room).where(
        Dwelling.community_id == community_id, select(Residence.id).where(lives).exists()
    )
    homes = [
        Entry(code, place_words(building, unit, room), building)
        for code, building, unit, room in db.session.execute(wanted)
    ]
    return sorted(homes, key=lambda home: (natural_key(home.building), natural_key(home.key)))


SPEAKS_FOR: Voice = select(literal_column("'person'", String).label("kind"), Person.id).where(
    Person.account_id == bindparam("account_id")
)
"""The persons of registers for whom an account may speak."""
