"""The pages of buying, beneath `/c/<slug>/tenders`."""

from app.procurement.routes import bids, contracts, evaluation, tenders
from app.procurement.routes.blueprint import pages

__all__ = ["bids", "contracts", "evaluation", "pages", "tenders"]
