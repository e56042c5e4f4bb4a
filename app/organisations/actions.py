"""Registering an organisation and keeping its particulars."""

from dataclasses import dataclass

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import NotFound, check
from app.core.permissions import authorize
from app.core.secrets import encrypt
from app.core.values import Actor
from app.core.words import N_
from app.organisations import queries, rules
from app.organisations.models import Organisation, OrganisationMember
from app.organisations.permissions import REGISTER_ORGANISATION, REVISE_ORGANISATION


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an organisation says of itself."""

    name: str
    contact: str
    phone: str
    summary: str = ""
    address: str = ""


@transactional
def register_organisation(actor: Actor, credit_code: str, kind: str, particulars: Particulars) -> int:
    """An organisation registers once, by its credit code, and whoever registers it acts for it.

    Organisations belong to no community, so that nothing is recorded in a journal; bids, awards and contracts are.
    Raises Forbidden, Refused.
    """
    authorize(actor, REGISTER_ORGANISATION, 0)
    code = rules.normal_code(credit_code)
    check(rules.registration_refusal(kind, code, queries.find_by_code(code) is not None))
    row = Organisation(
        name=particulars.name,
        credit_code=code,
        kind=kind,
        summary=particulars.summary,
        address=particulars.address,
        contact=particulars.contact,
        phone_sealed=encrypt(particulars.phone, "phone"),
        registered_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    if actor.account_id is not None:
        db.session.add(OrganisationMember(organisation_id=row.id, account_id=actor.account_id, since=clock.now()))
    return row.id


@transactional
def revise_organisation(actor: Actor, organisation_id: int, particulars: Particulars) -> None:
    """Those who act for an organisation keep its particulars right; its code and kind stay. Raises Forbidden, Refused."""
    row = db.session.get(Organisation, organisation_id)
    if row is None:
        raise NotFound(N_("没有登记这个机构。"))
    authorize(actor, REVISE_ORGANISATION, 0)
    check(rules.member_refusal(queries.is_member(organisation_id, actor.account_id)))
    row.name, row.summary, row.address = particulars.name, particulars.summary, particulars.address
    row.contact, row.phone_sealed = particulars.contact, encrypt(particulars.phone, "phone")


@transactional
def add_member(actor: Actor, organisation_id: int, account_id: int) -> None:
    """Somebody who acts for an organisation lets another account act for it too. Raises Forbidden, NotFound, Refused."""
    queries.get_organisation(organisation_id)
    authorize(actor, REVISE_ORGANISATION, 0)
    check(rules.member_refusal(queries.is_member(organisation_id, actor.account_id)))
    if not queries.is_member(organisation_id, account_id):
        known = db.session.get(OrganisationMember, (organisation_id, account_id))
        if known is not None:
            known.ended_at = None
        else:
            db.session.add(
                OrganisationMember(organisation_id=organisation_id, account_id=account_id, since=clock.now())
            )
