"""Pages of polls, beneath `/c/<slug>/polls`."""

from app.voting.routes import book, casting, codes, papers, polls, records
from app.voting.routes.blueprint import pages

__all__ = ["book", "casting", "codes", "pages", "papers", "polls", "records"]
