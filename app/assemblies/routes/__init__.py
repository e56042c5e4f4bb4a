"""Pages of assemblies, beneath `/c/<slug>/assemblies`."""

from app.assemblies.routes import asking, drafting, reading, rolls
from app.assemblies.routes.blueprint import pages

__all__ = ["asking", "drafting", "pages", "reading", "rolls"]
