"""Register: dwellings, owners and residents."""

from app.core.house import FooterLink, House
from app.core.words import N_
from app.identity.events import InvitationAccepted
from app.register import actions, cli, events, queries, reactions, routes


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.command("register", cli.import_command)
    house.describers["dwelling"] = queries.dwelling_links
    house.describers["person"] = queries.person_links
    house.waiting.append(queries.waiting)
    house.searches.append(queries.search)
    house.voices.append(queries.SPEAKS_FOR)
    house.people.append(queries.find_person)
    house.words_for(events.WORDS)
    house.cross(InvitationAccepted, reactions.link_invited_person)
    house.every(60, "resume register imports", actions.resume_imports)
    house.every(3600, "forget register uploads", actions.forget_uploads)
    house.footer.append(FooterLink(N_("我的登记"), "/my-entry"))
