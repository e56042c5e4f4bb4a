"""What stands on one ballot: what may be marked, and how it is written down."""

import json
from collections.abc import Mapping, Sequence

from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules.terms import APPROVAL, CHOICES, ONE, RANKING, SCORE, Terms

Marks = str | Sequence[str] | Mapping[str, int]
"""One option, several (in a ranking from the first place down), or the points of each."""


def written_choice(terms: Terms, marks: Marks) -> str:
    """A choice as a ballot stores it: the option's key; a JSON list in the order of the ballot, of a ranking in its own
    order; a JSON object of points in the order of the ballot."""
    if isinstance(marks, str):
        marks = (marks,)
    if terms.selection == SCORE and isinstance(marks, Mapping):
        return _text({key: marks[key] for key in terms.option_keys if key in marks})
    if terms.selection == APPROVAL:
        picked = set(marks)
        return _text([key for key in terms.option_keys if key in picked])
    return _text(list(marks)) if terms.selection == RANKING else next(iter(marks))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def chosen_options(terms: Terms, choice: str) -> tuple[str, ...]:
    """The options that a stored choice names, in a ranking from the first place down; an invalid ballot names none."""
    if terms.selection == ONE:
        return (choice,)
    return () if choice in CHOICES else tuple(json.loads(choice))


def given_points(choice: str) -> dict[str, int]:
    """The points that a stored choice of points gives; an invalid ballot gives none."""
    return {} if choice in CHOICES else dict(json.loads(choice))


def choice_refusal(terms: Terms, marks: Marks) -> Refusal | None:
    """A ballot carries options of this poll, each once: one of them, or as many as the terms allow, ranked or with points."""
    chosen = (marks,) if isinstance(marks, str) else tuple(marks)
    known = set(terms.option_keys)
    if any(key not in known for key in chosen) or len(set(chosen)) != len(chosen):
        return Refusal(N_("选票上没有这个选项。请回到投票页重新选择。"))
    if terms.selection == SCORE:
        return _points_refusal(terms, marks)
    if not chosen:
        return Refusal(N_("您还没有选择。请选一项再继续。"))
    if terms.selection == ONE:
        return Refusal(N_("只能选一项。")) if len(chosen) > 1 else None
    if len(chosen) < terms.least:
        return Refusal(N_("至少要选%(least)s项。"), {"least": terms.least})
    if terms.most and len(chosen) > terms.most:
        return Refusal(N_("最多选%(most)s项。"), {"most": terms.most})
    return None


def _points_refusal(terms: Terms, marks: Marks) -> Refusal | None:
    if not isinstance(marks, Mapping) or not marks:
        return Refusal(N_("您还没有打分。请至少给一项打分。"))
    if any(points < 0 or (terms.highest and points > terms.highest) for points in marks.values()):
        return Refusal(N_("每项的分数是0到%(highest)s。"), {"highest": terms.highest})
    return None
