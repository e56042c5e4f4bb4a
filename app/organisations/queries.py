"""Finding organisations, and for whom somebody acts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, bindparam, literal_column, select

from app.core.db import db
from app.core.errors import NotFound
from app.core.house import Link, Voice
from app.core.secrets import decrypt
from app.core.words import N_
from app.organisations.models import Organisation, OrganisationMember

KIND = "organisation"


@dataclass(frozen=True, slots=True)
class OrganisationValue:
    """An organisation as everybody may see it."""

    id: int
    name: str
    credit_code: str
    kind: str
    summary: str
    address: str
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask, for the organisation's own people and for its buyers."""

    name: str
    phone: str


def _value(row: Organisation) -> OrganisationValue:
    return OrganisationValue(row.id, row.name, row.credit_code, row.kind, row.summary, row.address, row.registered_at)


def get_organisation(organisation_id: int) -> OrganisationValue:
    """The organisation of a number. Raises NotFound."""
    row = db.session.get(Organisation, organisation_id)
    if row is None:
        raise NotFound(N_("没有登记这个机构。"))
    return _value(row)


def get_contact(organisation_id: int) -> Contact:
    """Whom to ask at an organisation. Raises NotFound."""
    row = db.session.get(Organisation, organisation_id)
    if row is None:
        raise NotFound(N_("没有登记这个机构。"))
    return Contact(row.contact, decrypt(row.phone_sealed, "phone"))


def find_by_code(credit_code: str) -> OrganisationValue | None:
    """The organisation of a credit code."""
    row = db.session.scalar(select(Organisation).filter_by(credit_code=credit_code))
    return _value(row) if row else None


def organisations(ids: Iterable[int]) -> dict[int, OrganisationValue]:
    """Several organisations in one statement, by number."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = db.session.scalars(select(Organisation).where(Organisation.id.in_(wanted)))
    return {row.id: _value(row) for row in rows}


def is_member(organisation_id: int, account_id: int | None) -> bool:
    """Whether an account acts for an organisation today."""
    wanted = select(OrganisationMember.account_id).filter_by(
        organisation_id=organisation_id, account_id=account_id, ended_at=None
    )
    return db.session.scalar(wanted) is not None


SPEAKS_FOR: Voice = select(literal_column(f"'{KIND}'", String).label("kind"), OrganisationMember.organisation_id).where(
    OrganisationMember.account_id == bindparam("account_id"), OrganisationMember.ended_at.is_(None)
)
"""The organisations for which an account acts."""


def members_of(organisation_ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """The organisations of each account that acts for any of these, by account."""
    wanted = select(OrganisationMember.account_id, OrganisationMember.organisation_id).where(
        OrganisationMember.organisation_id.in_(organisation_ids), OrganisationMember.ended_at.is_(None)
    )
    found: dict[int, set[int]] = {}
    for account_id, organisation_id in db.session.execute(wanted):
        found.setdefault(account_id, set()).add(organisation_id)
    return {account_id: frozenset(ids) for account_id, ids in found.items()}


def links(ids: Sequence[int]) -> dict[int, Link]:
    """Names and addresses of pages, one statement."""
    rows = db.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)))
    return {row[0]: Link(row[1], f"/organisations/{row[0]}", KIND) for row in rows}
