"""What is marked on a ballot, and what is typed at the desk."""

from app.voting.forms.ballot import ApprovalForm, BallotForm, amount, ballot_form, words
from app.voting.forms.desk import (
    STANDS,
    FindForm,
    MandateForm,
    ReasonForm,
    ReceiveForm,
    SettleForm,
    TakeForm,
    TypeForm,
    WeighForm,
    typed_keys,
    typed_marks,
    unread,
)

__all__ = [
    "STANDS",
    "ApprovalForm",
    "BallotForm",
    "FindForm",
    "MandateForm",
    "ReasonForm",
    "ReceiveForm",
    "SettleForm",
    "TakeForm",
    "TypeForm",
    "WeighForm",
    "amount",
    "ballot_form",
    "typed_keys",
    "typed_marks",
    "unread",
    "words",
]
