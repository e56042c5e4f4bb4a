"""The shape of what a committee sends."""

from app.register.forms.upload import ConfirmForm, UploadForm
from app.register.forms.voters import MandateForm, VoterForm
from app.register.forms.workbook import LARGEST_FILE, Sheet, open_workbook, too_large

__all__ = [
    "LARGEST_FILE",
    "ConfirmForm",
    "MandateForm",
    "Sheet",
    "UploadForm",
    "VoterForm",
    "open_workbook",
    "too_large",
]
