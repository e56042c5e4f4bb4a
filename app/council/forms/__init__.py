"""What may be typed in the council's pages."""

from app.council.forms.meetings import (
    AnswerObjectionForm,
    ContestForm,
    ConveneForm,
    DissentForm,
    FinishForm,
    InterestsForm,
    MotionForm,
    ObjectForm,
    ReasonForm,
    SignForm,
    TaskForm,
)
from app.council.forms.seats import AppointForm, ConfirmForm, EndTermForm, SeatForm

__all__ = [
    "AnswerObjectionForm",
    "AppointForm",
    "ConfirmForm",
    "ContestForm",
    "ConveneForm",
    "DissentForm",
    "EndTermForm",
    "FinishForm",
    "InterestsForm",
    "MotionForm",
    "ObjectForm",
    "ReasonForm",
    "SeatForm",
    "SignForm",
    "TaskForm",
]
