"""Pages of polls, beneath `/c/<slug>/polls`."""

from app.voting.routes import annulling, book, casting, codes, papers, polls, records
from app.voting.routes.blueprint import pages

__all__ = ["annulling", "book", "casting", "codes", "pages", "papers", "polls", "records"]
