"""The front door, the notice board, its feed, and the calendar."""

from app.notices.routes.board import coming_panel, pages
from app.notices.routes.home import home_pages

__all__ = ["coming_panel", "home_pages", "pages"]
