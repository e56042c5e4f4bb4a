"""Four steps: matters that go through four deliberations and two publications."""

from app.core.house import FooterLink, House
from app.core.words import N_
from app.foursteps import events, queries, routes


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.describers[queries.KIND] = queries.links
    house.stations.append(queries.stations)
    house.searches.append(queries.search)
    house.words_for(events.WORDS)
    house.footer.append(FooterLink(N_("四议两公开"), "/four-steps"))
