"""Bringing the people of the register to their accounts."""

from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import NotFound, check
from app.core.permissions import OWNER, RESIDENT, authorize
from app.core.values import Actor, Ref
from app.core.words import N_
from app.identity.actions import invite
from app.journal.actions import record
from app.register import queries
from app.register.actions.roles import settle_roles
from app.register.events import PersonLinked
from app.register.models import Person
from app.register.permissions import INVITE_PERSON
from app.register.rules import invite_refusal, link_refusal


@transactional
def invite_person(actor: Actor, community_id: int, person_id: int) -> str:
    """Somebody of the register is handed a code by which an account may speak for them.

    Owners get the owner's verbs, whoever lives here the resident's. Answers with the code. Raises Forbidden, NotFound,
    Refused.
    """
    authorize(actor, INVITE_PERSON, community_id)
    person = queries.get_person(community_id, person_id)
    check(link_refusal(person.account_id, None))
    owns, lives_here = queries.owns(person_id), queries.lives_here(person_id)
    check(invite_refusal(owns, lives_here))
    roles = [role for role, holds in ((OWNER, owns), (RESIDENT, lives_here)) if holds]
    return invite(actor, community_id, roles, Ref("person", person_id))


@transactional
def link_person(actor: Actor, community_id: int, person_id: int, account_id: int) -> None:
    """Whoever uses the code of a person of the register speaks for them from now on. Raises NotFound, Refused."""
    if actor.account_id != account_id:
        authorize(actor, INVITE_PERSON, community_id)
    person = db.session.get(Person, person_id, with_for_update=True, populate_existing=True)
    if person is None or person.community_id != community_id:
        raise NotFound(N_("名册里没有这个人。"))
    check(link_refusal(person.account_id, account_id))
    if person.account_id == account_id:
        return
    person.account_id = account_id
    db.session.flush()
    record(PersonLinked(community_id, person_id, account_id), actor, Ref("person", person_id))
    settle_roles(community_id, clock.today(get_community(community_id).zone), account_id)
