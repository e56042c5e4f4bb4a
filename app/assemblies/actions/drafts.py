"""Writing a notice step by step, and calling the assembly with it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import delete

from app.assemblies import queries
from app.assemblies.actions.asking import settle_request
from app.assemblies.actions.convening import Convened, convene
from app.assemblies.models import AssemblyDraft
from app.assemblies.permissions import CONVENE_ASSEMBLY
from app.assemblies.rules import Draft, draft_as_json, draft_from_json, listed_refusal, notice_text_refusal
from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import Conflict, NotFound, Refused, check
from app.core.permissions import authorize
from app.core.values import Actor, Ref, Refusal
from app.core.words import N_
from app.voting.rules import Budget, Option


@transactional
def begin_draft(actor: Actor, community_id: int, draft: Draft, origin: Ref | None = None) -> int:
    """A notice is begun; it is kept for whoever convenes, and nothing of it goes into the record.

    `origin` is the matter on which somebody advised that all owners vote: for the same one there is one draft.
    """
    authorize(actor, CONVENE_ASSEMBLY, community_id)
    known = queries.find_draft_for(community_id, origin) if origin else None
    if known is not None:
        return known
    row = AssemblyDraft(
        community_id=community_id,
        account_id=actor.account_id,
        answers=draft_as_json(draft),
        origin_kind=origin.kind if origin else None,
        origin_id=origin.id if origin else None,
        saves=0,
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row.id


@transactional
def save_draft(actor: Actor, community_id: int, draft_id: int, draft: Draft, seen: int) -> None:
    """One step of a notice is kept as it was typed, even where it is not right yet.

    `seen` is the number of the save that this window knows. Raises Forbidden, NotFound, Refused, Conflict.
    """
    row = _held(actor, community_id, draft_id)
    text = draft_as_json(draft)
    if row.saves != seen and row.answers != text:
        raise Conflict(N_("这份通知在另一个窗口里改过了，那边的比较新。请刷新后继续。"))
    row.answers, row.at = text, clock.now()
    row.saves += 1


@transactional
def drop_draft(actor: Actor, community_id: int, draft_id: int) -> None:
    """A notice that was begun is thrown away."""
    _held(actor, community_id, draft_id)
    db.session.execute(delete(AssemblyDraft).where(AssemblyDraft.id == draft_id))


@transactional
def convene_draft(
    actor: Actor,
    community_id: int,
    draft_id: int,
    options: Sequence[Option] = (),
    method: str = "",
    budget: Budget | None = None,
) -> Convened:
    """The assembly is called with the notice that was written; from now on nothing is added to it.

    Raises Forbidden, NotFound, Refused.
    """
    row = _held(actor, community_id, draft_id)
    draft = draft_from_json(row.answers)
    window = draft.window(get_community(community_id).zone)
    if window is None:
        raise Refused(Refusal(N_("请选投票从哪一天到哪一天。")))
    check(notice_text_refusal(draft.notice))
    made = convene(actor, community_id, draft, *window, options, method, budget)
    row.assembly_id = made.assembly_id
    if draft.request:
        settle_request(community_id, draft.request, made.assembly_id)
    return made


def _held(actor: Actor, community_id: int, draft_id: int) -> AssemblyDraft:
    authorize(actor, CONVENE_ASSEMBLY, community_id)
    row = db.session.get(AssemblyDraft, draft_id, with_for_update=True, populate_existing=True)
    if row is None or row.community_id != community_id:
        raise NotFound(N_("没有这份通知草稿，可能已经删掉了。"))
    check(listed_refusal(row.assembly_id is not None))
    return row


def prefilled(community_id: int, number: int) -> Draft:
    """The notice of an assembly that has to be held again: what was annulled, each naming its old vote.

    Raises NotFound.
    """
    old = queries.get_assembly(community_id, number)
    items = tuple(
        replace(item, succeeds=poll.id)
        for item, poll in queries.draft_items(old.id)
        if poll is not None and poll.annulled_at is not None
    )
    return Draft(old.electorate, old.title, items)
