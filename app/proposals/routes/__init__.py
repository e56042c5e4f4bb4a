"""Pages of proposals."""

from app.proposals.routes import deciding, writing
from app.proposals.routes.reading import pages

__all__ = ["deciding", "pages", "writing"]
