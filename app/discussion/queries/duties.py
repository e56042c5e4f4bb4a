"""Answers that are owed: whose turn it is, what waits for whom, and where a comment stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from flask import url_for
from sqlalchemy import Select, bindparam, select

from app.bylaws.queries import law_today
from app.core.db import built, db
from app.core.house import Link, Todo, Turn
from app.core.i18n import _
from app.core.memory import remember
from app.core.permissions import may
from app.core.questions import Question
from app.core.values import PARTIES, Actor, Ref
from app.discussion.models import OWED, STANDING, Comment, CommentAnswer, Thread
from app.discussion.permissions import ASK_PARTY
from app.discussion.rules import PARTY_WORDS, RULE

EXCERPT, LEAST_CLAUSE = 24, 6
LONGEST = 20


@dataclass(frozen=True, slots=True)
class Owed:
    """An answer that a party still owes."""

    comment_id: int
    community_id: int
    party: str
    due_at: datetime
    body: str
    endorsements: int


def _owed() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Comment.id,
        Comment.community_id,
        Comment.body,
        Comment.endorsements,
        CommentAnswer.party,
        CommentAnswer.due_at,
    )
    return (
        select(*columns)
        .join(CommentAnswer, CommentAnswer.comment_id == Comment.id)
        .join(Thread, Thread.id == CommentAnswer.thread_id)
        .where(OWED, STANDING)
        .order_by(CommentAnswer.due_at, Comment.id)
    )


def _owed_row(row: Any) -> Owed:
    return Owed(row.id, row.community_id, row.party, row.due_at, row.body, row.endorsements)


@cache
def _owed_in() -> Select[Any]:
    its = (Thread.matter_kind == bindparam("kind"), Thread.matter_id == bindparam("number"))
    return _owed().where(*its).limit(bindparam("most"))


def owed_in(matter: Ref, limit: int = 5) -> list[Owed]:
    """The answers that are owed in a matter, by deadline; one statement."""
    values = {"kind": matter.kind, "number": matter.id, "most": limit}
    rows = remember(("owed", matter, limit), lambda: db.session.execute(_owed_in(), values).all())
    return [_owed_row(row) for row in rows]


def turns(matter: Ref, actor: Actor) -> list[Turn]:
    """Which parties owe an answer in a matter, and until when."""
    return [
        Turn(
            who=_(PARTY_WORDS[owed.party]),
            act=_("%(party)s答复“%(words)s”", party=_(PARTY_WORDS[owed.party]), words=excerpt(owed.body)),
            by=owed.due_at,
            why=_("有%(many)s位居民觉得有道理的意见，相关一方须按期答复，过期会公开记录。", many=owed.endorsements)
            if owed.endorsements
            else _("秘书请这一方答复，过期会公开记录。"),
            article=_(RULE),
            url=url_for("discussion.comment", comment_id=owed.comment_id),
            button=_("看这个问题"),
            mine=Ref(owed.party, owed.community_id) in actor.acts_as,
        )
        for owed in owed_in(matter)
    ]


def waiting(community_id: int, actor: Actor) -> list[Question[Todo]]:
    """The answers that the actor's parties owe, and the comments for which the desk has to name a party."""
    found: list[Question[Todo]] = []
    parties = [party for party in PARTIES if Ref(party, community_id) in actor.acts_as]
    if parties:
        values = {"community_id": community_id, "parties": parties}
        found.append(Question(built(_owed_by), values, lambda row: [_to_answer(_owed_row(row))]))
    if may(actor, ASK_PARTY, community_id):
        found.append(Question(built(_unassigned), {"community_id": community_id}, lambda row: [_to_assign(*row)]))
    return found


def _owed_by(community_id: Any, parties: Any) -> Select[Any]:
    its = (CommentAnswer.community_id == community_id, CommentAnswer.party.in_(parties))
    return _owed().where(*its).limit(LONGEST)


def _to_answer(owed: Owed) -> Todo:
    return Todo(
        Ref("comment", owed.comment_id),
        _("答复居民：%(words)s", words=excerpt(owed.body)),
        _("由%(party)s答复。%(many)s位居民关注。", party=_(PARTY_WORDS[owed.party]), many=owed.endorsements),
        url_for("discussion.comment", comment_id=owed.comment_id),
        _("写答复"),
        owed.due_at,
    )


def _to_assign(comment_id: int, body: str, endorsements: int) -> Todo:
    return Todo(
        Ref("comment", comment_id),
        _("请一方答复：%(words)s", words=excerpt(body)),
        _("有%(many)s位居民关注，还没有定由哪一方答复。", many=endorsements),
        url_for("discussion.comment", comment_id=comment_id),
        _("指定哪一方"),
    )


def _unassigned(community_id: Any) -> Select[int, str, int]:
    return (
        select(Comment.id, Comment.body, Comment.endorsements)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Comment.community_id == community_id, Comment.unassigned_since.is_not(None), Thread.closed_at.is_(None))
        .order_by(Comment.unassigned_since, Comment.id)
        .limit(LONGEST)
    )


def excerpt(text: str) -> str:
    """The first words of a text, on one line, for titles and links: to the first stop, else to a comma, at most 24 signs."""
    line = text.split("\n", 1)[0]
    for stop in "。！？；!?;":
        line = line.split(stop, 1)[0] + (stop if stop in "？?" and stop in line else "")
    if len(line) <= EXCERPT:
        return line
    clause = max(line.rfind(sign, LEAST_CLAUSE, EXCERPT + 1) for sign in "，、：,:")
    return line[:clause] if clause > 0 else line[: EXCERPT - 1] + "…"


def links(comment_ids: Sequence[int]) -> Mapping[int, Link]:
    """What several comments are called and where they stand; one statement."""
    wanted = select(Comment.id, Comment.body).where(Comment.id.in_(comment_ids))
    return {
        row[0]: Link(excerpt(row[1]), url_for("discussion.comment", comment_id=row[0]), "comment")
        for row in db.session.execute(wanted)
    }


def answer_figures(community_id: int) -> tuple[int, int]:
    """How many have to find a comment a good point before an answer is owed, and in how many working days it is, today."""
    least, days = (law_today(community_id, f"discussion.answer.{one}") for one in ("endorsements", "workdays"))
    return least.whole, days.whole
