"""What has a number within its poll: one by its number, one held for an action, and the list from the newest on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, select, true

from app.core.db import db
from app.core.errors import NotFound
from app.voting.models import BallotIntake, RefusedBallot
from app.voting.queries.polls import PollRow

NUMBERED = 50
"""How many of them stand on one page."""
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Numbered(Generic[Row]):
    """How the numbered rows of one kind are read: what is selected, what becomes of it, what is said of a wrong number.

    `listed` says which of them stand in the list.
    """

    model: type[BallotIntake] | type[RefusedBallot]
    rows: Callable[[], Select[*tuple[Any, ...]]]
    row: Callable[[Any], Row]
    missing: str
    listed: ColumnElement[bool] = field(default_factory=true)

    def get(self, poll: PollRow, number: int) -> Row:
        """One of them by its number. Raises NotFound."""
        found = db.session.execute(self.rows().where(*self._its(poll, number))).first()
        if found is None:
            raise NotFound(self.missing)
        return self.row(found)

    def hold(self, poll: PollRow, number: int) -> Row:
        """One of them by its number; nobody else changes it until the action ends. Raises NotFound."""
        if db.session.scalar(select(self.model.id).where(*self._its(poll, number)).with_for_update()) is None:
            raise NotFound(self.missing)
        db.session.expire_all()
        return self.get(poll, number)

    def page(self, poll: PollRow, before: int | None = None, limit: int = NUMBERED) -> list[Row]:
        """The newest of them, from before a number on; one statement."""
        wanted = self.rows().where(self.model.poll_id == poll.id, self.listed)
        if before is not None:
            wanted = wanted.where(self.model.number < before)
        return [self.row(found) for found in db.session.execute(wanted.order_by(self.model.number.desc()).limit(limit))]

    def _its(self, poll: PollRow, number: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return self.model.poll_id == poll.id, self.model.number == number
