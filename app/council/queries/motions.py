"""Finding motions, what was said about interests, dissent, and resolutions."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from app.core.db import db
from app.core.errors import NotFound
from app.core.values import Ref
from app.core.words import N_
from app.council.models import Dissent, Motion, RecusalAnswer, RecusalClaim, Resolution
from app.council.queries.meetings import PAGE
from app.council.rules.drafting import PartyVotes
from app.council.rules.motions import Course
from app.council.rules.quorum import BY_SEATS
from app.council.rules.recusals import STEP_BACK, Claim
from app.council.rules.seats import Term

SEATS_SHARE = f"{BY_SEATS} "


@dataclass(frozen=True, slots=True)
class MotionRow:
    """A motion as it stands. `ceiling` in fen; `outcome` is empty until it is decided."""

    id: int
    community_id: int
    meeting_id: int
    item_id: int
    number: int
    text: str
    ceiling: int | None
    purpose: str
    owners_matter: int | None
    mover_term_id: int
    seconder_term_id: int | None
    moved_at: datetime
    seconded_at: datetime | None
    interests_at: datetime | None
    poll_id: int | None
    poll_number: int | None
    opened_at: datetime | None
    decided_at: datetime | None
    outcome: str
    withdrawn_at: datetime | None
    mark: str
    votes: tuple[PartyVotes, ...] = ()

    def course(self, terms: Mapping[int, Term]) -> Course:
        """How far it has come, for the rules; `terms` by their numbers."""
        seconder = terms[self.seconder_term_id].seat_id if self.seconder_term_id else None
        return Course(
            self.id,
            terms[self.mover_term_id].seat_id,
            seconder,
            self.interests_at,
            self.opened_at,
            self.decided_at,
            self.withdrawn_at,
        )

    @property
    def hangs(self) -> bool:
        """Whether it still waits for its result."""
        return self.decided_at is None and self.withdrawn_at is None

    @property
    def share(self) -> tuple[int, int]:
        """The share of the parties that it needs (three of four), or of the present seats."""
        numerator, _, denominator = self.mark.removeprefix(SEATS_SHARE).partition("/")
        return int(numerator or 0), int(denominator or 1)

    @property
    def by_seats(self) -> bool:
        """Whether seats decided, not parties."""
        return self.mark.startswith(SEATS_SHARE)

    @property
    def ref(self) -> Ref:
        """The motion as something that is voted on."""
        return Ref("motion", self.id)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What was said about an interest, with its reasons, and the answers of the rest."""

    claim: Claim
    motion_id: int
    reason: str
    objection: str
    contested_term_id: int | None
    answers: Mapping[int, str]

    @property
    def step_back(self) -> int:
        """How many said that the seats concerned should step back."""
        return sum(answer == STEP_BACK for answer in self.answers.values())

    @property
    def take_part(self) -> int:
        """How many said that they may take part."""
        return len(self.answers) - self.step_back


@dataclass(frozen=True, slots=True)
class DissentRow:
    """Why somebody voted against the outcome."""

    motion_id: int
    seat_id: int
    term_id: int
    text: str


@dataclass(frozen=True, slots=True)
class ResolutionRow:
    """A resolution. `ceiling` in fen; with an `owners_matter` it is advice."""

    id: int
    community_id: int
    year: int
    number: int
    label: str
    motion_id: int
    meeting_id: int
    matter: Ref
    title: str
    adopted_at: datetime
    ceiling: int | None
    purpose: str
    owners_matter: int | None

    @property
    def ref(self) -> Ref:
        """The resolution as something that gives a mandate."""
        return Ref("resolution", self.id)


def motion_row(motion: Motion) -> MotionRow:
    """A motion taken off the database."""
    own = {name: getattr(motion, name) for name in MotionRow.__slots__ if name != "votes"}
    return MotionRow(**own, votes=tuple(PartyVotes(**values) for values in json.loads(motion.votes)))


def votes_as_text(votes: Sequence[PartyVotes]) -> str:
    """How the parties voted, as it is kept with the motion."""
    return json.dumps([asdict(one) for one in votes])


def motions_of(meeting_ids: Sequence[int]) -> list[MotionRow]:
    """The motions of some meetings in the order of their moving; one statement."""
    wanted = select(Motion).where(Motion.meeting_id.in_(meeting_ids)).order_by(Motion.meeting_id, Motion.number)
    return [motion_row(row) for row in db.session.scalars(wanted)]


def get_motion(meeting_id: int, number: int) -> MotionRow:
    """The motion of a number in a meeting. Raises NotFound."""
    return _one(Motion.meeting_id == meeting_id, Motion.number == number)


def get_motion_by_id(motion_id: int) -> MotionRow:
    """The motion of a number of the database. Raises NotFound."""
    return _one(Motion.id == motion_id)


