"""What goes into the record of a poll: every ballot received, the frozen roll, the rules, and where they stand in the log."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import Refused
from app.core.values import Entry, Refusal
from app.core.words import N_
from app.journal import queries as journal
from app.journal.events import utc
from app.journal.queries import Head, Placed
from app.voting.models import Ballot, Poll, PollLot, PollOutcome, RollEntry
from app.voting.queries.counts import counts
from app.voting.queries.polls import PollRow
from app.voting.rules import DECLARED, Rejection
from app.voting.rules.bundle import COUNTED, REJECTED, SUPERSEDED, Received

NOT_YET = N_("这次表决的完整记录在公布结果以后才有。")
NOT_SEALED = N_("最后几张票正在封入公开账本。请过几秒钟再来。")
TOO_OLD = N_("这次表决开始的时候还没有保存规则的原文，所以没有可以核对的完整记录。")


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A line of the roll as the record of a poll knows it."""

    code: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class PollRecord:
    """Everything of a declared poll that its record is made of; values alone, so that it can be sent slowly.

    `opened` and `imported` are entries of the log (the second where the poll came in as a whole), `voided` those by which
    the desk made ballots void, by ballot, `drawn` that of the lot if there was one; `head` is the first that covers every
    ballot and these. `refused` says how many the desk refused for which reason: nobody read them, so that they are numbers alone.
    """

    poll: PollRow
    rules: str
    answer: str
    roll: tuple[RecordRow, ...]
    received: tuple[Received, ...]
    head: Head
    opened: Placed
    imported: Placed | None
    voided: Mapping[str, Placed]
    drawn: Placed | None
    refused: Mapping[str, int]


def received(poll_id: int) -> list[Received]:
    """Every ballot of a poll in the order in which they came, with what became of it."""
    wanted = (
        select(
            Ballot.code,
            RollEntry.code.label("unit"),
            Ballot.choice,
            Ballot.channel,
            Ballot.at,
            Ballot.counted,
            Ballot.rejected,
            Ballot.salt,
        )
        .join(RollEntry, RollEntry.id == Ballot.entry_id)
        .where(Ballot.poll_id == poll_id)
        .order_by(Ballot.id)
    )
    return [
        Received(
            row.code,
            row.unit,
            row.choice,
            row.channel,
            utc(row.at),
            REJECTED if row.rejected else COUNTED if row.counted else SUPERSEDED,
            row.rejected,
            row.salt,
        )
        for row in db.session.execute(wanted)
    ]


def rejections(poll_id: int) -> tuple[Rejection, ...]:
    """The ballots of a poll that can never count, in the order in which they came, and why."""
    wanted = select(Ballot.code, Ballot.rejected).where(Ballot.poll_id == poll_id, Ballot.rejected.is_not(None))
    return tuple(Rejection(code, why or "") for code, why in db.session.execute(wanted.order_by(Ballot.id)))


def record_refusal(poll: PollRow) -> Refusal | None:
    """Why a poll has no record that could be checked, yet or ever."""
    if poll.state != DECLARED:
        return Refusal(NOT_YET)
    kept = db.session.scalar(select(func.count()).where(Poll.id == poll.id, Poll.rules.is_not(None)))
    return None if kept else Refusal(TOO_OLD)


def get_record(poll: PollRow) -> PollRecord:
    """All that the record of a declared poll is made of. Raises Refused before it is declared and sealed."""
    refusal = record_refusal(poll)
    if refusal is not None:
        raise Refused(refusal)
    rules, answer = db.session.execute(
        select(Poll.rules, func.coalesce(PollLot.answer, PollOutcome.answer))
        .join(PollOutcome, PollOutcome.poll_id == Poll.id)
        .outerjoin(PollLot, PollLot.poll_id == Poll.id)
        .where(Poll.id == poll.id)
    ).one()
    ballots = tuple(received(poll.id))
    [opened] = _mine(poll, "PollOpened")
    imported = next(iter(_mine(poll, "BallotsImported")), None)
    voided = {code: one for one in _mine(poll, "IntakeVoided") if (code := json.loads(one.text)["ballot"])}
    drawn = next(iter(_mine(poll, "LotDrawn")), None)
    whole = [one for one in (opened, imported, *voided.values(), drawn) if one]
    head = _covering(poll, whole, [] if imported else [one.ballot for one in ballots])
    rows = db.session.execute(
        select(
            RollEntry.code,
            RollEntry.key,
            RollEntry.building,
            RollEntry.head,
            RollEntry.party,
            RollEntry.area,
            RollEntry.present,
            RollEntry.recused,
            RollEntry.eligible_from,
        )
        .where(RollEntry.poll_id == poll.id)
        .order_by(RollEntry.place)
    )
    roll = tuple(
        RecordRow(code, Entry(key, "", building, head_, party, area, (), present, recused, since))
        for code, key, building, head_, party, area, present, recused, since in rows
    )
    return PollRecord(
        poll, rules or "", answer, roll, ballots, head, opened, imported, voided, drawn, counts(poll.id).refused
    )


def _mine(poll: PollRow, event: str) -> list[Placed]:
    found = journal.entries_of(poll.community_id, poll.matter, event)
    return [one for one in found if json.loads(one.text).get("poll_id") == poll.id]


def _covering(poll: PollRow, whole: Sequence[Placed], codes: Sequence[str]) -> Head:
    sealed, last = journal.span_of_codes(poll.community_id, codes)
    places = [place for place in (*(one.index for one in whole), last) if place is not None]
    waiting = sealed < len(codes) or any(one.index is None for one in whole)
    head = None if waiting else journal.head_over(poll.community_id, max(places))
    if head is None:
        raise Refused(Refusal(NOT_SEALED))
    return head
