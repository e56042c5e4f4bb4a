"""The frozen roll of a poll: its lines, who may cast them, and what the database adds up over them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from app.core.db import db
from app.core.values import Entry, Ref
from app.voting.models import Ballot, ProxyMandate, RollEntry, RollVoter
from app.voting.queries.desk import KIND
from app.voting.queries.mandates import held_by
from app.voting.queries.polls import PollRow, get_poll
from app.voting.rules import DECLARED, choices_refusal
from app.voting.rules.terms import PROXY


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a roll with its number and code, and whether it has a counted ballot.

    `choice` is None where the reader may not see it: while results are sealed, and where the terms name others.
    """

    id: int
    code: str
    entry: Entry
    voted: bool
    choice: str | None


@dataclass(frozen=True, slots=True)
class CastBallot:
    """A counted ballot without its choice: its receipt code, when it came and how, and whether the desk entered it."""

    code: str
    at: datetime
    channel: str
    by_desk: bool = False


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One line that the reader may cast, and its counted ballot.

    `mandate_id` says that the reader casts it for somebody else; the owner's own ballot, if there is one (`by_owner`), is then
    not theirs to see.
    """

    line: Line
    cast: CastBallot | None
    mandate_id: int | None = None
    by_owner: bool = False


def _line(row: RollEntry, poll: PollRow, voters: Sequence[Ref] = (), *, elector: bool = False) -> Line:
    entry = Entry(
        row.key,
        row.label,
        row.building,
        row.head,
        row.party,
        row.area,
        tuple(voters),
        row.present,
        row.recused,
        row.eligible_from,
    )
    seen = choices_refusal(poll.terms, poll.state == DECLARED, elector) is None
    return Line(row.id, row.code, entry, row.choice is not None, row.choice if seen else None)


def _voters(entry_ids: Collection[int]) -> dict[int, list[Ref]]:
    found: dict[int, list[Ref]] = {}
    wanted = select(RollVoter.entry_id, RollVoter.kind, RollVoter.ref_id).where(RollVoter.entry_id.in_(entry_ids))
    for entry_id, kind, number in db.session.execute(wanted):
        found.setdefault(entry_id, []).append(Ref(kind, number))
    return found


def find_line(poll_id: int, key: str) -> Line | None:
    """The line of a key with its voters, as anyone may see it, or None."""
    row = db.session.scalar(select(RollEntry).filter_by(poll_id=poll_id, key=key))
    return None if row is None else _line(row, get_poll(poll_id), _voters([row.id]).get(row.id, ()))


def hold_line(poll: PollRow, key: str) -> Line | None:
    """The line of a key with its voters, or None; nobody else changes it until the action ends."""
    wanted = select(RollEntry).filter_by(poll_id=poll.id, key=key).with_for_update()
    row = db.session.scalar(wanted.execution_options(populate_existing=True))
    return None if row is None else _line(row, poll, _voters([row.id]).get(row.id, ()))


def lines_of(poll: PollRow, refs: Collection[Ref]) -> list[OwnLine]:
    """The lines of a poll that some references may cast, by their keys, with their counted ballots.

    One statement, and one more where proxies are taken; a line's voters are those of the references that may cast it.
    """
    mine = spoken_for(refs)
    if mine is None:
        return []
    wanted = (
        select(RollEntry, RollVoter.kind, RollVoter.ref_id, Ballot)
        .join(RollVoter, RollVoter.entry_id == RollEntry.id)
        .outerjoin(Ballot, (Ballot.entry_id == RollEntry.id) & Ballot.counted)
        .where(RollVoter.poll_id == poll.id, mine)
    )
    found: dict[int, OwnLine] = {}
    for row, kind, number, ballot in db.session.execute(wanted):
        voters = (*(found[row.id].line.entry.voters if row.id in found else ()), Ref(kind, number))
        found[row.id] = OwnLine(_line(row, poll, voters), _cast(ballot))
    if poll.terms.proxy_limit != 0:
        _add_proxy_lines(poll, refs, found)
    return sorted(found.values(), key=lambda own: (own.mandate_id is not None, own.line.entry.key))


def _add_proxy_lines(poll: PollRow, refs: Collection[Ref], found: dict[int, OwnLine]) -> None:
    wanted = (
        select(RollEntry, ProxyMandate, Ballot)
        .join(ProxyMandate, ProxyMandate.entry_id == RollEntry.id)
        .outerjoin(Ballot, (Ballot.entry_id == RollEntry.id) & Ballot.counted)
        .where(ProxyMandate.poll_id == poll.id, held_by(refs))
    )
    for row, mandate, ballot in db.session.execute(wanted):
        if row.id in found or mandate.proxy is None:
            continue
        cast = _cast(ballot)
        by_owner = cast is not None and cast.channel != PROXY
        line = _line(row, poll, (mandate.proxy,))
        found[row.id] = OwnLine(line, None if by_owner else cast, mandate.id, by_owner)


def _cast(ballot: Ballot | None) -> CastBallot | None:
    return None if ballot is None else CastBallot(ballot.code, ballot.at, ballot.channel, ballot.evidence_kind == KIND)


def spoken_for(refs: Collection[Ref]) -> ColumnElement[bool] | None:
    """What a voter's row must be, to be one of these references; None where there are none."""
    kinds: dict[str, list[int]] = {}
    for ref in refs:
        kinds.setdefault(ref.kind, []).append(ref.id)
    if not kinds:
        return None
    return or_(
        *((RollVoter.kind == kind) & RollVoter.ref_id.in_(sorted(numbers)) for kind, numbers in sorted(kinds.items()))
    )


def roll_of(poll_id: int) -> list[Line]:
    """The whole roll in its order, without voters, as anyone may see it; two statements."""
    return roll_lines(get_poll(poll_id))


def roll_lines(poll: PollRow, *, elector: bool = False) -> list[Line]:
    """The whole roll of a poll in its order, without voters, as a reader may see it; one statement."""
    wanted = select(RollEntry).filter_by(poll_id=poll.id).order_by(RollEntry.place)
    return [_line(row, poll, elector=elector) for row in db.session.scalars(wanted)]


def roll_page(poll: PollRow, after: str, *, elector: bool, limit: int) -> list[Line]:
    """Part of a roll by its keys, from after one on; one statement."""
    wanted = select(RollEntry).where(RollEntry.poll_id == poll.id, RollEntry.key > after)
    rows = db.session.scalars(wanted.order_by(RollEntry.key).limit(limit))
    return [_line(row, poll, elector=elector) for row in rows]
