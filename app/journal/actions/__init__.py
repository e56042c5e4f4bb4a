"""Writing the record."""

from app.journal.actions.recording import attach, record

__all__ = ["attach", "record"]
