"""What assemblies tell the pages that show every slice's things: whose turn it is, and what waits for whom."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import Select, func, select

from app.assemblies.models import Assembly, AssemblyDraft, AssemblyRequest, Objection, RollCorrection
from app.assemblies.permissions import ANSWER_CORRECTION, ANSWER_OBJECTION, CONVENE_ASSEMBLY
from app.assemblies.queries.lists import KIND, REQUEST
from app.assemblies.queries.rolls import is_frozen
from app.assemblies.queries.saying import objections
from app.assemblies.rules import draft_from_json
from app.core.db import built, db
from app.core.house import Todo, Turn
from app.core.i18n import _
from app.core.permissions import Permission, may
from app.core.questions import Question
from app.core.values import Actor, Ref


def turns(matter: Ref, actor: Actor) -> list[Turn]:
    """The desk, while objections are unanswered; whoever convenes, once a fifth has asked."""
    if matter.kind == REQUEST:
        row = db.session.get(AssemblyRequest, matter.id)
        return [_owed(row, actor)] if row and row.reached_at and row.assembly_id is None else []
    if matter.kind not in (KIND, REQUEST):
        return _advised(matter, actor)
    row_ = db.session.get(Assembly, matter.id) if is_frozen(matter.id) else None
    return [] if row_ is None else unanswered(row_.community_id, row_.number, objections(matter.id), actor)


def unanswered(community_id: int, number: int, said: Sequence[Objection], actor: Actor) -> list[Turn]:
    """Whoever answers objections, while one of them waits; only the first is named."""
    url = url_for("assemblies.objections", number=number)
    mine = may(actor, ANSWER_OBJECTION, community_id)
    return [
        Turn(
            _("秘书或召集人"),
            _("答复第%(number)s号异议", number=one.number),
            one.due_at,
            _("对名册和投票的异议，要在期限内书面答复，并且公开。"),
            "",
            url,
            _("答复") if mine else _("看异议"),
            mine,
        )
        for one in said
        if one.upheld is None
    ][:1]


def _advised(matter: Ref, actor: Actor) -> list[Turn]:
    """The council advised, and the notice to all owners is still to be sent."""
    row = db.session.scalar(
        select(AssemblyDraft).filter_by(origin_kind=matter.kind, origin_id=matter.id, assembly_id=None).limit(1)
    )
    if row is None:
        return []
    mine = may(actor, CONVENE_ASSEMBLY, row.community_id)
    return [
        Turn(
            _("召集人或秘书"),
            _("召集业主大会，由全体业主投票决定"),
            None,
            _("联席会议的决议是建议。这件事要由全体业主投票决定。"),
            _("民法典 278"),
            url_for("assemblies.draft", draft_id=row.id, step="matters") if mine else "",
            _("写通知") if mine else "",
            mine,
        )
    ]


def _owed(row: AssemblyRequest, actor: Actor) -> Turn:
    return Turn(
        _("召集人或秘书"),
        _("召集临时会议"),
        row.due_at,
        _("联名达到五分之一，必须召集。"),
        _("物业管理条例 13") if row.electorate == "owners" else _("居委会组织法 9、10"),
        url_for("assemblies.assembly_request", number=row.number),
        _("去召集"),
        may(actor, CONVENE_ASSEMBLY, row.community_id),
    )


def waiting(community_id: int, actor: Actor) -> list[Question[Todo]]:
    """Assemblies that have to be called, corrections and objections to be answered: a question for each office."""
    offices: tuple[tuple[Permission, Callable[..., Select[*tuple[Any, ...]]], Callable[[Any], list[Todo]]], ...] = (
        (CONVENE_ASSEMBLY, _advice, _to_call),
        (CONVENE_ASSEMBLY, _asked, _called_for),
        (ANSWER_CORRECTION, _corrections, _to_correct),
        (ANSWER_OBJECTION, _objections, _to_answer),
    )
    values = {"community_id": community_id}
    return [Question(built(asks), values, tell) for verb, asks, tell in offices if may(actor, verb, community_id)]


def _advice(community_id: Any) -> Select[Any]:
    return select(AssemblyDraft).where(
        AssemblyDraft.community_id == community_id,
        AssemblyDraft.origin_kind.is_not(None),
        AssemblyDraft.assembly_id.is_(None),
    )


def _to_call(row: Any) -> list[Todo]:
    draft: AssemblyDraft = row[0]
    return [
        Todo(
            Ref(draft.origin_kind or "", draft.origin_id or 0),
            draft_from_json(draft.answers).title,
            _("联席会议的决议是建议。这件事要由全体业主投票决定。"),
            url_for("assemblies.draft", draft_id=draft.id, step="matters"),
            _("写通知"),
        )
    ]


def _asked(community_id: Any) -> Select[Any]:
    return select(AssemblyRequest).where(
        AssemblyRequest.community_id == community_id,
        AssemblyRequest.reached_at.is_not(None),
        AssemblyRequest.assembly_id.is_(None),
    )


def _called_for(row: Any) -> list[Todo]:
    request: AssemblyRequest = row[0]
    return [
        Todo(
            Ref(REQUEST, request.id),
            request.title,
            _("联名达到五分之一，必须召集。"),
            url_for("assemblies.assembly_request", number=request.number),
            _("去召集"),
            request.due_at,
        )
    ]


def _corrections(community_id: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(Assembly.id, Assembly.number, Assembly.title, Assembly.opens_at, func.count())
        .join(RollCorrection, RollCorrection.assembly_id == Assembly.id)
        .where(RollCorrection.community_id == community_id, RollCorrection.accepted.is_(None))
        .group_by(Assembly.id)
    )


def _to_correct(row: Any) -> list[Todo]:
    assembly_id, number, title, opens_at, many = row
    why = _("有%(many)s项名册更正等您答复，名册在投票开始时确定。", many=many)
    return [
        Todo(Ref(KIND, assembly_id), title, why, url_for("assemblies.corrections", number=number), _("答复"), opens_at)
    ]


def _objections(community_id: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(Assembly.id, Assembly.number, Assembly.title, func.min(Objection.due_at), func.count())
        .join(Objection, Objection.assembly_id == Assembly.id)
        .where(Objection.community_id == community_id, Objection.upheld.is_(None))
        .group_by(Assembly.id)
    )


def _to_answer(row: Any) -> list[Todo]:
    assembly_id, number, title, due_at, many = row
    why = _("有%(many)s项异议等您答复。", many=many)
    return [
        Todo(Ref(KIND, assembly_id), title, why, url_for("assemblies.objections", number=number), _("答复"), due_at)
    ]
