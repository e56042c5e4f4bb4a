"""Assemblies: the owners and the residents are called to decide; `flask voting import` brings a poll in."""

from app.assemblies import actions, cli, events, queries
from app.core.house import House


def register(house: House) -> None:
    """Hang up."""
    house.command("voting", cli.import_poll)
    house.describers[queries.KIND] = queries.links
    house.describers[queries.ITEM] = queries.item_links
    house.turns.append(queries.turns)
    house.waiting.append(queries.waiting)
    house.searches.append(queries.search)
    house.words_for(events.WORDS)
    house.every(5.0, "assemblies.open_due", actions.open_due)
