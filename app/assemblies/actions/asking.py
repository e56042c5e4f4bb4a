"""Owners and residents ask for an extraordinary assembly."""

from datetime import datetime, time, timedelta
from typing import Literal, cast
from zoneinfo import ZoneInfo

from sqlalchemy import delete, update

from app.assemblies import queries
from app.assemblies.events import AssemblyAskedFor, AssemblyOwed, RequestSupported
from app.assemblies.models import AssemblyRequest, RequestSupport
from app.assemblies.permissions import ASK_FOR_ASSEMBLY
from app.assemblies.rules import ROWS, asking_heads, reached, support_refusal, title_refusal, words_refusal
from app.bylaws.queries import law
from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.numbers import next_number
from app.core.permissions import authorize
from app.core.values import Actor, Entry, Ref
from app.journal.actions import record


@transactional
def ask_for_assembly(actor: Actor, community_id: int, electorate: str, title: str, reason: str) -> int:
    """Somebody of the roll asks for an assembly and says what for; others join. Answers with the number.

    Raises Forbidden, Refused. Source: 物业管理条例 13, 居委会组织法 10.
    """
    authorize(actor, ASK_FOR_ASSEMBLY, community_id)
    check(title_refusal(title))
    check(words_refusal(reason))
    person = queries.person_of(actor, community_id)
    check(support_refusal(_roll(community_id, electorate), person, convened=False))
    assert person is not None, "the rule refuses who is nobody"
    row = AssemblyRequest(
        community_id=community_id,
        number=next_number(community_id, "assembly_request"),
        electorate=electorate,
        title=title.strip(),
        reason=reason.strip(),
        person_id=person.id,
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    kind = cast(Literal["owners", "residents"], electorate)
    record(AssemblyAskedFor(community_id, row.id, row.number, kind), actor, Ref(queries.REQUEST, row.id))
    _join(actor, row, person)
    return row.number


@transactional
def support_request(actor: Actor, community_id: int, number: int) -> None:
    """One more asks for it. Once they are a fifth, the assembly has to be called. Raises Forbidden, NotFound, Refused."""
    authorize(actor, ASK_FOR_ASSEMBLY, community_id)
    row = queries.hold_request(community_id, number)
    person = queries.person_of(actor, community_id)
    check(support_refusal(_roll(community_id, row.electorate), person, convened=row.assembly_id is not None))
    assert person is not None, "the rule refuses who is nobody"
    _join(actor, row, person)


@transactional
def leave_request(actor: Actor, community_id: int, number: int) -> None:
    """Somebody no longer asks for it; a duty that has arisen stays. Raises Forbidden, NotFound, Refused."""
    authorize(actor, ASK_FOR_ASSEMBLY, community_id)
    row = queries.hold_request(community_id, number)
    mine = [ref.id for ref in actor.refs("person")]
    db.session.execute(
        delete(RequestSupport).where(RequestSupport.request_id == row.id, RequestSupport.person_id.in_(mine))
    )
    _count(actor, row)


def settle_request(community_id: int, request_id: int, assembly_id: int) -> None:
    """The assembly that was asked for is called."""
    db.session.execute(
        update(AssemblyRequest)
        .where(AssemblyRequest.id == request_id, AssemblyRequest.community_id == community_id)
        .values(assembly_id=assembly_id)
    )


def _roll(community_id: int, electorate: str) -> list[Entry]:
    return queries.roll_on(0, community_id, electorate, clock.today(get_community(community_id).zone))


def _join(actor: Actor, row: AssemblyRequest, person: Ref) -> None:
    if db.session.get(RequestSupport, (row.id, person.id)) is None:
        db.session.add(
            RequestSupport(request_id=row.id, person_id=person.id, community_id=row.community_id, at=clock.now())
        )
        db.session.flush()
    _count(actor, row)


def _count(actor: Actor, row: AssemblyRequest) -> None:
    zone = ZoneInfo(get_community(row.community_id).zone)
    today = clock.today(zone.key)
    people = queries.supporters(row.id)
    row.asking, row.total = asking_heads(_roll(row.community_id, row.electorate), people)
    matter = Ref(queries.REQUEST, row.id)
    record(RequestSupported(row.community_id, row.id, row.number, row.asking, row.total), actor, matter)
    fraction = law(row.community_id, ROWS[row.electorate], today)
    if row.reached_at is None and reached(row.asking, row.total, fraction):
        days = law(row.community_id, "owners.extraordinary.days", today).whole
        row.reached_at = clock.now()
        row.due_at = datetime.combine(today + timedelta(days=days), time(18), zone)
        record(AssemblyOwed(row.community_id, row.id, row.number, row.asking, row.total, row.due_at), actor, matter)
