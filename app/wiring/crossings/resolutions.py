"""What the council resolves settles the proposal that asked for it, and a resolution with money is a mandate to buy."""

from app.core.house import House
from app.core.values import Actor, Ref, the_house
from app.council.events import MotionDecided, ResolutionAdopted
from app.council.queries import get_resolution_by_id
from app.procurement.actions import grant_mandate
from app.proposals.actions import settle_proposal
from app.proposals.rules import ADOPTED, REJECTED


def register(house: House) -> None:
    """Hang up."""
    house.cross(ResolutionAdopted, adopted)
    house.cross(MotionDecided, rejected)


def adopted(event: ResolutionAdopted, actor: Actor, matter: Ref | None) -> None:
    """The proposal is settled; where the resolution names a ceiling, something may be bought under it."""
    assert matter is not None
    resolution = Ref("resolution", event.resolution_id)
    if matter.kind == "proposal":
        settle_proposal(actor, matter.id, ADOPTED, resolution)
    if event.ceiling is not None:
        purpose = get_resolution_by_id(event.resolution_id).purpose
        grant_mandate(the_house(event.community_id), event.community_id, resolution, matter, event.ceiling, purpose)


def rejected(event: MotionDecided, actor: Actor, matter: Ref | None) -> None:
    """A motion that failed settles its proposal, too; one without a quorum leaves it waiting."""
    assert matter is not None
    if event.outcome == "rejected" and matter.kind == "proposal":
        settle_proposal(actor, matter.id, REJECTED, Ref("motion", event.motion_id))
