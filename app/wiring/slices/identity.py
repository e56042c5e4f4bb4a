"""Identity: signing in, codes, one's own account."""

from app.core.house import House
from app.identity import events, routes


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.words_for(events.WORDS)
