"""What is typed or scanned at the desk: which lines of the roll, which paper, or the paper of another vote."""

from dataclasses import dataclass

from sqlalchemy import select

from app.core.db import db
from app.core.forms import half_width
from app.voting.models import BallotPaper, Poll, RollEntry
from app.voting.queries.papers import code_print, find_paper
from app.voting.queries.polls import PollRow
from app.voting.rules.papers import is_code, typed_code


@dataclass(frozen=True, slots=True)
class DeskFind:
    """What was typed or scanned at the desk stands for: lines of the roll by key, and the paper on which they stand.

    `void`: another paper has taken the place of this one.
    """

    keys: tuple[str, ...] = ()
    paper_id: int | None = None
    void: bool = False


def find_at_desk(poll: PollRow, typed: str) -> DeskFind:
    """The line that answers to its key or to what is written on the door; else the lines of the paper with this code."""
    called = " ".join(half_width(typed).split())
    named = RollEntry.key.in_((called, called.upper())) | (RollEntry.label == called)
    keys = db.session.scalars(select(RollEntry.key).where(RollEntry.poll_id == poll.id, named).limit(1)).all()
    if keys:
        return DeskFind(tuple(keys))
    paper = find_paper(poll.id, typed)
    if paper is None:
        return DeskFind()
    lines = select(RollEntry.key).where(RollEntry.id.in_(paper.entry_ids)).order_by(RollEntry.key)
    return DeskFind(tuple(db.session.scalars(lines)), paper.id, paper.void)


def vote_of_code(poll: PollRow, typed: str) -> int | None:
    """The number of another vote here whose ballot paper bears this code, or None."""
    if not is_code(typed):
        return None
    wanted = (
        select(Poll.number)
        .join(BallotPaper, BallotPaper.poll_id == Poll.id)
        .where(
            BallotPaper.community_id == poll.community_id,
            BallotPaper.code_print == code_print(typed_code(typed)),
            BallotPaper.poll_id != poll.id,
        )
    )
    return db.session.scalar(wanted)
