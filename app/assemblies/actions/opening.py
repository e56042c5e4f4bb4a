"""When a vote opens its roll is taken from the register of that day, with the corrections that were accepted."""

from zoneinfo import ZoneInfo

from app.assemblies import queries
from app.communities.queries import get_community
from app.core import clock
from app.core.db import transactional
from app.core.errors import HouseError
from app.core.values import Actor, the_house
from app.voting import actions as voting
from app.voting.queries import PollRow, rolls_due
from app.voting.rules import freeze_refusal


def open_due() -> int:
    """Whoever is on the register on the day on which a vote opens is on its roll, as corrected; answers how many opened.

    Harmless twice, and each by itself.
    """
    due = rolls_due(clock.now())
    held = queries.assemblies_of_polls([poll.id for poll in due])
    opened = 0
    for poll in due:
        if poll.id not in held:
            continue
        try:
            opened += open_poll_of(the_house(poll.community_id), poll, held[poll.id])
        except HouseError:
            # Nobody is on the register, or a unit has no area: it stays announced, and the next round looks again.
            continue
    return opened


@transactional
def open_poll_of(actor: Actor, poll: PollRow, assembly_id: int) -> bool:
    """Freeze the roll of an assembly's vote if it is time; answers whether this call did it. Raises Refused."""
    if freeze_refusal(poll.terms, clock.now()) is not None:
        return False
    # A correction is accepted before the roll is read, or refused after it was frozen; it is never accepted and left out.
    queries.hold_assembly(poll.community_id, queries.get_by_id(assembly_id).number)
    day = poll.opens_at.astimezone(ZoneInfo(get_community(poll.community_id).zone)).date()
    roll = queries.roll_on(assembly_id, poll.community_id, poll.terms.kind, day)
    return voting.freeze_roll(actor, poll.id, roll)
