"""Persons of the register: who they are to themselves, to the desk and to others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from sqlalchemy import case, func, select, type_coerce

from app.core import formats
from app.core.db import Moment, db
from app.core.errors import NotFound
from app.core.house import Hit, Link, Sought
from app.core.i18n import _
from app.core.permissions import may
from app.core.secrets import decrypt, fingerprint
from app.core.values import Actor, Ref
from app.core.words import N_
from app.register.models import Dwelling, Ownership, Person, RegisterImport, Residence
from app.register.permissions import READ_REGISTER
from app.register.rules import clean, person_key, place_words

PHONE = "person-phone"
MOST_HITS = 20


@dataclass(frozen=True, slots=True)
class Holding:
    """A share of a dwelling that somebody owns; `since` None means before the register began."""

    code: str
    place: str
    area: int
    numerator: int
    denominator: int
    since: date | None


@dataclass(frozen=True, slots=True)
class Home:
    """A dwelling in which somebody lives."""

    place: str
    relation: str
    since: date | None


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """What the register says about somebody, as they see it themselves."""

    name: str
    phone: str
    holdings: tuple[Holding, ...]
    homes: tuple[Home, ...]


def shown_name(name: str, organisation: bool) -> str:
    """A name as others see it: 王**; the name of a company or office is public."""
    return name if organisation else formats.masked(name)


def get_person(community_id: int, person_id: int) -> Person:
    """A person of this community's register. Raises NotFound."""
    person = db.session.scalar(select(Person).filter_by(id=person_id, community_id=community_id))
    if person is None:
        raise NotFound(N_("名册里没有这个人。"))
    return person


def find_person(community_id: int, name: str, phone: str) -> Ref | None:
    """Whom a name and a phone mean, as the register recognises people; None for somebody it does not know."""
    print_ = fingerprint(f"{community_id}|{person_key(name, phone, '')}", "person")
    number = db.session.scalar(select(Person.id).filter_by(community_id=community_id, key_print=print_))
    return None if number is None else Ref("person", number)


def persons_of(community_id: int, numbers: Sequence[int]) -> set[int]:
    """Which of some persons stand on this community's register."""
    if not numbers:
        return set()
    wanted = select(Person.id).where(Person.id.in_(numbers), Person.community_id == community_id)
    return set(db.session.scalars(wanted))


def owns(person_id: int) -> bool:
    """Whether a person owns something today."""
    wanted = select(Ownership.id).where(Ownership.person_id == person_id, Ownership.to_day.is_(None)).limit(1)
    return db.session.scalar(wanted) is not None


def lives_here(person_id: int) -> bool:
    """Whether a person lives here today."""
    wanted = select(Residence.id).where(Residence.person_id == person_id, Residence.to_day.is_(None)).limit(1)
    return db.session.scalar(wanted) is not None


def linked_accounts(community_id: int, account_id: int | None = None) -> dict[int, tuple[bool, bool]]:
    """Whether each account that speaks for somebody of a register owns and lives there today; three statements."""
    people = select(Person.id, Person.account_id).where(
        Person.community_id == community_id, Person.account_id.is_not(None)
    )
    if account_id is not None:
        people = people.where(Person.account_id == account_id)
    linked = people.subquery()
    owners, residents = (
        set(
            db.session.scalars(
                select(linked.c.account_id).join(fact, (fact.person_id == linked.c.id) & fact.to_day.is_(None))
            )
        )
        for fact in (Ownership, Residence)
    )
    accounts = set(db.session.scalars(select(linked.c.account_id)))
    return {account: (account in owners, account in residents) for account in sorted(accounts)}


def own_entries(community_id: int, account_id: int) -> list[OwnEntry]:
    """What the register of a community says about the persons of an account; three statements."""
    people = list(
        db.session.scalars(
            select(Person).filter_by(community_id=community_id, account_id=account_id).order_by(Person.id)
        )
    )
    numbers = [person.id for person in people]
    where = (Dwelling.building, Dwelling.unit, Dwelling.room)
    owned = db.session.execute(
        select(
            Ownership.person_id,
            Dwelling.code,
            *where,
            Dwelling.area,
            Ownership.numerator,
            Ownership.denominator,
            Ownership.from_day,
        )
        .join(Dwelling, Dwelling.id == Ownership.dwelling_id)
        .where(Ownership.person_id.in_(numbers), Ownership.to_day.is_(None))
        .order_by(Dwelling.id)
    ).all()
    lived_in = db.session.execute(
        select(Residence.person_id, *where, Residence.relation, Residence.since)
        .join(Dwelling, Dwelling.id == Residence.dwelling_id)
        .where(Residence.person_id.in_(numbers), Residence.to_day.is_(None))
        .order_by(Dwelling.id)
    ).all()
    return [
        OwnEntry(
            person.name,
            decrypt(person.phone_sealed, PHONE) if person.phone_sealed else "",
            tuple(Holding(row[1], place_words(*row[2:5]), *row[5:]) for row in owned if row[0] == person.id),
            tuple(Home(place_words(*row[1:4]), *row[4:]) for row in lived_in if row[0] == person.id),
        )
        for person in people
    ]


def person_links(numbers: Sequence[int]) -> Mapping[int, Link]:
    """Persons as others see them; nobody's entry has a public page."""
    rows = db.session.execute(select(Person.id, Person.name, Person.organisation).where(Person.id.in_(numbers)))
    return {number: Link(shown_name(name, organisation), "", "person") for number, name, organisation in rows}


def search(community_id: int, words: str, actor: Actor) -> Sequence[Sought]:
    """Dwellings by code or owner, for who may read the register; names come back masked."""
    wanted = clean(words).upper()
    if not wanted or not may(actor, READ_REGISTER, community_id):
        return ()
    plain = wanted.replace("%", "").replace("_", "")
    since = select(func.max(RegisterImport.at)).where(RegisterImport.community_id == community_id).scalar_subquery()
    public = case((Person.organisation, 1), else_=0)
    rows = (
        select(public, Dwelling.code, type_coerce(since, Moment), Person.name)
        .join(Ownership, (Ownership.dwelling_id == Dwelling.id) & Ownership.to_day.is_(None))
        .join(Person, Person.id == Ownership.person_id)
        .where(
            Dwelling.community_id == community_id,
            since.is_not(None),
            (Dwelling.code == wanted) | (Person.name == clean(words)) | (Dwelling.code.like(f"{plain}-%")),
        )
        .order_by(Dwelling.id)
        .limit(MOST_HITS)
    )
    return [Sought(rows, lambda row: _hit(row[1], shown_name(row[3], bool(row[0])), row[2]))]


def _hit(code: str, name: str, at: datetime) -> Hit:
    return Hit(f"{code} {name}", url_for("register.dwelling", code=code), _("房屋"), at)
