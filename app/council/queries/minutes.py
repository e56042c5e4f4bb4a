"""Finding minutes with their text, objections and signatures, and the tasks of meetings."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.core.db import db
from app.core.errors import NotFound
from app.core.words import N_
from app.council.models import (
    ActionItem,
    Meeting,
    Minutes,
    MinutesObjection,
    MinutesSignature,
    MinutesVersion,
    SeatTerm,
)
from app.council.rules.drafting import Block
from app.council.rules.minutes import Standing


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """The minutes of a meeting with the text that stands; moments in UTC."""

    id: int
    community_id: int
    meeting_id: int
    year: int
    number: int
    label: str
    version: int
    drafted_at: datetime
    objections_until: datetime
    sign_by: datetime
    published_at: datetime | None
    blocks: tuple[Block, ...] = ()
    digest: str = ""

    @property
    def standing(self) -> Standing:
        """How far they have come, for the rules."""
        return Standing(self.drafted_at, self.objections_until, self.sign_by, self.published_at)


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """That a paragraph is wrong, and the answer."""

    id: int
    block: int
    on_version: int
    seat_id: int
    name: str
    reason: str
    at: datetime
    answered_at: datetime | None
    accepted: bool | None
    answer: str
    new_version: int | None


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """That a party signed, through whom and when."""

    party: str
    name: str
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskRow:
    """What a party was charged with."""

    id: int
    meeting_id: int
    item_id: int | None
    party: str
    text: str
    due_day: date
    done_at: datetime | None
    done_note: str


@dataclass(frozen=True, slots=True)
class TaskOnList(TaskRow):
    """A task with the number of the meeting that gave it."""

    meeting_number: int = 0
    published: bool = False


_OWN = [name for name in MinutesRow.__slots__ if name not in ("blocks", "digest")]


def blocks_from(text: str) -> tuple[Block, ...]:
    """The paragraphs of one version, as they were kept."""
    return tuple(Block(kind, words, ref) for kind, words, ref in json.loads(text))


def blocks_as_text(blocks: Sequence[Block]) -> str:
    """The paragraphs of a version as the one text that is hashed."""
    return json.dumps([[block.kind, block.text, block.ref] for block in blocks], ensure_ascii=False)


def minutes_row(row: Minutes, text: str = "[]", digest: str = "") -> MinutesRow:
    """Minutes taken off the database, with the text that stands."""
    return MinutesRow(**{name: getattr(row, name) for name in _OWN}, blocks=blocks_from(text), digest=digest)


def find_minutes(meeting_id: int) -> MinutesRow | None:
    """The minutes of a meeting with the text that stands, or None before the draft; one statement."""
    wanted = (
        select(Minutes, MinutesVersion.text, MinutesVersion.digest)
        .join(
            MinutesVersion,
            (MinutesVersion.minutes_id == Minutes.id) & (MinutesVersion.version == Minutes.version),
        )
        .where(Minutes.meeting_id == meeting_id)
        .execution_options(populate_existing=True)
    )
    found = db.session.execute(wanted).one_or_none()
    return None if found is None else minutes_row(*found)


def get_minutes(meeting_id: int) -> MinutesRow:
    """The minutes of a meeting. Raises NotFound before the draft."""
    found = find_minutes(meeting_id)
    if found is None:
        raise NotFound(N_("这次会议还没有纪要。散会后纪要自动起草。"))
    return found


def minutes_of(meeting_ids: Sequence[int]) -> dict[int, MinutesRow]:
    """The minutes of some meetings without their text, by meeting; one statement."""
    rows = db.session.scalars(select(Minutes).where(Minutes.meeting_id.in_(meeting_ids)))
    return {row.meeting_id: minutes_row(row) for row in rows}


def get_version(minutes_id: int, version: int) -> tuple[tuple[Block, ...], datetime]:
    """An earlier text of the minutes and when it was made. Raises NotFound."""
    row = db.session.scalar(select(MinutesVersion).filter_by(minutes_id=minutes_id, version=version))
    if row is None:
        raise NotFound(N_("纪要没有这一版。"))
    return blocks_from(row.text), row.made_at


def objections_of(minutes_id: int) -> list[ObjectionRow]:
    """The objections to minutes, in their order; one statement."""
    wanted = (
        select(MinutesObjection, SeatTerm.name)
        .join(SeatTerm, SeatTerm.id == MinutesObjection.term_id)
        .where(MinutesObjection.minutes_id == minutes_id)
        .order_by(MinutesObjection.id)
    )
    return [
        ObjectionRow(
            row.id,
            row.block,
            row.on_version,
            row.seat_id,
            name,
            row.reason,
            row.at,
            row.answered_at,
            row.accepted,
            row.answer,
            row.new_version,
        )
        for row, name in db.session.execute(wanted)
    ]


def get_objection(minutes_id: int, objection_id: int) -> MinutesObjection:
    """The row of one objection. Raises NotFound."""
    row = db.session.scalar(select(MinutesObjection).filter_by(minutes_id=minutes_id, id=objection_id))
    if row is None:
        raise NotFound(N_("没有这条异议。"))
    return row


def signatures_of(minutes_id: int) -> dict[str, SignatureRow]:
    """The signatures under minutes, by party; one statement."""
    wanted = (
        select(MinutesSignature, SeatTerm.name)
        .join(SeatTerm, SeatTerm.id == MinutesSignature.term_id)
        .where(MinutesSignature.minutes_id == minutes_id)
    )
    return {row.party: SignatureRow(row.party, name, row.version, row.at) for row, name in db.session.execute(wanted)}


def _task(row: ActionItem) -> TaskRow:
    return TaskRow(**{name: getattr(row, name) for name in TaskRow.__slots__})


def tasks_of(meeting_ids: Sequence[int]) -> list[TaskRow]:
    """The tasks that some meetings gave, in their order; one statement."""
    wanted = select(ActionItem).where(ActionItem.meeting_id.in_(meeting_ids)).order_by(ActionItem.id)
    return [_task(row) for row in db.session.scalars(wanted)]


def tasks(community_id: int, *, done: bool, limit: int = 100) -> list[TaskOnList]:
    """The tasks of a community, those under way by their day, those done newest first; one statement."""
    state = ActionItem.done_at.is_not(None) if done else ActionItem.done_at.is_(None)
    order = ActionItem.done_at.desc() if done else ActionItem.due_day
    wanted = (
        select(ActionItem, Meeting.number, Minutes.published_at)
        .join(Meeting, Meeting.id == ActionItem.meeting_id)
        .outerjoin(Minutes, Minutes.meeting_id == ActionItem.meeting_id)
        .where(ActionItem.community_id == community_id, state)
        .order_by(order, ActionItem.id)
        .limit(limit)
    )
    return [
        TaskOnList(
            **{name: getattr(row, name) for name in TaskRow.__slots__},
            meeting_number=number,
            published=published is not None,
        )
        for row, number, published in db.session.execute(wanted)
    ]


def get_task(community_id: int, task_id: int) -> ActionItem:
    """The row of one task. Raises NotFound."""
    row = db.session.scalar(select(ActionItem).filter_by(community_id=community_id, id=task_id))
    if row is None:
        raise NotFound(N_("没有这件交办事项。"))
    return row
