"""Discussion: comments on anything, and the duty to answer."""

from app.core.house import House
from app.discussion import events, queries, routes


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.describers["comment"] = queries.links
    house.turns.append(queries.turns)
    house.waiting.append(queries.waiting)
    house.words_for(events.WORDS)
    house.too_many(
        events.ThreadOpened,
        events.AnswerOwed,
        events.CommentMade,
        events.ReplyMade,
        events.CommentEndorsed,
        events.EndorsementWithdrawn,
        events.CommentWithdrawn,
    )
