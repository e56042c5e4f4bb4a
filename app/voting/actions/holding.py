"""Holding a poll while something is done with it."""

from app.core.errors import check
from app.voting import queries
from app.voting.queries import PollRow
from app.voting.rules import annulled_refusal


def living_poll(poll_id: int, *, alone: bool) -> PollRow:
    """The poll, held until the action ends, as `queries.lock_poll`; nothing is done with one that was annulled.

    Raises NotFound, Refused.
    """
    poll = queries.lock_poll(poll_id, alone=alone)
    check(annulled_refusal(poll.annulled_at is not None))
    return poll
