"""Publication: what is posted, for how long, and whom it reached."""

from app.core.house import FooterLink, House
from app.core.words import N_
from app.publication import actions, events, queries, routes


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.describers["posting"] = queries.links
    house.turns.append(queries.turns)
    house.waiting.append(queries.waiting)
    house.searches.append(queries.search)
    house.post_url = queries.post_url
    house.footer.append(FooterLink(N_("公示栏"), "/postings"))
    house.words_for(events.WORDS)
    house.too_many(events.ServiceRecorded, events.ServiceUndone)
    house.every(300, "publication.end_due", actions.end_due)
