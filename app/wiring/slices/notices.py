"""Notices: the home page, and what everybody is told."""

from app.assemblies.events import AssemblyConvened
from app.core.house import FooterLink, House, NavItem
from app.core.words import N_
from app.council.events import MeetingCancelled, MeetingConvened, MinutesPublished, ResolutionAdopted
from app.notices import reactions, routes
from app.procurement.events import AwardPublished, ContractSigned, TenderFailed, TenderPublished
from app.proposals.events import ProposalAdmitted
from app.publication.events import PostingEnded, PostingPublished, PostingWithdrawn
from app.voting.events import OutcomeDeclared

TOLD = (
    ProposalAdmitted,
    MeetingConvened,
    MeetingCancelled,
    MinutesPublished,
    ResolutionAdopted,
    AssemblyConvened,
    OutcomeDeclared,
    TenderPublished,
    TenderFailed,
    AwardPublished,
    ContractSigned,
    PostingPublished,
    PostingWithdrawn,
    PostingEnded,
)


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.home_pages)
    house.hang(routes.pages)
    house.nav.append(NavItem(0, N_("首页"), "home", "home.home", "home"))
    house.footer.append(FooterLink(N_("通知和日程"), "/notices"))
    house.panels["todo-aside"] = routes.coming_panel
    for event in TOLD:
        house.read(event, "notices", reactions.tell)
