"""Written mandates: registered at the desk, taken back by the owner online or at the desk."""

import json

from sqlalchemy import update

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.house import find_person
from app.core.numbers import hold
from app.core.permissions import authorize, may
from app.core.secrets import encrypt
from app.core.values import Actor
from app.journal.actions import record
from app.voting import queries
from app.voting.actions.holding import living_poll
from app.voting.events import MandateRegistered, MandateRevoked
from app.voting.models import ProxyMandate
from app.voting.permissions import RECEIVE_BALLOT
from app.voting.queries import HOLDER, INSTRUCTION
from app.voting.rules import Marks, mandate_refusal, marks, marks_refusal, revoke_refusal


@transactional
def register_mandate(
    actor: Actor, poll_id: int, typed: str, name: str, phone: str, instruction: Marks | None = None
) -> int:
    """A written mandate is registered: who votes for a line of the roll, and how, where the mandate says so.

    `typed` names the line as at the desk. A proxy whom the register knows by name and phone may also vote online; everybody
    else at the desk. How the mandate says to vote is kept sealed. Answers with the mandate's number. Raises Forbidden,
    NotFound, Refused. Source: 业主大会和业主委员会指导规则 26.
    """
    poll = living_poll(poll_id, alone=False)
    authorize(actor, RECEIVE_BALLOT, poll.community_id)
    found = queries.find_at_desk(poll, typed)
    line = queries.hold_line(poll, found.keys[0]) if found.keys else None
    print_ = queries.holder_print(poll, name, phone)
    # Two desks at once must not give one proxy more than the limit.
    hold(poll.community_id, "mandate")
    check(
        mandate_refusal(
            poll.terms,
            line.entry if line else None,
            clock.now(),
            held=queries.held(poll_id, print_),
            standing=bool(line and queries.standing_mandate(line.id)),
            declared=poll.declared_at is not None,
        )
    )
    assert line is not None, "the rule refuses who has no line"
    if instruction is not None:
        check(marks_refusal(poll.terms, instruction))
    proxy = find_person(poll.community_id, name, phone)
    row = ProxyMandate(
        community_id=poll.community_id,
        poll_id=poll_id,
        entry_id=line.id,
        proxy_kind=proxy.kind if proxy else None,
        proxy_id=proxy.id if proxy else None,
        holder_sealed=encrypt(json.dumps({"name": name, "phone": phone}, ensure_ascii=False), HOLDER),
        holder_print=print_,
        instruction=encrypt(marks(poll.terms, instruction), INSTRUCTION) if instruction is not None else None,
        registered_at=clock.now(),
        registered_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    record(MandateRegistered(poll.community_id, poll_id, poll.number, row.id), actor, poll.matter)
    return row.id


@transactional
def revoke_mandate(actor: Actor, poll_id: int, mandate_id: int, reason: str = "") -> None:
    """The owner takes a mandate back, online or at the desk; a ballot that the proxy cast by then stays a ballot.

    Raises NotFound and Refused.
    """
    poll = living_poll(poll_id, alone=False)
    mandate = queries.get_mandate(poll, mandate_id)
    line = queries.hold_line(poll, mandate.key)
    owner = line is not None and any(voter in actor.acts_as for voter in line.entry.voters)
    standing = queries.standing_mandate(mandate.entry_id)
    check(
        revoke_refusal(
            revoked=standing is None or standing.id != mandate_id,
            owner=owner,
            desk=may(actor, RECEIVE_BALLOT, poll.community_id),
            declared=poll.declared_at is not None,
        )
    )
    db.session.execute(
        update(ProxyMandate)
        .where(ProxyMandate.id == mandate_id)
        .values(revoked_at=clock.now(), revoked_by=actor.account_id, revoked_reason=reason[:500])
    )
    event = MandateRevoked(poll.community_id, poll_id, poll.number, mandate_id, "owner" if owner else "desk")
    record(event, actor, poll.matter)
