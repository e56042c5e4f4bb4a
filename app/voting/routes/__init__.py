"""Pages of polls, beneath `/c/<slug>/polls`."""

from app.voting.routes import casting, polls
from app.voting.routes.blueprint import pages

__all__ = ["casting", "pages", "polls"]
