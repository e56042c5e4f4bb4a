"""Taking out the list of how each unit voted, for the filing of an owners' decision."""

from typing import Literal

from app.core.db import transactional
from app.core.errors import check
from app.core.permissions import authorize
from app.core.values import Actor
from app.journal.actions import attach, record
from app.voting import queries
from app.voting.events import VotesExported
from app.voting.permissions import EXPORT_VOTES
from app.voting.rules import export_refusal


@transactional
def export_votes(actor: Actor, poll_id: int, form: Literal["csv", "xlsx"]) -> str:
    """Whoever files an owners' decision takes out how each unit voted; that this was done stands in the public record.

    Answers the receipt code under which the file can be fetched. Raises Forbidden, and Refused before the outcome or where
    ballots are not open. Source: 北京市物业管理条例 35.
    """
    poll = queries.get_poll(poll_id)
    authorize(actor, EXPORT_VOTES, poll.community_id)
    check(export_refusal(poll.terms, declared=poll.declared_at is not None))
    event = VotesExported(poll.community_id, poll_id, poll.number, poll.lines, form)
    return attach(record(event, actor, poll.matter))
