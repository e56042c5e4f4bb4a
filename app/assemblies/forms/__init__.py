"""What is written into a notice, a correction, an objection, a request."""

from app.assemblies.forms.drafts import KindsForm, MattersForm, NoticeForm, RulesForm, StartForm
from app.assemblies.forms.rolls import AnswerForm, CorrectionForm, ObjectionForm, RequestForm

__all__ = [
    "AnswerForm",
    "CorrectionForm",
    "KindsForm",
    "MattersForm",
    "NoticeForm",
    "ObjectionForm",
    "RequestForm",
    "RulesForm",
    "StartForm",
]
