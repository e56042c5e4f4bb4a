"""Notices: the home page and what is told."""

from app.core.house import House, NavItem
from app.core.words import N_
from app.notices import routes


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.home_pages)
    house.nav.append(NavItem(0, N_("首页"), "home", "home.home", "home"))
