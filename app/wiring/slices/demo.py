"""The demo: a year in one community."""

from app.core.house import House
from app.demo import demo


def register(house: House) -> None:
    """Hang up."""
    house.command("", demo)
