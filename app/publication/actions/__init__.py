"""What can be done with postings."""

from app.publication.actions.posting import Posted, end_due, publish_posting, withdraw_posting, withdraw_what_told
from app.publication.actions.service import Entered, record_service, undo_service

__all__ = [
    "Entered",
    "Posted",
    "end_due",
    "publish_posting",
    "record_service",
    "undo_service",
    "withdraw_posting",
    "withdraw_what_told",
]
