"""Who may cast the ballot of a dwelling, and what its co-owners have agreed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from sqlalchemy import Select, or_, select

from app.core.db import built, db
from app.core.errors import NotFound
from app.core.house import Todo
from app.core.i18n import _
from app.core.questions import Question
from app.core.values import Actor, Ref
from app.core.words import N_
from app.register.models import Dwelling, Ownership, Person, VoterAgreement, VoterNaming
from app.register.queries.people import shown_name
from app.register.rules import place_words
from app.register.rules.voters import Naming, voters_of

MANY = 20


@dataclass(frozen=True, slots=True)
class CoOwner:
    """One owner of a dwelling, named as others may see it, and whether they agreed with the naming that stands."""

    person_id: int
    name: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class Home:
    """A dwelling as its owners see it: who they are, whom they named (0: nobody yet), since when, and how."""

    dwelling_id: int
    community_id: int
    code: str
    place: str
    owners: tuple[CoOwner, ...]
    naming: Naming | None
    naming_id: int
    note: str
    since: datetime | None

    @property
    def owner_ids(self) -> frozenset[int]:
        """The persons who own it today."""
        return frozenset(owner.person_id for owner in self.owners)

    @property
    def voters(self) -> tuple[int, ...]:
        """Those who may cast its ballot."""
        return voters_of(self.owner_ids, self.naming)

    def name_of(self, person_id: int) -> str:
        """What one of the owners is called."""
        return next((owner.name for owner in self.owners if owner.person_id == person_id), "")


def get_home(community_id: int, code: str, on: date) -> Home:
    """A dwelling with those who own it on a day. Raises NotFound."""
    dwelling = db.session.scalar(select(Dwelling).filter_by(community_id=community_id, code=code[:64]))
    if dwelling is None:
        raise NotFound(N_("名册里没有%(code)s这一户。"), {"code": code[:64]})
    people = db.session.execute(
        select(Person.id, Person.name, Person.organisation)
        .join(Ownership, Ownership.person_id == Person.id)
        .where(
            Ownership.dwelling_id == dwelling.id,
            or_(Ownership.from_day.is_(None), Ownership.from_day <= on),
            or_(Ownership.to_day.is_(None), Ownership.to_day >= on),
        )
        .order_by(Ownership.id)
    ).all()
    row = db.session.scalar(select(VoterNaming).filter_by(dwelling_id=dwelling.id, ended_at=None))
    naming = namings([row] if row else []).get(dwelling.id)
    agreed = naming.agreed if naming else frozenset()
    return Home(
        dwelling.id,
        community_id,
        dwelling.code,
        place_words(dwelling.building, dwelling.unit, dwelling.room),
        tuple(CoOwner(number, shown_name(name, organ), number in agreed) for number, name, organ in people),
        naming,
        row.id if row else 0,
        row.note if row else "",
        row.in_force_at if row else None,
    )


def namings(rows: Collection[VoterNaming]) -> Mapping[int, Naming]:
    """Some namings as values, by dwelling; one statement."""
    agreed: dict[int, set[int]] = {}
    if rows:
        wanted = select(VoterAgreement.naming_id, VoterAgreement.person_id)
        for number, person in db.session.execute(wanted.where(VoterAgreement.naming_id.in_([row.id for row in rows]))):
            agreed.setdefault(number, set()).add(person)
    return {row.dwelling_id: _naming(row, agreed.get(row.id, set())) for row in rows}


def _naming(row: VoterNaming, agreed: Collection[int]) -> Naming:
    owners = frozenset(int(number) for number in row.owners.split(","))
    return Naming(row.person_id, owners, frozenset(agreed), row.desk)


def namings_on(community_id: int, on: datetime) -> Mapping[int, Naming]:
    """The namings that were in force at a moment, by dwelling: complete by then, and not taken back; two statements."""
    wanted = select(VoterNaming).where(
        VoterNaming.community_id == community_id,
        VoterNaming.in_force_at <= on,
        or_(VoterNaming.ended_at.is_(None), VoterNaming.ended_at > on),
    )
    return namings(list(db.session.scalars(wanted)))


def waiting(community_id: int, actor: Actor) -> list[Question[Todo]]:
    """The namings with which a co-owner has not agreed yet."""
    persons = [ref.id for ref in actor.refs("person")]
    values = {"community_id": community_id, "persons": persons}
    return [Question(built(_unagreed), values, lambda row: [_todo(row[0])])] if persons else []


def _todo(row: Dwelling) -> Todo:
    return Todo(
        Ref("dwelling", row.id),
        _("%(place)s推选投票人", place=place_words(row.building, row.unit, row.room)),
        _("共有人推选了一位投票人，等您同意。您同意以前，谁都可以投。"),
        url_for("register.name_voter", code=row.code),
        _("看一看"),
    )


def _unagreed(community_id: Any, persons: Any) -> Select[Dwelling]:
    agreed = select(VoterAgreement.person_id).where(
        VoterAgreement.naming_id == VoterNaming.id, VoterAgreement.person_id == Ownership.person_id
    )
    return (
        select(Dwelling)
        .join(VoterNaming, VoterNaming.dwelling_id == Dwelling.id)
        .join(Ownership, Ownership.dwelling_id == Dwelling.id)
        .where(
            VoterNaming.community_id == community_id,
            VoterNaming.ended_at.is_(None),
            VoterNaming.in_force_at.is_(None),
            Ownership.person_id.in_(persons),
            Ownership.to_day.is_(None),
            ~agreed.exists(),
        )
        .order_by(Dwelling.id)
        .limit(MANY)
    )
