"""How many of everything a poll has, for its page: in one statement, and once for all who open it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, func, literal, select, union_all

from app.core.db import built
from app.core.memory import rows
from app.voting.models import Ballot, BallotIntake, RefusedBallot
from app.voting.queries.desk import unfinished_of
from app.voting.rules import REFUSED_WORDS

BALLOTS, WAITING, VOIDED = "ballots", "waiting", "voided"


@dataclass(frozen=True, slots=True)
class Counts:
    """Ballots that came, and of them those that can never count; what is unread or disputed at the desk, and what was made
    void there; what was refused, by reason, in the order in which reasons are told."""

    came: int
    rejected: int
    unread: int
    disputed: int
    void: int
    refused: Mapping[str, int]


def counts(poll_id: int) -> Counts:
    """How many of everything a poll has; one statement."""
    found = {what: (int(many), int(more)) for what, many, more in rows(built(_counts), poll_id=poll_id)}
    refused = {why: found[why][0] for why in REFUSED_WORDS if why in found}
    return Counts(*found[BALLOTS], *found[WAITING], found[VOIDED][0], refused)


def _counts(poll_id: Any) -> CompoundSelect[str, int, int]:
    nothing = literal(0)
    ballots = select(literal(BALLOTS), func.count(), func.count(Ballot.rejected)).where(Ballot.poll_id == poll_id)
    waiting = unfinished_of(poll_id)
    made_void = select(literal(VOIDED), func.count(), nothing).where(
        BallotIntake.poll_id == poll_id, BallotIntake.void_at.is_not(None)
    )
    refused = (
        select(RefusedBallot.why, func.count(), nothing)
        .where(RefusedBallot.poll_id == poll_id, RefusedBallot.undone_at.is_(None))
        .group_by(RefusedBallot.why)
    )
    return union_all(ballots, select(literal(WAITING), *waiting.subquery().columns), made_void, refused)
