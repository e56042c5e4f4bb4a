"""Ballots on which every option gets a mark of its own: points, or a place in a ranking."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import Optional

from app.core.forms import HouseForm
from app.core.i18n import _, _l, said
from app.voting.rules import Marks, Terms, choice_refusal
from app.voting.rules.terms import Option


class _MarksForm(HouseForm):
    """One line of the roll, and a field for each option: the n-th option of the terms stands in `mark-n`."""

    terms: ClassVar[Terms]
    lowest: ClassVar[int] = 0
    key = HiddenField()

    @property
    def choice(self) -> Any:
        """The field of the first option: there the errors of the whole ballot are shown."""
        return self["mark-1"]

    @property
    def rows(self) -> list[tuple[Option, Any]]:
        """Every option with its field."""
        return [(option, self[f"mark-{place}"]) for place, option in enumerate(self.terms.options, 1)]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What was marked, to be carried through the second step."""
        return [(field.name, field.data) for _option, field in self.rows if field.data]

    def marked(self) -> list[tuple[Option, int]]:
        """Every option that got a number, in the order of the ballot; what is no number of the ballot is none."""
        known = {str(number): number for number in range(self.lowest, len(self.terms.options) + self.terms.highest + 1)}
        return [(option, known[field.data]) for option, field in self.rows if field.data in known]

    def validate(self, extra_validators: Any = None) -> bool:
        """The ballot as a whole is one that can be counted."""
        if not super().validate(extra_validators):
            return False
        sentence = self.fault()
        if sentence:
            self.choice.errors = [*self.choice.errors, sentence]
        return not sentence

    def fault(self) -> str:
        """Why the ballot cannot be counted; empty where it can."""
        refusal = choice_refusal(self.terms, self.chosen)
        return said(refusal) if refusal else ""

    @property
    def chosen(self) -> Marks:
        """The marks."""
        raise NotImplementedError


class ScoreForm(_MarksForm):
    """Points for each option."""

    @property
    def chosen(self) -> Mapping[str, int]:
        """The points of those that got a mark."""
        return {option.key: points for option, points in self.marked()}

    @property
    def told(self) -> list[str]:
        """The marks in words."""
        return [
            _("%(option)s：%(points)s分", option=option.label, points=field.data) if field.data
            else _("%(option)s：没打分，算0分", option=option.label)
            for option, field in self.rows
        ]  # fmt: skip


class RankingForm(_MarksForm):
    """A place for each option that is wanted; 1 is what is wanted most."""

    lowest = 1

    @property
    def _placed(self) -> list[Option]:
        return [option for option, _number in sorted(self.marked(), key=lambda one: one[1])]

    @property
    def chosen(self) -> Sequence[str]:
        """The options from the first place down."""
        return tuple(option.key for option in self._placed)

    @property
    def told(self) -> list[str]:
        """The marks in words."""
        return [
            _("第%(place)s：%(option)s", place=place, option=option.label)
            for place, option in enumerate(self._placed, 1)
        ]

    def fault(self) -> str:
        """Two options at one place are no ranking."""
        numbers = [number for _option, number in self.marked()]
        twice = next((number for number in numbers if numbers.count(number) > 1), None)
        if twice is not None:
            both = [option.label for option, number in self.marked() if number == twice]
            return _("“%(one)s”和“%(other)s”都填了%(place)s，请改成不同的数。", one=both[0], other=both[1], place=twice)
        return super().fault()


def score_form(terms: Terms, key: str) -> ScoreForm:
    """The ballot of a poll by points, as it was sent or fresh for one line of the roll."""
    points = [SelectChoice(str(number), str(number)) for number in range(terms.highest + 1)]
    made: ScoreForm = _made(
        ScoreForm, terms, lambda label: RadioField(label, [Optional()], choices=points)
    ).from_request(key=key)
    return made


def ranking_form(terms: Terms, key: str) -> RankingForm:
    """The ballot of a poll by ranking, as it was sent or fresh for one line of the roll."""
    places = [SelectChoice("0", _l("不排"))] + [
        SelectChoice(str(number), str(number)) for number in range(1, len(terms.options) + 1)
    ]
    made: RankingForm = _made(RankingForm, terms, lambda label: SelectField(label, choices=places)).from_request(
        key=key
    )
    return made


def _made(kind: type[_MarksForm], terms: Terms, field: Any) -> Any:
    fields = {f"mark-{place}": field(option.label) for place, option in enumerate(terms.options, 1)}
    return type(kind.__name__, (kind,), {"terms": terms, **fields})
