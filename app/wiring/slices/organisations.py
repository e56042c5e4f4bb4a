"""Organisations: registering, pages, for whom somebody acts."""

from app.core.house import House
from app.organisations import queries, routes


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.describers[queries.KIND] = queries.links
    house.voices.append(queries.SPEAKS_FOR)
