"""A desk for tests: who receives, who reads, who settles, and ballots that came in there."""

from app.core.values import Entry
from app.voting import actions, queries
from app.voting.queries import IntakeRow
from app.voting.rules import Marks
from tests.world import World

FIRST, SECOND, THIRD = "clerk", "secretary", "convener"
"""Two who read, and a third who settles."""


def received(world: World, poll_id: int, entry: Entry, channel: str = "paper") -> int:
    """A ballot of a line comes in at the desk; answers with its number."""
    return actions.receive_intake(world.actor(FIRST), poll_id, channel, entry.key)[0]


def read(world: World, poll_id: int, number: int, first: Marks, second: Marks | None = None) -> str:
    """Two people type what is on it; answers how it stands then."""
    actions.read_intake(world.actor(FIRST), poll_id, number, first)
    return actions.read_intake(world.actor(SECOND), poll_id, number, first if second is None else second)


def handed_in(world: World, poll_id: int, entry: Entry, choice: Marks, channel: str = "paper") -> int:
    """A ballot comes in at the desk and is read twice alike."""
    number = received(world, poll_id, entry, channel)
    assert read(world, poll_id, number, choice) == "read"
    return number


def standing(poll_id: int, number: int) -> IntakeRow:
    """One arrival as it stands."""
    return queries.get_intake(queries.get_poll(poll_id), number)
