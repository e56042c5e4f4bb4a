"""The frozen roll of a poll: its lines, who may cast them, and what the database adds up over them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.core.db import columns, db
from app.core.memory import rows as remembered_rows
from app.core.values import Entry, Ref
from app.voting.models import COUNTED, Ballot, ProxyMandate, RollEntry, RollTold, RollVoter
from app.voting.queries.desk import KIND
from app.voting.queries.mandates import by_kind, held_by
from app.voting.queries.polls import PollRow, get_poll
from app.voting.queries.told import ToldLine, told_refs
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
    """A counted ballot without its choice: its receipt code, when it came and how, whether the desk entered it, and the
    account that cast it itself, if one did."""

    code: str
    at: datetime
    channel: str
    by_desk: bool = False
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One line that the reader may cast, and its counted ballot.

    `shared` says that the line has other voters, too.

    `mandate_id` says that the reader casts it for somebody else; the owner's own ballot, if there is one (`by_owner`), is then
    not theirs to see.
    """

    line: Line
    cast: CastBallot | None
    mandate_id: int | None = None
    by_owner: bool = False
    shared: bool = False


def _line(row: Any, poll: PollRow, voters: Sequence[Ref] = (), *, elector: bool = False) -> Line:
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


_COLUMNS = tuple(
    getattr(RollEntry, column.key)
    for column in RollEntry.__table__.columns
    if column.key not in ("community_id", "place")
)
_ONE = (
    select(*_COLUMNS, RollVoter.kind, RollVoter.ref_id)
    .outerjoin(RollVoter, RollVoter.entry_id == RollEntry.id)
    .where(RollEntry.poll_id == bindparam("poll"), RollEntry.key == bindparam("key"))
)
_HELD = _ONE.with_for_update(of=RollEntry)


def _one(wanted: Select[Any], poll: PollRow, key: str) -> Line | None:
    rows = columns(wanted, {"poll": poll.id, "key": key})
    return _line(rows[0], poll, [Ref(row.kind, row.ref_id) for row in rows if row.kind]) if rows else None


def find_line(poll_id: int, key: str) -> Line | None:
    """The line of a key with its voters, as anyone may see it, or None."""
    return _one(_ONE, get_poll(poll_id), key)


def hold_line(poll: PollRow, key: str) -> Line | None:
    """The line of a key with its voters, or None; nobody else changes it until the action ends. One statement."""
    return _one(_HELD, poll, key)


_CAST = (Ballot.code.label("receipt"), Ballot.at, Ballot.channel, Ballot.evidence_kind, Ballot.account_id)


_VOTER = aliased(RollVoter)
_VOTERS = select(func.count(_VOTER.entry_id)).where(_VOTER.entry_id == RollEntry.id).scalar_subquery().label("voters")


@lru_cache(maxsize=64)
def _own(kinds: tuple[str, ...], proxies: bool) -> Select[Any]:
    nobody = cast(null(), BigInteger)
    here: ColumnElement[int] = bindparam("poll")
    own = select(
        RollVoter.entry_id, RollVoter.kind, RollVoter.ref_id, nobody.label("mandate"), literal(0).label("told")
    ).where(RollVoter.poll_id == here, spoken_for(kinds))
    told = select(RollTold.entry_id, RollTold.kind, RollTold.ref_id, nobody, literal(1))
    parts: list[Any] = [own, told.where(RollTold.poll_id == here, told_refs(kinds))]
    if proxies:
        its = (ProxyMandate.entry_id, ProxyMandate.proxy_kind, ProxyMandate.proxy_id, ProxyMandate.id)
        parts.append(select(*its, literal(0)).where(ProxyMandate.poll_id == here, held_by(kinds)))
    who = union_all(*parts).subquery()
    return (
        select(*_COLUMNS, who.c.kind, who.c.ref_id, who.c.mandate, who.c.told, *_CAST, _VOTERS)
        .join(who, who.c.entry_id == RollEntry.id)
        .outerjoin(Ballot, (Ballot.entry_id == RollEntry.id) & COUNTED)
    )


def lines_of(poll: PollRow, refs: Collection[Ref]) -> list[OwnLine]:
    """The lines of a poll that some references may cast, by their keys, with their counted ballots.

    One statement; a line's voters are those of the references that may cast it.
    """
    return own_and_told(poll, refs)[0]


def told_lines(poll: PollRow, refs: Collection[Ref]) -> list[ToldLine]:
    """The lines of a poll that somebody casts whom these references named; one statement."""
    return own_and_told(poll, refs)[1]


def stands_on(poll: PollRow, refs: Collection[Ref]) -> bool:
    """Whether a line of the roll is theirs, whoever casts its ballot; one statement."""
    return any(own_and_told(poll, refs))


def own_and_told(poll: PollRow, refs: Collection[Ref]) -> tuple[list[OwnLine], list[ToldLine]]:
    """The lines that some references may cast, and those of which they are only told; one statement."""
    mine = by_kind(refs)
    if not mine:
        return [], []
    found: dict[int, OwnLine] = {}
    asked = _own(tuple(mine), poll.terms.proxy_limit != 0)
    everything = remembered_rows(asked, poll=poll.id, **mine)
    rows = [row for row in everything if not row.told]
    for row in (row for row in rows if row.mandate is None):
        voters = (*(found[row.id].line.entry.voters if row.id in found else ()), Ref(row.kind, row.ref_id))
        found[row.id] = OwnLine(_line(row, poll, voters), _cast(row), shared=row.voters > 1)
    for row in (row for row in rows if row.mandate is not None and row.id not in found):
        cast_ = _cast(row)
        by_owner = cast_ is not None and cast_.channel != PROXY
        line = _line(row, poll, (Ref(row.kind, row.ref_id),))
        found[row.id] = OwnLine(line, None if by_owner else cast_, row.mandate, by_owner)
    told = {row.key: ToldLine(row.label, row.channel or "", row.at) for row in everything if row.told}
    own = sorted(found.values(), key=lambda own: (own.mandate_id is not None, own.line.entry.key))
    by_others = [told[key] for key in sorted(told) if all(one.line.entry.key != key for one in own)]
    return own, by_others


def _cast(row: Any) -> CastBallot | None:
    if not row.receipt:
        return None
    by_desk = row.evidence_kind == KIND
    return CastBallot(row.receipt, row.at, row.channel, by_desk, None if by_desk else row.account_id)


def spoken_for(kinds: Collection[str]) -> ColumnElement[bool]:
    """What a voter's row must be, to be one of the references `by_kind`."""
    return or_(*((RollVoter.kind == kind) & RollVoter.ref_id.in_(bindparam(kind, expanding=True)) for kind in kinds))


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
