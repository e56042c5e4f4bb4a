"""What may be typed: tenders, questions, bids, scores, contracts."""

from app.procurement.forms.bid import BidForm, OwnOrganisationForm
from app.procurement.forms.evaluation import (
    AcceptForm,
    AwardForm,
    ContractForm,
    DeclarationForm,
    PanelForm,
    QualifyForm,
    StepForm,
    score_form,
)
from app.procurement.forms.fields import read_hundredths, write_fen
from app.procurement.forms.tender import AnswerForm, QuestionForm, TenderForm, typed_tender

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "AwardForm",
    "BidForm",
    "ContractForm",
    "DeclarationForm",
    "OwnOrganisationForm",
    "PanelForm",
    "QualifyForm",
    "QuestionForm",
    "StepForm",
    "TenderForm",
    "read_hundredths",
    "score_form",
    "typed_tender",
    "write_fen",
]