def _one(*wanted: ColumnElement[bool]) -> MotionRow:
    row = db.session.scalar(select(Motion).where(*wanted).execution_options(populate_existing=True))
    if row is None:
        raise NotFound(N_("没有这项动议。"))
    return motion_row(row)


def find_motion_of_poll(poll_id: int) -> MotionRow | None:
    """The motion that a poll decides."""
    row = db.session.scalar(select(Motion).filter_by(poll_id=poll_id))
    return None if row is None else motion_row(row)


def claims_of(motion_ids: Sequence[int]) -> list[ClaimRow]:
    """What was said about interests in some motions, with the answers; one statement."""
    wanted = (
        select(RecusalClaim, RecusalAnswer.seat_id, RecusalAnswer.answer)
        .outerjoin(RecusalAnswer, RecusalAnswer.claim_id == RecusalClaim.id)
        .where(RecusalClaim.motion_id.in_(motion_ids))
        .order_by(RecusalClaim.id, RecusalAnswer.id)
    )
    claims: dict[int, RecusalClaim] = {}
    answers: dict[int, dict[int, str]] = {}
    for row, seat_id, answer in db.session.execute(wanted):
        claims[row.id] = row
        known = answers.setdefault(row.id, {})
        if seat_id is not None:
            known[seat_id] = answer
    return [_claim(row, answers[row.id]) for row in claims.values()]


def _claim(row: RecusalClaim, answers: Mapping[int, str]) -> ClaimRow:
    claim = Claim(row.id, row.party, row.seat_id, row.proposed, row.contested_at, row.decided_at, row.upheld)
    return ClaimRow(claim, row.motion_id, row.reason, row.objection, row.contested_term_id, answers)


def get_claim(motion_id: int, claim_id: int) -> RecusalClaim:
    """The row of one claim on a motion. Raises NotFound."""
    row = db.session.scalar(select(RecusalClaim).filter_by(motion_id=motion_id, id=claim_id))
    if row is None:
        raise NotFound(N_("没有这一项回避。"))
    return row


def dissents_of(motion_ids: Sequence[int]) -> list[DissentRow]:
    """The dissent recorded on some motions, in its order; one statement."""
    wanted = select(Dissent).where(Dissent.motion_id.in_(motion_ids)).order_by(Dissent.id)
    return [DissentRow(row.motion_id, row.seat_id, row.term_id, row.text) for row in db.session.scalars(wanted)]


def resolution_row(row: Resolution) -> ResolutionRow:
    """A resolution taken off the database."""
    return ResolutionRow(
        **{name: getattr(row, name) for name in ResolutionRow.__slots__ if name != "matter"}, matter=row.matter
    )


def resolutions_of(meeting_ids: Sequence[int]) -> list[ResolutionRow]:
    """What some meetings resolved, in the order of the numbers; one statement."""
    wanted = select(Resolution).where(Resolution.meeting_id.in_(meeting_ids)).order_by(Resolution.id)
    return [resolution_row(row) for row in db.session.scalars(wanted)]


def get_resolution(community_id: int, year: int, number: int) -> ResolutionRow:
    """The resolution of a year and number. Raises NotFound."""
    row = db.session.scalar(select(Resolution).filter_by(community_id=community_id, year=year, number=number))
    if row is None:
        raise NotFound(N_("没有这个编号的决议。"))
    return resolution_row(row)


def get_resolution_by_id(resolution_id: int) -> ResolutionRow:
    """The resolution of a number of the database. Raises NotFound."""
    row = db.session.get(Resolution, resolution_id)
    if row is None:
        raise NotFound(N_("没有这个编号的决议。"))
    return resolution_row(row)


def find_advice(community_id: int, matter: Ref, owners_matter: int) -> ResolutionRow | None:
    """The newest resolution by which the council advised the owners on a matter, one of their nine; or None."""
    wanted = select(Resolution).filter_by(
        community_id=community_id, matter_kind=matter.kind, matter_id=matter.id, owners_matter=owners_matter
    )
    row = db.session.scalar(wanted.order_by(Resolution.id.desc()).limit(1))
    return None if row is None else resolution_row(row)


def resolutions(community_id: int, before: int | None = None, limit: int = PAGE) -> list[ResolutionRow]:
    """The resolutions of a community, newest first, from before a number of the database on."""
    wanted = select(Resolution).filter_by(community_id=community_id)
    if before is not None:
        wanted = wanted.where(Resolution.id < before)
    return [resolution_row(row) for row in db.session.scalars(wanted.order_by(Resolution.id.desc()).limit(limit))]


def resolutions_of_ids(resolution_ids: Collection[int]) -> list[ResolutionRow]:
    """Several resolutions by their numbers of the database; one statement."""
    wanted = select(Resolution).where(Resolution.id.in_(resolution_ids))
    return [resolution_row(row) for row in db.session.scalars(wanted)]
