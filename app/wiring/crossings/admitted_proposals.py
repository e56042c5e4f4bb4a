"""A proposal that the desk admitted waits for a meeting of the council."""

from app.core.house import House
from app.core.values import Actor, Ref
from app.council.actions import propose_agenda_item
from app.proposals.events import ProposalAdmitted
from app.proposals.queries import get_proposal


def register(house: House) -> None:
    """Hang up."""
    house.cross(ProposalAdmitted, put_on_agenda)


def put_on_agenda(event: ProposalAdmitted, actor: Actor, matter: Ref | None) -> None:
    """The council learns the matter, its title, and whether all owners have to vote on it afterwards."""
    assert matter is not None
    title = get_proposal(event.proposal_id).title
    propose_agenda_item(actor, event.community_id, matter, title, event.owners_matter)
