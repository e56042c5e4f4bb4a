"""Assemblies: the owners and the residents are called to decide; `flask voting import` brings a poll in."""

from app.assemblies import actions, cli, events, queries, routes
from app.core.house import FooterLink, House
from app.core.words import N_


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.footer.append(FooterLink(N_("业主大会"), "/assemblies"))
    house.command("voting", cli.import_poll)
    house.describers[queries.KIND] = queries.links
    house.describers[queries.ITEM] = queries.item_links
    house.turns.append(queries.turns)
    house.waiting.append(queries.waiting)
    house.searches.append(queries.search)
    house.words_for(events.WORDS)
    house.every(5.0, "assemblies.open_due", actions.open_due)
