"""The council's pages: seats, meetings, motions, minutes, tasks."""

from app.council.routes import meetings, minutes, motions, seats
from app.council.routes.blueprint import pages

__all__ = ["meetings", "minutes", "motions", "pages", "seats"]
