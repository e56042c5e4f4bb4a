"""Writing the record, sealing it, and telling those who read it."""

from app.journal.actions.recording import attach, hold_longer, record
from app.journal.actions.relaying import relay, settle, tell, tell_patiently
from app.journal.actions.sealing import open_log, seal, seal_log
from app.journal.actions.witnessing import cosign, doubt_log, register_witness

__all__ = [
    "attach",
    "cosign",
    "doubt_log",
    "hold_longer",
    "open_log",
    "record",
    "register_witness",
    "relay",
    "seal",
    "seal_log",
    "settle",
    "tell",
    "tell_patiently",
]
