"""What can be done with proposals."""

from app.proposals.actions.deciding import (
    admit_proposal,
    reopen_proposal,
    return_proposal,
    settle_proposal,
    withdraw_proposal,
)
from app.proposals.actions.supporting import support_proposal, withdraw_support
from app.proposals.actions.writing import drop_draft, enter_proposal, revise_proposal, save_draft, submit_proposal

__all__ = [
    "admit_proposal",
    "drop_draft",
    "enter_proposal",
    "reopen_proposal",
    "return_proposal",
    "revise_proposal",
    "save_draft",
    "settle_proposal",
    "submit_proposal",
    "support_proposal",
    "withdraw_proposal",
    "withdraw_support",
]
