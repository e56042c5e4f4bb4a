"""Ballots of proxies that differ from what their mandates say; nobody is told before the close, and then who may settle."""

from typing import Any

from sqlalchemy import Select, func, select

from app.core.db import ask, db
from app.core.memory import remember
from app.voting.models import Ballot, BallotIntake, Poll
from app.voting.queries.desk import IntakeRow, intake_row, intake_rows
from app.voting.queries.polls import PollRow


def _standing(poll_id: Any) -> list[Any]:
    """What is to be weighed: a ballot that counts, differs, and has not been weighed."""
    return [
        BallotIntake.poll_id == poll_id,
        BallotIntake.against_at.is_not(None),
        BallotIntake.weighed_at.is_(None),
        BallotIntake.void_at.is_(None),
        Ballot.counted,
    ]


def against_count(poll_id: int) -> int:
    """How many ballots of a poll that is over are to be weighed against their mandates; one statement."""
    return int(remember(("against", poll_id), lambda: ask(_count, poll_id=poll_id).scalar_one()))


def _count(poll_id: Any) -> Select[int]:
    return (
        select(func.count())
        .select_from(BallotIntake)
        .join(Ballot, Ballot.id == BallotIntake.ballot_id)
        .where(*_standing(poll_id))
    )


def against(poll: PollRow) -> list[IntakeRow]:
    """The ballots of a poll that is over which are to be weighed against their mandates, oldest first."""
    return [
        intake_row(found)
        for found in db.session.execute(intake_rows().where(*_standing(poll.id)).order_by(BallotIntake.number))
    ]


def against_by_poll(community_id: Any, now: Any) -> Select[int, int, str, int]:
    """For each poll that is over and not decided: its number, its question, how many ballots are to be weighed."""
    return (
        select(Poll.id, Poll.number, Poll.question, func.count())
        .join(BallotIntake, BallotIntake.poll_id == Poll.id)
        .join(Ballot, Ballot.id == BallotIntake.ballot_id)
        .where(
            Poll.community_id == community_id,
            Poll.declared_at.is_(None),
            Poll.annulled_at.is_(None),
            func.coalesce(Poll.closed_at, Poll.closes_at) < now,
            *_standing(Poll.id),
        )
        .group_by(Poll.id, Poll.number, Poll.question)
        .order_by(Poll.id)
    )
