"""What can be done with assemblies.

`convene_owners` and `convene_residents` call one vote; `convene` a notice with several matters, `convene_draft` one that was
written step by step. `open_due` freezes the rolls of votes that open now.
"""

from app.assemblies.actions.asking import ask_for_assembly, leave_request, support_request
from app.assemblies.actions.convening import Convened, convene, convene_owners, convene_residents, terms_of
from app.assemblies.actions.drafts import begin_draft, convene_draft, drop_draft, prefilled, save_draft
from app.assemblies.actions.importing import ImportedPoll, import_residents_poll
from app.assemblies.actions.opening import open_due
from app.assemblies.actions.rolls import answer_correction, answer_objection, ask_correction, raise_objection

__all__ = [
    "Convened",
    "ImportedPoll",
    "answer_correction",
    "answer_objection",
    "ask_correction",
    "ask_for_assembly",
    "begin_draft",
    "convene",
    "convene_draft",
    "convene_owners",
    "convene_residents",
    "drop_draft",
    "import_residents_poll",
    "leave_request",
    "open_due",
    "prefilled",
    "raise_objection",
    "save_draft",
    "support_request",
    "terms_of",
]
