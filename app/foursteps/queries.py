"""Finding chains of four deliberations, and where each stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from sqlalchemy import literal, select

from app.core.db import db
from app.core.errors import NotFound
from app.core.house import DONE, Hit, Link, Sought, Station
from app.core.i18n import _
from app.core.values import Actor, Ref
from app.core.words import N_
from app.foursteps.models import FourStep, FourSteps
from app.foursteps.rules import DECIDE, FAILED, STEPS, TELL_DECISION, TELL_RESULT, Done, Figures, meeting_count
from app.voting.rules import Explanation, explanations, terms_from_json

KIND = "four-steps"
PAGE = 25
MANY = 20


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step that was taken. `explained` holds the conditions of a meeting, `posting` the number of a publication."""

    step: str
    outcome: str
    text: str
    held_on: date
    figures: Figures | None
    explained: tuple[Explanation, ...]
    posting: int | None
    until: date | None

    @property
    def done(self) -> Done:
        """The step as the rules see it."""
        return Done(self.step, self.outcome, self.until)


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A chain with the steps that were taken, in their order."""

    id: int
    community_id: int
    number: int
    title: str
    created_at: datetime
    steps: tuple[StepRow, ...]

    @property
    def ref(self) -> Ref:
        """The chain as a matter."""
        return Ref(KIND, self.id)

    @property
    def done(self) -> tuple[Done, ...]:
        """What was taken, for the rules."""
        return tuple(step.done for step in self.steps)

    @property
    def failed(self) -> bool:
        """Whether a step did not pass."""
        return any(step.outcome == FAILED for step in self.steps)


def chains(community_id: int, before: int | None = None, limit: int = PAGE) -> list[ChainRow]:
    """The chains of a community, newest first; two statements."""
    wanted = select(FourSteps).filter_by(community_id=community_id)
    if before is not None:
        wanted = wanted.where(FourSteps.number < before)
    rows = list(db.session.scalars(wanted.order_by(FourSteps.number.desc()).limit(limit)))
    steps = _steps([row.id for row in rows])
    return [_chain(row, steps.get(row.id, ())) for row in rows]


def get_chain(community_id: int, number: int, *, held: bool = False) -> ChainRow:
    """The chain that people call by this number, held until the action ends where asked for. Raises NotFound."""
    wanted = select(FourSteps).filter_by(community_id=community_id, number=number)
    row = db.session.scalar(wanted.with_for_update() if held else wanted)
    if row is None:
        raise NotFound(N_("没有这件“四议两公开”。"))
    return _chain(row, _steps([row.id]).get(row.id, ()))


def _steps(chain_ids: Collection[int]) -> Mapping[int, Sequence[FourStep]]:
    found: dict[int, list[FourStep]] = {}
    if chain_ids:
        for row in db.session.scalars(select(FourStep).where(FourStep.chain_id.in_(chain_ids))):
            found.setdefault(row.chain_id, []).append(row)
    return found


def _chain(row: FourSteps, steps: Sequence[FourStep]) -> ChainRow:
    ordered = sorted(steps, key=lambda step: STEPS.index(step.step))
    return ChainRow(
        row.id, row.community_id, row.number, row.title, row.created_at, tuple(_step(step) for step in ordered)
    )


def _step(row: FourStep) -> StepRow:
    figures: Figures | None = None
    explained: tuple[Explanation, ...] = ()
    if row.due is not None and row.present is not None and row.agreed is not None:
        figures = Figures(row.due, row.present, row.agreed)
        terms = terms_from_json(row.terms)
        explained = explanations(terms, meeting_count(terms, figures))
    return StepRow(row.step, row.outcome, row.text, row.held_on, figures, explained, row.posting, row.until)


def links(chain_ids: Sequence[int]) -> Mapping[int, Link]:
    """What several chains are called and where they stand; one statement."""
    wanted = select(FourSteps.id, FourSteps.number, FourSteps.title).where(FourSteps.id.in_(chain_ids))
    return {row.id: Link(row.title, _url(row.number), KIND) for row in db.session.execute(wanted)}


def _url(number: int) -> str:
    return url_for("foursteps.chain", number=number)


def stations(matter: Ref) -> list[Station]:
    """Where a chain stands on the seven stations of a matter; one statement, and none for other matters."""
    if matter.kind != KIND:
        return []
    days = {row.step: row.held_on for row in _steps([matter.id]).get(matter.id, ())}
    names = {"propose": "propose", "consult": "discuss", "review": "vote", DECIDE: "resolve", TELL_DECISION: "notice"}
    names[TELL_RESULT] = "carry-out"
    return [Station(names[step], DONE, day, day) for step, day in days.items()]


def search(community_id: int, words: str, _actor: Actor) -> list[Sought]:
    """Chains whose title holds some words, the newest first."""
    wanted = (
        select(FourSteps.number, FourSteps.title, FourSteps.created_at, literal(""))
        .where(FourSteps.community_id == community_id, FourSteps.title.contains(words, autoescape=True))
        .order_by(FourSteps.id.desc())
        .limit(MANY)
    )
    return [Sought(wanted, lambda row: Hit(row[1], _url(row[0]), _("四议两公开"), row[2]))]
