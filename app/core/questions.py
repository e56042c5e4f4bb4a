"""What may wait for a reader: every slice puts its questions, and one statement finds out which of them have an answer.

Nearly always most of them have none. So a page asks once, and then only for what there is, however many slices there are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import CompoundSelect, literal_column, select, union_all

from app.core.db import Asked, columns, db

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """One question of a slice for a reader.

    `asks` is a selection that is built once (`db.built`), so that it is known again; a parameter of one name has one meaning
    in all slices (`community_id`, `account_id`, `now`). `tells` makes of each row what is shown.
    """

    asks: Asked
    values: Mapping[str, Any]
    tells: Callable[[Any], Iterable[T]]


def answers(questions: Sequence[Question[T]]) -> Iterator[T]:
    """What the questions bring to light: one statement, and one for each question that has an answer."""
    if len(questions) > 1:
        values = {name: value for question in questions for name, value in question.values.items()}
        found = {place for (place,) in columns(_whether(tuple(question.asks for question in questions)), values)}
        questions = [question for place, question in enumerate(questions) if place in found]
    for question in questions:
        for row in db.session.execute(question.asks, dict(question.values)):
            yield from question.tells(row)


@lru_cache(maxsize=256)
def _whether(asked: tuple[Asked, ...]) -> CompoundSelect[int]:
    """The places of the questions that have an answer."""
    return union_all(*(select(literal_column(str(place))).where(one.exists()) for place, one in enumerate(asked)))
