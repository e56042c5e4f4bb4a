"""What an event may hold, and what can happen to the record itself."""

from app.journal.events.kinds import (
    RESERVED,
    Digest,
    Event,
    ReceiptCode,
    UnfitEvent,
    Word,
    kinds,
    name_of,
    spelled,
    utc,
)
from app.journal.events.witnesses import WORDS, Party, Reason, WitnessDoubted, WitnessRegistered

__all__ = [
    "RESERVED",
    "WORDS",
    "Digest",
    "Event",
    "Party",
    "Reason",
    "ReceiptCode",
    "UnfitEvent",
    "WitnessDoubted",
    "WitnessRegistered",
    "Word",
    "kinds",
    "name_of",
    "spelled",
    "utc",
]
