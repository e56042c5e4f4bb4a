"""Buying services: pages, commands, to-do, openings in time."""

from app.core.house import House, NavItem
from app.core.words import N_
from app.procurement import actions, cli, events, queries, routes

SECRET = ("submit_bid", "withdraw_bid")


def register(house: House) -> None:
    """Hang up. Whoever counts requests to the bid pages would learn how many bid: they stay quiet."""
    house.hang(routes.pages)
    house.command("procurement", cli.replay)
    house.describers[queries.KIND] = queries.links
    house.stations.append(queries.stations)
    house.turns.append(queries.turns)
    house.waiting.append(queries.waiting)
    house.searches.append(queries.search)
    house.words_for(events.WORDS)
    house.nav.append(NavItem(50, N_("采购"), "tender", "procurement.tenders", "procurement"))
    house.every(5, "open bids", actions.open_due_bids)
    house.every(600, "awards by silence", actions.decide_by_silence)
    house.quiet.update(f"procurement.{endpoint}" for endpoint in SECRET)
