"""Proposals: from a resident's draft to the agenda."""

from app.core.house import House, NavItem
from app.core.words import N_
from app.proposals import events, queries, routes


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.describers["proposal"] = queries.links
    house.stations.append(queries.stations)
    house.turns.append(queries.turns)
    house.waiting.append(queries.waiting)
    house.searches.append(queries.search)
    house.words_for(events.WORDS)
    house.too_many(events.ProposalSupported, events.SupportWithdrawn)
    house.nav.append(NavItem(10, N_("事项"), "talk", "proposals.proposals", "proposals"))
