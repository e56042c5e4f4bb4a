"""What is marked on a ballot."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectMultipleField, ValidationError
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.formats import plain_money
from app.core.forms import HouseForm
from app.core.i18n import _, _l, lang, said
from app.core.words import N_
from app.voting.forms.many import RankingForm, ScoreForm, ranking_form, score_form
from app.voting.rules import Budget, Option, Terms, choice_refusal
from app.voting.rules.terms import ABSTAIN, APPROVAL, BY_PRESENCE, CHOICES, RANKING, SCORE, YUAN

FEN = 100
ABSTENTION = {True: N_("算到会，不算同意"), False: N_("算参加，不算同意")}


class BallotForm(HouseForm):
    """One line of the roll and one option."""

    key = HiddenField()
    choice: Any = RadioField(_l("您的选择"), [InputRequired(_l("请选一项再继续"))], choices=[])

    terms: Terms

    @property
    def chosen(self) -> Sequence[str]:
        """The options marked."""
        return (self.choice.data,) if self.choice.data else ()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What was marked, to be carried through the second step."""
        return [("choice", key) for key in self.chosen]

    @property
    def told(self) -> list[str]:
        """The marks in words."""
        return [words(option.key, option.label) for option in self.terms.options if option.key in self.chosen]


class ApprovalForm(BallotForm):
    """One line of the roll and every option that is approved of."""

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


def ballot_form(terms: Terms, key: str) -> BallotForm | ScoreForm | RankingForm:
    """The ballot of a poll, as it was sent or fresh for one line of the roll."""
    if terms.selection == SCORE:
        return score_form(terms, key)
    if terms.selection == RANKING:
        return ranking_form(terms, key)
    form: BallotForm = (ApprovalForm if terms.selection == APPROVAL else BallotForm).from_request(key=key)
    form.terms = terms
    form.choice.choices = [
        SelectChoice(option.key, words(option.key, option.label), {"note": _note(terms, option)})
        for option in terms.options
    ]
    return form


def words(key: str, label: str) -> str:
    """An option in the reader's words: yes, no and abstain are ours, all else stays as it was written."""
    return _(label) if key in CHOICES else label


def _note(terms: Terms, option: Option) -> str:
    if option.cost is not None and terms.budget is not None:
        return amount(option.cost, terms.budget)
    return _(ABSTENTION[terms.participates == BY_PRESENCE]) if option.key == ABSTAIN else ""


def amount(value: int, budget: Budget) -> str:
    """An amount of a poll's budget in the reader's words: yuan as everywhere, a foreign currency by its letters."""
    if budget.currency == YUAN and budget.scale == FEN:
        return plain_money(value, lang())
    whole, rest = divmod(value, budget.scale)
    decimals = f".{rest * 10_000 // budget.scale:04d}".rstrip("0") if rest else ""
    return f"{whole:,}{decimals} {budget.currency}".strip()
