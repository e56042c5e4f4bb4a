"""Identity: signing in, codes, one's own account."""

from app.core.house import House
from app.identity import cli, events, routes


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.command("identity", cli.invite_command)
    house.command("identity", cli.forgot)
    house.words_for(events.WORDS)
