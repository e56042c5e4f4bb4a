"""The pages of buying, beneath `/c/<slug>/tenders`."""

from app.procurement.routes import awards, bids, contracts, opening, panel, tenders
from app.procurement.routes.blueprint import pages

__all__ = ["awards", "bids", "contracts", "opening", "pages", "panel", "tenders"]
