"""Receiving one ballot: the body that every way of coming in shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, insert, update

from app.core.bulk import add_row, given, named
from app.core.db import db, straight
from app.core.secrets import paper_code, salt
from app.core.values import Actor, Ref
from app.journal.actions import record
from app.journal.events import Digest, ReceiptCode, utc
from app.journal.rules import commitment
from app.voting import queries
from app.voting.events import BallotCast
from app.voting.models import Ballot, RollEntry
from app.voting.queries import Line, PollRow
from app.voting.rules import rank
from app.voting.rules.terms import Terms


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a voter takes home: the code that leads to the ballot's entry in the public record, and nothing of the choice."""

    code: str
    poll_number: int
    key: str
    label: str
    at: datetime
    channel: str


BALLOT, LINE = (db.metadata.tables[model.__tablename__] for model in (Ballot, RollEntry))
_MARK = update(LINE).where(LINE.c.id == bindparam("given_entry_id")).values(choice=bindparam("given_choice"))


@cache
def _cast_and_mark(columns: tuple[str, ...]) -> Update:
    return _MARK.add_cte(insert(BALLOT).values(named(BALLOT, columns)).cte("cast_ballot"))


def _keep(ballot: Mapping[str, Any]) -> None:
    """A ballot by its columns; when it counts, its line has its choice. One statement where the database can."""
    if ballot["counted"] and db.engine.dialect.name == "postgresql":
        straight(_cast_and_mark(tuple(ballot)), given(ballot))
        return
    add_row(Ballot, **ballot)
    if ballot["counted"]:
        straight(_MARK, given({"entry_id": ballot["entry_id"], "choice": ballot["choice"]}))


def receive(
    actor: Actor, poll: PollRow, line: Line, written: str, channel: str, at: datetime, evidence: Ref | None = None
) -> Receipt:
    """One ballot of a line is stored with its commitment and its receipt; which of the line's ballots counts is settled here.

    Part of an action that holds the poll and the line and has asked the rules. `at` is the ballot's time: that of the request,
    or of its logged receipt at the desk. `evidence` names what it rests on: a paper, an entry of the desk, a mandate.
    Channel and time alone decide what counts, never the choice.
    """
    counts = _supersede(poll.terms, line.id, channel, at) if line.voted else True
    code, secret = paper_code(), salt()
    ballot = {"ballot": code, "unit": line.code, "choice": written, "channel": channel, "time": utc(at)}
    row = {
        "community_id": poll.community_id,
        "poll_id": poll.id,
        "entry_id": line.id,
        "code": code,
        "choice": written,
        "channel": channel,
        "at": at,
        "counted": counts,
        "salt": secret,
        "account_id": actor.account_id,
        "evidence_kind": evidence.kind if evidence else None,
        "evidence_id": evidence.id if evidence else None,
    }
    _keep(row)
    event = BallotCast(
        poll.community_id,
        poll.id,
        poll.number,
        ReceiptCode(code),
        Digest(commitment(bytes.fromhex(secret), ballot)),
    )
    record(event, actor, poll.matter, receipt=code)
    return Receipt(code, poll.number, line.entry.key, line.entry.label, at, channel)


def _supersede(terms: Terms, line_id: int, channel: str, at: datetime) -> bool:
    """Whether a new ballot counts instead of the one that does; then that one no longer counts."""
    known = queries.counted_ballot(line_id)
    before = rank(terms.precedence, known.channel, instant(known.at), 0)
    if rank(terms.precedence, channel, instant(at), 1) <= before:
        return False
    db.session.execute(update(Ballot).where(Ballot.id == known.id).values(counted=False))
    return True


def reject(poll: PollRow, line: Line, ballot_id: int, why: str) -> None:
    """A ballot counts no more and never will; of the line's others the one that precedence names counts from now on.

    Part of an action that holds the poll and the line. The ballot stays where it is, with the word that says why.
    """
    db.session.execute(update(Ballot).where(Ballot.id == ballot_id).values(counted=False, rejected=why))
    left = queries.line_ballots(line.id)
    best = max(
        enumerate(left),
        key=lambda one: rank(poll.terms.precedence, one[1].channel, instant(one[1].at), one[0]),
        default=None,
    )
    db.session.execute(update(Ballot).where(Ballot.entry_id == line.id).values(counted=False))
    choice = best[1].choice if best else None
    if best:
        db.session.execute(update(Ballot).where(Ballot.id == best[1].id).values(counted=True))
    db.session.execute(update(RollEntry).where(RollEntry.id == line.id).values(choice=choice))


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def instant(at: datetime) -> int:
    """A moment in whole microseconds, as precedence compares it."""
    return (at - _EPOCH) // timedelta(microseconds=1)
