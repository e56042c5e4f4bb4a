"""Taking a committee's spreadsheet into the register: all of it in one transaction, or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import update

from app.core import clock
from app.core.bulk import insert_many
from app.core.db import Base, db, transactional
from app.core.errors import Refused, check
from app.core.numbers import hold
from app.core.permissions import authorize
from app.core.secrets import encrypt
from app.core.steady import steady
from app.core.values import Actor, Refusal
from app.core.words import N_
from app.journal.actions import record
from app.register import queries
from app.register.actions.roles import settle_roles
from app.register.events import RegisterImported
from app.register.models import Dwelling, Ownership, Person, RegisterImport, Residence
from app.register.permissions import IMPORT_REGISTER
from app.register.queries import Told
from app.register.rules import Changes, Figures, Reading, compare, is_organisation, measured, missing_refusal

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a spreadsheet did: the import's number, the register's figures, and what was new against the one before."""

    import_id: int
    figures: Figures
    changes: Changes


@steady
@transactional
def import_register(actor: Actor, community_id: int, reading: Reading, file_hash: str, day: date) -> Imported:
    """A spreadsheet becomes the register, whole: new owners and residents from `day`, former ones until the day before.

    A spreadsheet that says what is on record already changes nothing, however often it comes. Raises Forbidden, Refused.
    """
    authorize(actor, IMPORT_REGISTER, community_id)
    if reading.findings or not reading.dwellings:
        raise Refused(
            Refusal(N_("表里有%(count)s处要改，一户也没有导入。请按清单改好再导入。"), {"count": len(reading.findings)})
        )
    hold(community_id, "register_import")
    standing = queries.standing(community_id)
    told = queries.told(community_id, reading)
    changes = compare({code: on_record.known for code, on_record in standing.items()}, told.known)
    check(missing_refusal(changes))
    last = queries.last_import(community_id)
    if last is not None and changes.none:
        return Imported(last.id, reading.figures, changes)
    batch = _batch(actor, community_id, reading.figures, file_hash, day)
    began = day if standing else None
    _write_dwellings(community_id, told, changes, standing)
    _write_facts(community_id, batch.id, told, standing, day, began)
    record(
        RegisterImported(
            community_id,
            batch.id,
            batch.dwellings,
            batch.area,
            batch.owners,
            batch.residents,
            len(changes.added),
            len(changes.owners),
            len(changes.residents),
            len(changes.measures),
        ),
        actor,
        None,
    )
    if standing:
        settle_roles(community_id, day)
    return Imported(batch.id, reading.figures, changes)


def _batch(actor: Actor, community_id: int, figures: Figures, file_hash: str, day: date) -> RegisterImport:
    batch = RegisterImport(
        community_id=community_id,
        file_hash=file_hash,
        account_id=actor.account_id,
        day=day,
        at=clock.now(),
        dwellings=figures.dwellings,
        area=figures.area,
        owners=figures.owners,
        co_owned=figures.co_owned,
        developer=figures.developer,
        not_lived_in_by_owner=figures.not_lived_in_by_owner,
        tenants=figures.tenants,
        residents=figures.residents,
    )
    db.session.add(batch)
    db.session.flush()
    return batch


def _write_dwellings(community_id: int, told: Told, changes: Changes, standing: Mapping[str, queries.Standing]) -> None:
    new: list[Row] = []
    for code in changes.added:
        dwelling = told.facts[code].dwelling
        new.append(
            {
                "community_id": community_id,
                "building": dwelling.building,
                "unit": dwelling.unit,
                "room": dwelling.room,
                "code": code,
                "area": dwelling.area,
                "use": dwelling.use,
                "basis": dwelling.basis,
            }
        )
    insert_many(Dwelling, new)
    for code in changes.measures:
        on_record = standing[code]
        area, use, basis = measured(on_record.known, told.known[code])
        db.session.execute(
            update(Dwelling).where(Dwelling.id == on_record.dwelling_id).values(area=area, use=use, basis=basis)
        )


def _write_people(community_id: int, told: Told) -> dict[str, int]:
    known = queries.person_ids(community_id)
    new: list[Row] = [
        {
            "community_id": community_id,
            "name": someone.name,
            "organisation": is_organisation(someone.name),
            "key_print": told.prints[key],
            "phone_sealed": encrypt(someone.phone, queries.PHONE) if someone.phone else "",
        }
        for key, someone in told.people.items()
        if told.prints[key] not in known
    ]
    insert_many(Person, new)
    ids = queries.person_ids(community_id) if new else known
    return {key: ids[print_] for key, print_ in told.prints.items()}


def _write_facts(
    community_id: int,
    import_id: int,
    told: Told,
    standing: Mapping[str, queries.Standing],
    day: date,
    began: date | None,
) -> None:
    people = _write_people(community_id, told)
    dwellings = queries.dwelling_ids(community_id)
    owned: list[Row] = []
    lived_in: list[Row] = []
    ended: dict[type[Base], list[int]] = {Ownership: [], Residence: []}
    for code, fact in told.facts.items():
        on_record = standing.get(code)
        here = {"community_id": community_id, "dwelling_id": dwellings[code], "import_id": import_id}
        owners = {
            (told.prints[key], numerator, denominator, fact.dwelling.developer): key
            for key, numerator, denominator in fact.owners
        }
        residents = {(told.prints[key], relation): (key, since) for key, relation, since in fact.residents}
        if on_record is not None:
            ended[Ownership].extend(one for key, one in on_record.ownerships.items() if key not in owners)
            ended[Residence].extend(one for who, one in on_record.residences.items() if who not in residents)
        for owner, key in owners.items():
            if on_record is None or owner not in on_record.ownerships:
                _, numerator, denominator, developer = owner
                owned.append(
                    {
                        **here,
                        "person_id": people[key],
                        "numerator": numerator,
                        "denominator": denominator,
                        "developer": developer,
                        "from_day": began,
                    }
                )
        for who, (key, since) in residents.items():
            if on_record is None or who not in on_record.residences:
                lived_in.append({**here, "person_id": people[key], "relation": who[1], "since": since or began})
    _end(ended, day - timedelta(days=1))
    insert_many(Ownership, owned)
    insert_many(Residence, lived_in)


def _end(ended: Mapping[type[Base], list[int]], last_day: date) -> None:
    for table, ids in ended.items():
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            db.session.execute(update(table).where(table.id.in_(some)).values(to_day=last_day))  # type: ignore[attr-defined]  # both tables have ids
