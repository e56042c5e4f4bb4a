"""Annulling a vote."""

import hashlib

from sqlalchemy import update

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.permissions import authorize
from app.core.values import Actor
from app.journal.actions import record
from app.journal.events import Digest
from app.voting import queries
from app.voting.events import PollAnnulled
from app.voting.models import Poll, PollAnnulment
from app.voting.permissions import ANNUL_POLL
from app.voting.rules import annul_refusal


@transactional
def annul_poll(actor: Actor, poll_id: int, reason: str) -> None:
    """A vote that was not held as the law wants it is annulled, with its reason published; what it caused ends with it.

    It stays readable, with its ballots and its outcome. Raises Forbidden, NotFound, Refused.
    """
    poll = queries.lock_poll(poll_id, alone=True)
    authorize(actor, ANNUL_POLL, poll.community_id)
    check(annul_refusal(poll.terms, poll.annulled_at is not None, reason))
    now, text = clock.now(), reason.strip()
    db.session.execute(update(Poll).where(Poll.id == poll_id).values(annulled_at=now))
    db.session.add(
        PollAnnulment(poll_id=poll_id, community_id=poll.community_id, reason=text, account_id=actor.account_id, at=now)
    )
    digest = Digest(hashlib.sha256(text.encode()).hexdigest())
    declared = poll.declared_at is not None
    record(PollAnnulled(poll.community_id, poll_id, poll.number, declared, digest), actor, poll.matter)
