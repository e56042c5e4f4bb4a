"""The tables of the record: its entries and its tree, and those who witness it."""

from app.journal.models.record import (
    JournalCheckpoint,
    JournalEntry,
    JournalLog,
    JournalReceipt,
    JournalTile,
    Outbox,
)
from app.journal.models.witnesses import JournalCosignature, JournalWitness

__all__ = [
    "JournalCheckpoint",
    "JournalCosignature",
    "JournalEntry",
    "JournalLog",
    "JournalReceipt",
    "JournalTile",
    "JournalWitness",
    "Outbox",
]
