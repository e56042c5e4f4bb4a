"""What the council resolves settles the proposal that asked for it, and a resolution with money is a mandate to buy.

On one of the owners' nine matters it does neither: it advises, and a notice to all owners is begun with everything filled in.
"""

from app.assemblies.actions import begin_draft
from app.assemblies.rules import advised_draft
from app.core.house import House
from app.core.values import Actor, Ref, the_house
from app.council.events import AgendaItemSettled, ResolutionAdopted
from app.council.queries import get_resolution_by_id
from app.procurement.actions import grant_mandate
from app.proposals.actions import settle_proposal
from app.proposals.rules import ADOPTED, REJECTED


def register(house: House) -> None:
    """Hang up."""
    house.cross(ResolutionAdopted, adopted)
    house.cross(AgendaItemSettled, rejected)


def adopted(event: ResolutionAdopted, actor: Actor, matter: Ref | None) -> None:
    """The proposal is settled; where the resolution names a ceiling, something may be bought under it.

    On one of the owners' nine matters the resolution only advises: their own vote settles it (see `owners_decisions`), and
    the notice that calls them is begun.
    """
    assert matter is not None
    found, house = get_resolution_by_id(event.resolution_id), the_house(event.community_id)
    if event.owners_matter is not None:
        draft = advised_draft(found.title, event.owners_matter, event.ceiling, matter)
        begin_draft(house, event.community_id, draft, matter)
        return
    resolution = Ref("resolution", event.resolution_id)
    if matter.kind == "proposal":
        settle_proposal(actor, matter.id, ADOPTED, resolution)
    if event.ceiling is not None:
        grant_mandate(house, event.community_id, resolution, matter, event.ceiling, found.purpose)


def rejected(event: AgendaItemSettled, actor: Actor, matter: Ref | None) -> None:
    """A matter that was voted down when the meeting closed settles its proposal, too; one without a quorum waits again."""
    assert matter is not None
    if event.result == "rejected" and event.motion_id is not None and matter.kind == "proposal":
        settle_proposal(actor, matter.id, REJECTED, Ref("motion", event.motion_id))
