"""What was said against rolls and votes, who asks for an assembly, and notices that are being written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.assemblies.models import AssemblyDraft, AssemblyRequest, Objection, RequestSupport, RollCorrection
from app.assemblies.rules import Draft, draft_from_json
from app.core.db import db
from app.core.errors import NotFound
from app.core.values import Ref
from app.core.words import N_


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A notice that is being written, and the number of its last save."""

    id: int
    draft: Draft
    saves: int
    at: datetime
    assembly_id: int | None


def get_draft(community_id: int, draft_id: int) -> DraftRow:
    """A notice that is being written. Raises NotFound."""
    row = db.session.scalar(select(AssemblyDraft).filter_by(id=draft_id, community_id=community_id))
    if row is None:
        raise NotFound(N_("没有这份通知草稿，可能已经删掉了。"))
    return DraftRow(row.id, draft_from_json(row.answers), row.saves, row.at, row.assembly_id)


def find_draft_for(community_id: int, origin: Ref) -> int | None:
    """The notice that is being written about a matter, or None."""
    wanted = select(AssemblyDraft.id).filter_by(
        community_id=community_id, origin_kind=origin.kind, origin_id=origin.id, assembly_id=None
    )
    return db.session.scalar(wanted.limit(1))


def drafts(community_id: int, limit: int = 20) -> list[DraftRow]:
    """The notices that are being written, newest first; one statement."""
    wanted = select(AssemblyDraft).filter_by(community_id=community_id, assembly_id=None)
    rows = db.session.scalars(wanted.order_by(AssemblyDraft.at.desc()).limit(limit))
    return [DraftRow(row.id, draft_from_json(row.answers), row.saves, row.at, row.assembly_id) for row in rows]


def corrections(assembly_id: int) -> Sequence[RollCorrection]:
    """Every correction that was asked for, the unanswered first; one statement."""
    wanted = select(RollCorrection).filter_by(assembly_id=assembly_id)
    return db.session.scalars(wanted.order_by(RollCorrection.accepted.is_not(None), RollCorrection.number)).all()


def objections(assembly_id: int) -> Sequence[Objection]:
    """Every objection, the unanswered first; one statement."""
    wanted = select(Objection).filter_by(assembly_id=assembly_id)
    return db.session.scalars(wanted.order_by(Objection.upheld.is_not(None), Objection.number)).all()


def get_request(community_id: int, number: int) -> AssemblyRequest:
    """The request that people call by this number. Raises NotFound."""
    row = db.session.scalar(select(AssemblyRequest).filter_by(community_id=community_id, number=number))
    if row is None:
        raise NotFound(N_("没有这次联名。"))
    return row


def hold_request(community_id: int, number: int) -> AssemblyRequest:
    """The same, held until the action ends. Raises NotFound."""
    wanted = select(AssemblyRequest).filter_by(community_id=community_id, number=number).with_for_update()
    row = db.session.scalar(wanted.execution_options(populate_existing=True))
    if row is None:
        raise NotFound(N_("没有这次联名。"))
    return row


def requests(community_id: int, limit: int = 20) -> Sequence[AssemblyRequest]:
    """Who asks for what, newest first; one statement."""
    wanted = select(AssemblyRequest).filter_by(community_id=community_id)
    return db.session.scalars(wanted.order_by(AssemblyRequest.number.desc()).limit(limit)).all()


def supporters(request_id: int) -> list[Ref]:
    """The persons who ask; one statement."""
    wanted = select(RequestSupport.person_id).filter_by(request_id=request_id)
    return [Ref("person", number) for number in db.session.scalars(wanted)]
