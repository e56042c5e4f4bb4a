"""Attachments: files that belong to something."""

from app.attachments import actions, events, queries, routes
from app.core.house import House


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.files = queries.attachments
    house.files_of = queries.attachments_of
    house.prepare_file = actions.prepare_file
    house.keep_file = actions.attach_file
    house.add_file = queries.upload_url
    house.words_for(events.WORDS)
    house.every(3600, "forget removed files", actions.forget_removed)
