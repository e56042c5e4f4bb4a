"""Bylaws: the rules that hold here."""

from app.bylaws import events, routes
from app.core.house import FooterLink, House
from app.core.words import N_


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.words_for(events.WORDS)
    house.footer.append(FooterLink(N_("议事规则"), "/rules"))
