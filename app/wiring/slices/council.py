"""Council: the four parties, their meetings, minutes and tasks."""

from app.core.house import House
from app.council import events, queries, reactions
from app.identity.events import InvitationAccepted
from app.voting.events import BallotCast, OutcomeDeclared


def register(house: House) -> None:
    """Hang up."""
    house.resolvers.append(queries.refs_of_account)
    house.words_for(events.WORDS)
    house.cross(InvitationAccepted, reactions.link_member)
    house.cross(OutcomeDeclared, reactions.settle)
    house.read(BallotCast, "council.close_full_vote", reactions.close_full_vote)
