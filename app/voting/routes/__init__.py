"""Pages of polls, beneath `/c/<slug>/polls`."""

from app.voting.routes import casting, codes, papers, polls, records
from app.voting.routes.blueprint import pages

__all__ = ["casting", "codes", "pages", "papers", "polls", "records"]
