"""Bringing in a poll that was held elsewhere, with its ballots."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from app.core.bulk import insert_many
from app.core.db import db, transactional
from app.core.errors import check
from app.core.secrets import paper_code, salt
from app.core.values import Actor, Entry, Ref
from app.core.words import N_
from app.journal.actions import record
from app.journal.events import Digest
from app.journal.rules import canonical
from app.voting import queries
from app.voting.actions.closing import declare_outcome
from app.voting.actions.opening import put_poll
from app.voting.events import BallotsImported
from app.voting.models import Ballot, RollEntry
from app.voting.queries import PollRow
from app.voting.rules import Marks, Terms, choice_refusal, written_choice
from app.voting.rules.terms import PAPER


@dataclass(frozen=True, slots=True)
class Imported:
    """The poll's id and number, and how many ballots were taken."""

    poll_id: int
    number: int
    ballots: int


Progress = Callable[[str, int], None]
"""Told what is being done now (a sentence to be translated), and with how many ballots."""


def quietly(_doing: str, _many: int) -> None:
    """Nobody is watching."""


@transactional
def import_poll(
    actor: Actor,
    community_id: int,
    matter: Ref,
    question: str,
    terms: Terms,
    roll: Sequence[Entry],
    ballots: Mapping[str, Marks],
    opens_at: datetime,
    closes_at: datetime,
    rejected: int = 0,
    progress: Progress = quietly,
) -> Imported:
    """A poll that is over comes in whole: its roll, one ballot for a line, and its outcome, declared at once.

    `ballots` maps keys of the roll to what is marked; `rejected` says how many of the file could not be taken. The
    ballots get no receipts of their own: the record keeps one hash over all. Raises Forbidden, and Refused for a choice that
    is not on the ballot or a window that is not over.
    """
    progress(N_("正在写入名册：%(many)s人"), len(roll))
    poll_id = put_poll(actor, community_id, matter, question, terms, roll, opens_at, closes_at)
    poll = queries.get_poll(poll_id)
    progress(N_("正在写入选票：%(many)s张"), len(ballots))
    for chosen in ballots.values():
        check(choice_refusal(poll.terms, chosen))
    written = {key: written_choice(poll.terms, chosen) for key, chosen in ballots.items()}
    _keep_ballots(actor, poll, written, closes_at)
    digest = hashlib.sha256(canonical(sorted(written.values())).encode()).hexdigest()
    record(BallotsImported(community_id, poll_id, poll.number, len(written), rejected, Digest(digest)), actor, matter)
    progress(N_("正在计票：%(many)s张"), len(ballots))
    declare_outcome(poll_id)
    return Imported(poll_id, poll.number, len(written))


def _keep_ballots(actor: Actor, poll: PollRow, written: Mapping[str, str], at: datetime) -> None:
    wanted = select(RollEntry.key, RollEntry.id).filter_by(poll_id=poll.id)
    lines = {key: number for key, number in db.session.execute(wanted)}  # noqa: C416 - rows are no pairs to mypy
    codes: set[str] = set()
    while len(codes) < len(written):
        codes.add(paper_code(3))
    rows = [
        {
            "community_id": poll.community_id,
            "poll_id": poll.id,
            "entry_id": lines[key],
            "code": code,
            "choice": choice,
            "channel": PAPER,
            "at": at,
            "counted": True,
            "salt": salt(),
            "account_id": actor.account_id,
        }
        for (key, choice), code in zip(written.items(), codes, strict=True)
    ]
    insert_many(Ballot, rows)
    if rows:
        marked = [{"id": lines[key], "choice": choice} for key, choice in written.items()]
        db.session.execute(update(RollEntry), marked)
