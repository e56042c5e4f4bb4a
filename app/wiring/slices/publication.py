"""Publication: what is posted, for how long, and whom it reached."""

from app.core.house import House
from app.publication import actions, events


def register(house: House) -> None:
    """Hang up."""
    house.words_for(events.WORDS)
    house.too_many(events.ServiceRecorded, events.ServiceUndone)
    house.every(300, "publication.end_due", actions.end_due)
