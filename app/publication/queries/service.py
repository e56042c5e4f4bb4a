"""Whom a posting reached and how: counted by the database, a few statements whatever the length of the list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.core.errors import NotFound
from app.core.words import N_
from app.identity.queries import account_names
from app.publication.models import STANDS, DeliveryLine, ServiceAct, ServiceMark
from app.publication.queries.postings import PostingRow
from app.publication.rules import HANDED, mask, served, unserved_masks

PORTION = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One household of a delivery list; `ways` what is on record, one bit a way."""

    id: int
    place: int
    key: str
    label: str
    building: str
    ways: int


@dataclass(frozen=True, slots=True)
class BuildingService:
    """How many households of a building are on the list, are reached, have signed."""

    building: str
    lines: int
    served: int
    signed: int

    @property
    def missing(self) -> int:
        """How many are not reached yet."""
        return self.lines - self.served


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence for a household, with who entered it; `undone_at` where it does not hold any more."""

    act_id: int
    way: str
    on: date
    note: str
    witnesses: tuple[str, ...]
    attachment: str | None
    lines: int
    entered_by: str
    entered_at: datetime
    digest: str
    undone_at: datetime | None
    undone_by: str


@dataclass(frozen=True, slots=True)
class RecentAct:
    """One entry of the running list at the desk; `label` of its only or first household, `left` how many still hold."""

    id: int
    way: str
    on: date
    lines: int
    left: int
    building: str
    label: str
    entered_by: str
    entered_at: datetime


def by_building(posting: PostingRow) -> list[BuildingService]:
    """How each building stands, in the order of the list; one statement."""
    wanted = (
        select(DeliveryLine.building, DeliveryLine.ways, func.count(), func.min(DeliveryLine.place))
        .where(DeliveryLine.posting_id == posting.id)
        .group_by(DeliveryLine.building, DeliveryLine.ways)
    )
    sums: dict[str, list[int]] = {}
    for building, ways, many, place in db.session.execute(wanted):
        found = sums.setdefault(building, [0, 0, 0, place])
        found[0] += many
        found[1] += many if served(posting.kind, ways) else 0
        found[2] += many if ways & mask((HANDED,)) else 0
        found[3] = min(found[3], place)
    ordered = sorted(sums.items(), key=lambda item: item[1][3])
    return [BuildingService(building, lines, reached, signed) for building, (lines, reached, signed, _) in ordered]


def counts(posting_id: int) -> dict[int, int]:
    """How many households there are of each number of ways; one statement."""
    return counts_of([posting_id]).get(posting_id, {})


def counts_of(posting_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """The same for several postings, by posting; one statement."""
    wanted = (
        select(DeliveryLine.posting_id, DeliveryLine.ways, func.count())
        .where(DeliveryLine.posting_id.in_(posting_ids))
        .group_by(DeliveryLine.posting_id, DeliveryLine.ways)
    )
    found: dict[int, dict[int, int]] = {}
    for posting_id, ways, many in db.session.execute(wanted):
        found.setdefault(posting_id, {})[ways] = many
    return found


def _line(row: DeliveryLine) -> Line:
    return Line(row.id, row.place, row.key, row.label, row.building, row.ways)


def _lines(wanted: Select[Any]) -> list[Line]:
    return [_line(row) for row in db.session.scalars(wanted.order_by(DeliveryLine.place))]


def lines_named(posting_id: int, keys: Collection[str]) -> list[Line]:
    """The households of some doors, in the order of the list."""
    found: list[Line] = []
    named = list(keys)
    for start in range(0, len(named), PORTION):
        some = named[start : start + PORTION]
        found += _lines(select(DeliveryLine).where(DeliveryLine.posting_id == posting_id, DeliveryLine.key.in_(some)))
    return found


def lines_of_building(posting_id: int, building: str) -> list[Line]:
    """The households of one building; one statement."""
    return _lines(select(DeliveryLine).filter_by(posting_id=posting_id, building=building))


def get_line(posting_id: int, key: str) -> Line:
    """The household of a door. Raises NotFound."""
    found = db.session.scalar(select(DeliveryLine).filter_by(posting_id=posting_id, key=key))
    if found is None:
        raise NotFound(N_("送达名单上没有这一户。"))
    return _line(found)


def _unreached(posting: PostingRow, building: str) -> Select[Any]:
    missing = DeliveryLine.ways.in_(unserved_masks(posting.kind))
    wanted = select(DeliveryLine).where(DeliveryLine.posting_id == posting.id, missing)
    return wanted.where(DeliveryLine.building == building) if building else wanted


def unreached(
    posting: PostingRow, building: str = "", after: int = 0, limit: int = PORTION
) -> tuple[list[Line], int | None]:
    """One page of the households not reached, in the order of the list, and the place behind which the next begins."""
    wanted = _unreached(posting, building).where(DeliveryLine.place > after).order_by(DeliveryLine.place)
    rows = [_line(row) for row in db.session.scalars(wanted.limit(limit + 1))]
    return rows[:limit], rows[limit - 1].place if len(rows) > limit else None


def unreached_lines(posting: PostingRow, building: str = "") -> list[Line]:
    """Every household not reached, for a file; one statement."""
    return _lines(_unreached(posting, building))


def get_act(act_id: int) -> ServiceAct:
    """One entry of service. Raises NotFound."""
    found = db.session.get(ServiceAct, act_id)
    if found is None:
        raise NotFound(N_("没有这一条送达记录。"))
    return found


def standing_marks(act_id: int, line_ids: Sequence[int] | None = None) -> list[int]:
    """The households for which an entry still holds, all or of some."""
    wanted = select(ServiceMark.line_id).where(ServiceMark.act_id == act_id, STANDS)
    if line_ids is not None:
        wanted = wanted.where(ServiceMark.line_id.in_(line_ids))
    return list(db.session.scalars(wanted.order_by(ServiceMark.line_id)))


def keys_of_act(act_id: int) -> list[str]:
    """The doors of an entry, in the order of the list: what its hash commits to."""
    wanted = select(DeliveryLine.key).join(ServiceMark, ServiceMark.line_id == DeliveryLine.id)
    return list(db.session.scalars(wanted.where(ServiceMark.act_id == act_id).order_by(DeliveryLine.place)))


def evidence(line_id: int) -> list[Evidence]:
    """Everything that was entered for a household, the newest first, also what was taken back; two statements."""
    undoing = aliased(ServiceAct)
    wanted = (
        select(ServiceAct, undoing.entered_at, undoing.entered_by.label("undoer"))
        .join(ServiceMark, ServiceMark.act_id == ServiceAct.id)
        .outerjoin(undoing, undoing.id == ServiceMark.undone_by)
        .where(ServiceMark.line_id == line_id)
        .order_by(ServiceAct.id.desc())
    )
    rows = db.session.execute(wanted).all()
    names = account_names({who for act, _at, undoer in rows for who in (act.entered_by, undoer) if who})
    return [
        Evidence(
            act.id,
            act.way,
            act.on_day,
            act.note,
            tuple(name for name in (act.first_witness, act.second_witness) if name),
            act.attachment,
            act.lines,
            names.get(act.entered_by or 0, ""),
            act.entered_at,
            act.digest,
            undone_at,
            names.get(undoer or 0, ""),
        )
        for act, undone_at, undoer in rows
    ]


def recent_acts(posting_id: int, limit: int = 12) -> list[RecentAct]:
    """What was entered last, the newest first; two statements."""
    some = select(ServiceAct.id).where(ServiceAct.posting_id == posting_id).order_by(ServiceAct.id.desc()).limit(limit)
    wanted = (
        select(
            ServiceAct,
            func.count(ServiceMark.line_id).filter(STANDS).label("standing"),
            func.min(DeliveryLine.label).label("label"),
        )
        .where(ServiceAct.id.in_(select(some.subquery().c.id)))
        .outerjoin(ServiceMark, ServiceMark.act_id == ServiceAct.id)
        .outerjoin(DeliveryLine, DeliveryLine.id == ServiceMark.line_id)
        .group_by(ServiceAct.id)
        .order_by(ServiceAct.id.desc())
    )
    rows = db.session.execute(wanted).all()
    names = account_names({act.entered_by for act, _left, _label in rows if act.entered_by})
    return [
        RecentAct(
            act.id,
            act.way,
            act.on_day,
            act.lines,
            left,
            act.building,
            label or "",
            names.get(act.entered_by or 0, ""),
            act.entered_at,
        )
        for act, left, label in rows
    ]
