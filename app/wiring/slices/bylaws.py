"""Bylaws: the rules that hold here, and the days on which people work."""

from app.bylaws import cli, events, routes
from app.core.house import FooterLink, House
from app.core.words import N_


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.command("bylaws", cli.publish_days)
    house.words_for(events.WORDS)
    house.footer.append(FooterLink(N_("议事规则"), "/rules"))
