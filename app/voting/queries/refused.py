"""Ballots that came to the desk and were refused: the list of the desk, and how many for which reason, for everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from app.core.db import db
from app.core.forms import half_width
from app.core.secrets import fingerprint
from app.core.values import Ref
from app.core.words import N_
from app.voting.models import BallotIntake, RefusedBallot, RollEntry
from app.voting.queries.ballots import counted_ballot
from app.voting.queries.finding import DeskFind, find_at_desk, vote_of_code
from app.voting.queries.mandates import standing_mandate
from app.voting.queries.numbered import NUMBERED, Numbered
from app.voting.queries.polls import PollRow
from app.voting.queries.rolls import Line, find_line
from app.voting.rules import why_refused
from app.voting.rules.papers import is_code, typed_code
from app.voting.rules.terms import PROXY

SAID = "refused-ballot"
KIND = "refused_ballot"


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """One number of a refusal: the line that it is for, where there is one, and why it cannot count.

    `intake` is the number under which the ballot was received after all.
    """

    number: int
    key: str
    label: str
    why: str
    intake: int | None


@dataclass(frozen=True, slots=True)
class _Head:
    """The first number of a refusal, and what all of its numbers have in common."""

    id: int
    number: int
    together: int
    channel: str
    refused_at: datetime
    refused_by: int
    undone_at: datetime | None
    undone_reason: str
    corrects: int | None
    line: RefusedLine


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One refusal: how and when the ballot came, whether it was undone, and a line for each unit that is on it.

    `number` is that of the first line; `corrects` the refusal in whose place it stands, `corrected` the one that stands in its.
    """

    id: int
    number: int
    channel: str
    refused_at: datetime
    refused_by: int
    undone_at: datetime | None
    undone_reason: str
    corrects: int | None
    corrected: int | None
    lines: tuple[RefusedLine, ...]

    @property
    def labels(self) -> list[str]:
        """What stands on the doors."""
        return [line.label for line in self.lines if line.label]

    @property
    def keys(self) -> list[str]:
        """The units that are on it."""
        return [line.key for line in self.lines if line.key]

    @property
    def whys(self) -> list[str]:
        """Why it cannot count, each reason once."""
        return list(dict.fromkeys(line.why for line in self.lines))

    @property
    def intakes(self) -> list[int]:
        """The numbers under which it was received after all."""
        return sorted({line.intake for line in self.lines if line.intake is not None})


def refused_ref(refused_id: int) -> Ref:
    """What the scan of a refused ballot hangs on."""
    return Ref(KIND, refused_id)


def _rows() -> Select[RefusedBallot, str | None, str | None, int | None]:
    return (
        select(RefusedBallot, RollEntry.key, RollEntry.label, BallotIntake.number)
        .outerjoin(RollEntry, RollEntry.id == RefusedBallot.entry_id)
        .outerjoin(BallotIntake, BallotIntake.id == RefusedBallot.intake_id)
    )


def _head(found: Any) -> _Head:
    row, key, label, intake = found
    return _Head(
        row.id,
        row.number,
        row.together,
        row.channel,
        row.refused_at,
        row.refused_by,
        row.undone_at,
        row.undone_reason or "",
        row.corrects,
        RefusedLine(row.number, key or "", label or "", row.why, intake),
    )


REFUSED = Numbered(
    RefusedBallot,
    _rows,
    _head,
    N_("这次表决没有拒收过这一号。"),
    RefusedBallot.number == RefusedBallot.together,
)


def get_refused(poll: PollRow, number: int) -> RefusedRow:
    """One refusal by any of its numbers. Raises NotFound."""
    return _whole(poll, [REFUSED.get(poll, REFUSED.get(poll, number).together)])[0]


def hold_refused(poll: PollRow, number: int) -> RefusedRow:
    """One refusal by any of its numbers; nobody else changes it until the action ends. Raises NotFound."""
    return _whole(poll, [REFUSED.hold(poll, REFUSED.get(poll, number).together)])[0]


def refused(poll: PollRow, before: int | None = None, limit: int = NUMBERED) -> list[RefusedRow]:
    """What was refused, newest first, undone ones too, from before a number on."""
    return _whole(poll, REFUSED.page(poll, before, limit))


def _whole(poll: PollRow, heads: Sequence[_Head]) -> list[RefusedRow]:
    """Refusals with all their lines, and with what stands in their place; one statement."""
    if not heads:
        return []
    first = [head.number for head in heads]
    its = RefusedBallot.together.in_(first) | RefusedBallot.corrects.in_(first)
    lines: dict[int, list[RefusedLine]] = {number: [] for number in first}
    corrected: dict[int, int] = {}
    wanted = _rows().where(RefusedBallot.poll_id == poll.id, its).order_by(RefusedBallot.number)
    for one in map(_head, db.session.execute(wanted)):
        lines.setdefault(one.together, []).append(one.line)
        if one.corrects is not None:
            corrected.setdefault(one.corrects, one.together)
    return [
        RefusedRow(
            head.id,
            head.number,
            head.channel,
            head.refused_at,
            head.refused_by,
            head.undone_at,
            head.undone_reason,
            head.corrects,
            corrected.get(head.number),
            tuple(lines[head.number]),
        )
        for head in heads
    ]


def refused_totals(community_id: int) -> Mapping[int, int]:
    """How many ballots each poll of a community refused, by its id, all reasons together; one statement."""
    wanted = (
        select(RefusedBallot.poll_id, func.count())
        .where(RefusedBallot.community_id == community_id, RefusedBallot.undone_at.is_(None))
        .group_by(RefusedBallot.poll_id)
    )
    return {poll_id: int(many) for poll_id, many in db.session.execute(wanted)}


def said_print(poll_id: int, typed: str, channel: str, key: str) -> str:
    """By what a ballot is recognised that is refused a second time: its code or unit, and how it came."""
    said = typed_code(typed) if is_code(typed) else "" if key else typed
    letters = "".join(letter for letter in half_width(said).upper() if letter.isalnum())
    return fingerprint(f"{poll_id}|{channel}|{key}|{letters}", SAID)


def known_refusal(poll_id: int, print_: str) -> int | None:
    """The number under which a ballot was refused already, if that stands."""
    wanted = select(RefusedBallot.number).filter_by(poll_id=poll_id, said_print=print_, undone_at=None)
    return db.session.scalar(wanted)


def why_of(poll: PollRow, line: Line | None, found: DeskFind, channel: str, typed: str, now: datetime) -> str | None:
    """Why what was typed for a ballot can never count, by the terms; None where it can be received, or not yet."""
    voted, proxy = bool(line and line.voted), channel == PROXY
    return why_refused(
        poll.terms,
        line.entry if line else None,
        channel,
        now,
        declared=poll.declared_at is not None,
        frozen=poll.frozen_at is not None,
        voted=voted,
        replaced=found.void,
        code=is_code(typed),
        mandate=proxy and line is not None and standing_mandate(line.id) is not None,
        by_owner=proxy and line is not None and voted and counted_ballot(line.id).channel != PROXY,
    )


def may_be_refused(poll: PollRow, channel: str, typed: str, now: datetime) -> str | None:
    """Why the desk may refuse what was typed, for each of its lines; None where it may not."""
    found = find_at_desk(poll, typed)
    if not found.keys and vote_of_code(poll, typed) is not None:
        return None
    lines = [find_line(poll.id, key) for key in found.keys] or [None]
    reasons = [why_of(poll, line, found, channel, typed, now) for line in lines]
    return reasons[0] if all(reasons) else None
