"""Pages of polls, beneath `/c/<slug>/polls`."""

from app.voting.routes import (
    annulling,
    book,
    casting,
    codes,
    desk,
    exports,
    mandates,
    papers,
    polls,
    records,
    refused,
    results,
    typing,
)
from app.voting.routes.blueprint import pages

__all__ = [
    "annulling",
    "book",
    "casting",
    "codes",
    "desk",
    "exports",
    "mandates",
    "pages",
    "papers",
    "polls",
    "records",
    "refused",
    "results",
    "typing",
]
