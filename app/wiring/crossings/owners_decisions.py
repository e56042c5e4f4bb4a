"""What all owners decide settles the proposal on which the council only gave advice, and gives the mandate to buy.

When their vote is annulled, what it caused ends with it.
"""

from app.core.house import House
from app.core.values import Actor, Ref, the_house
from app.council.queries import find_advice
from app.procurement.actions import grant_mandate, withdraw_mandate
from app.proposals.actions import reopen_proposal, settle_proposal
from app.proposals.rules import ADOPTED, REJECTED
from app.voting.events import OutcomeDeclared, PollAnnulled
from app.voting.queries import get_poll
from app.voting.rules import ADOPTED as CARRIED
from app.voting.rules import REJECTED as LOST
from app.voting.rules.terms import OWNERS

POLL, PROPOSAL = "poll", "proposal"


def register(house: House) -> None:
    """Hang up."""
    house.cross(OutcomeDeclared, decided)
    house.cross(PollAnnulled, annulled)


def decided(event: OutcomeDeclared, _actor: Actor, matter: Ref | None) -> None:
    """A vote without a quorum decides nothing, and may be held again."""
    if matter is None or matter.kind != PROPOSAL:
        return
    poll = get_poll(event.poll_id)
    if poll.terms.kind != OWNERS or event.outcome not in (CARRIED, LOST):
        return
    house, vote = the_house(event.community_id), Ref(POLL, event.poll_id)
    settle_proposal(house, matter.id, ADOPTED if event.outcome == CARRIED else REJECTED, vote)
    advice = find_advice(event.community_id, matter, poll.terms.matter or 0)
    if event.outcome == CARRIED and advice is not None and advice.ceiling is not None:
        grant_mandate(house, event.community_id, vote, matter, advice.ceiling, advice.purpose)


def annulled(event: PollAnnulled, _actor: Actor, matter: Ref | None) -> None:
    """The proposal waits for a vote again, and nothing more is bought under the mandate."""
    house, vote = the_house(event.community_id), Ref(POLL, event.poll_id)
    if matter is not None and matter.kind == PROPOSAL:
        reopen_proposal(house, matter.id, vote)
    withdraw_mandate(house, event.community_id, vote)
