"""Casting a ballot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.permissions import authorize
from app.core.secrets import paper_code, salt
from app.core.values import Actor
from app.journal.actions import attach, record
from app.journal.events import Digest, ReceiptCode, utc
from app.journal.rules import commitment
from app.voting import queries
from app.voting.events import BallotCast
from app.voting.models import Ballot, RollEntry
from app.voting.permissions import CAST_BALLOT
from app.voting.rules import ballot_refusal, choice_refusal, rank, written_choice
from app.voting.rules.terms import ONLINE, Terms


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a voter takes home: the code that leads to the ballot's entry in the public record, and nothing of the choice."""

    code: str
    poll_number: int
    key: str
    label: str
    at: datetime
    channel: str


@transactional
def cast_ballot(actor: Actor, poll_id: int, key: str, choice: str | Sequence[str]) -> Receipt:
    """Take one ballot, for one unit, seat or person, from one who may cast it, while the poll is open.

    `key` names the line of the roll, `choice` the option, or in an approval poll the options. Voters hold the poll together
    and their own line alone; which of a line's ballots counts is settled here, by channel and time only.
    Raises Forbidden, NotFound, and Refused with the sentence.
    """
    poll = queries.lock_poll(poll_id, alone=False)
    authorize(actor, CAST_BALLOT, poll.community_id)
    line = queries.hold_line(poll, key)
    now = clock.now()
    check(
        ballot_refusal(
            poll.terms,
            line.entry if line else None,
            actor.acts_as,
            now,
            voted=bool(line and line.voted),
            declared=poll.declared_at is not None,
        )
    )
    assert line is not None, "the rule refuses who has no line"
    chosen = (choice,) if isinstance(choice, str) else tuple(choice)
    check(choice_refusal(poll.terms, chosen))
    written = written_choice(poll.terms, chosen)
    counts = _supersede(poll.terms, line.id, now) if line.voted else True
    code, secret = paper_code(), salt()
    ballot = {"ballot": code, "unit": line.code, "choice": written, "channel": ONLINE, "time": utc(now)}
    db.session.add(
        Ballot(
            community_id=poll.community_id,
            poll_id=poll_id,
            entry_id=line.id,
            code=code,
            choice=written,
            channel=ONLINE,
            at=now,
            counted=counts,
            salt=secret,
            account_id=actor.account_id,
        )
    )
    if counts:
        db.session.execute(update(RollEntry).where(RollEntry.id == line.id).values(choice=written))
    event = BallotCast(
        poll.community_id,
        poll_id,
        poll.number,
        ReceiptCode(code),
        Digest(commitment(bytes.fromhex(secret), ballot)),
    )
    attach(record(event, actor, poll.matter), code)
    return Receipt(code, poll.number, key, line.entry.label, now, ONLINE)


def _supersede(terms: Terms, line_id: int, now: datetime) -> bool:
    """Whether a new online ballot counts instead of the one that does; then that one no longer counts."""
    known = queries.counted_ballot(line_id)
    before = rank(terms.precedence, known.channel, _instant(known.at), 0)
    if rank(terms.precedence, ONLINE, _instant(now), 1) <= before:
        return False
    db.session.execute(update(Ballot).where(Ballot.id == known.id).values(counted=False))
    return True


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _instant(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
