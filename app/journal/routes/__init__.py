"""The public record as pages, its log as C2SP tlog-tiles, its witnesses, its poster."""

from app.journal.routes import posters, record, witnesses
from app.journal.routes.blueprint import pages

__all__ = ["pages", "posters", "record", "witnesses"]
