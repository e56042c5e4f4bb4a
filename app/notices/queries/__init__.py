"""What is told, read from the slices below."""

from app.notices.queries.home import Home, home

__all__ = ["Home", "home"]
