"""What is marked on a ballot, and what is typed at the desk."""

from app.voting.forms.ballot import ApprovalForm, BallotForm, amount, ballot_form, words
from app.voting.forms.desk import (
    FindForm,
    MandateForm,
    ReasonForm,
    ReceiveForm,
    SettleForm,
    TakeForm,
    TypeForm,
    typed_keys,
    typed_marks,
)

__all__ = [
    "ApprovalForm",
    "BallotForm",
    "FindForm",
    "MandateForm",
    "ReasonForm",
    "ReceiveForm",
    "SettleForm",
    "TakeForm",
    "TypeForm",
    "amount",
    "ballot_form",
    "typed_keys",
    "typed_marks",
    "words",
]
