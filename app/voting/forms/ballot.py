"""What is marked on a ballot."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectMultipleField, ValidationError
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import HouseForm
from app.core.i18n import _, _l, said
from app.core.words import N_
from app.voting.rules import Terms, choice_refusal
from app.voting.rules.terms import ABSTAIN, APPROVAL, BY_PRESENCE, CHOICES

ABSTENTION = {True: N_("算到会，不算同意"), False: N_("算参加，不算同意")}


class BallotForm(HouseForm):
    """One line of the roll and one option."""

    key = HiddenField()
    choice = RadioField(_l("您的选择"), [InputRequired(_l("请选一项再继续"))], choices=[])

    @property
    def chosen(self) -> Sequence[str]:
        """The options marked."""
        return (self.choice.data,) if self.choice.data else ()


class ApprovalForm(HouseForm):
    """One line of the roll and every option that is approved of."""

    terms: Terms
    key = HiddenField()
    choice = SelectMultipleField(
        _l("您赞成的"), choices=[], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    @property
    def chosen(self) -> Sequence[str]:
        """The options marked."""
        return tuple(self.choice.data or ())

    def validate_choice(self, _field: Any) -> None:
        """As many as the terms allow."""
        refusal = choice_refusal(self.terms, self.chosen)
        if refusal is not None:
            raise ValidationError(said(refusal))


def ballot_form(terms: Terms, key: str) -> BallotForm | ApprovalForm:
    """The ballot of a poll, as it was sent or fresh for one line of the roll."""
    form = _fresh(terms, key)
    form.choice.choices = [
        SelectChoice(option.key, words(option.key, option.label), {"note": _note(terms, option.key)})
        for option in terms.options
    ]
    return form


def _fresh(terms: Terms, key: str) -> BallotForm | ApprovalForm:
    if terms.selection != APPROVAL:
        found: BallotForm = BallotForm.from_request(key=key)
        return found
    many: ApprovalForm = ApprovalForm.from_request(key=key)
    many.terms = terms
    return many


def words(key: str, label: str) -> str:
    """An option in the reader's words: yes, no and abstain are ours, all else stays as it was written."""
    return _(label) if key in CHOICES else label


def _note(terms: Terms, key: str) -> str:
    return _(ABSTENTION[terms.participates == BY_PRESENCE]) if key == ABSTAIN else ""
