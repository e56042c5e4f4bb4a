"""A thread with its comments in two statements, whatever its size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Select, and_, bindparam, null, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute

from app.core.db import BigId, columns, db
from app.core.errors import NotFound
from app.core.memory import rows
from app.core.values import Ref
from app.core.words import N_
from app.discussion.models import STANDING, Comment, CommentAnswer, CommentEndorsement, Thread
from app.discussion.rules import AGAINST, FOR, OTHER, PARTY_WORDS, REPLY

FEW, MANY = 3, 20
THREADS = Thread.__table__
BESIDE, NEWEST, QUESTIONS = "beside", "newest", "questions"
VIEWS: Mapping[str, tuple[str, ...]] = {FOR: (FOR,), AGAINST: (AGAINST,), QUESTIONS: (OTHER,)}


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A discussion and how many said what."""

    id: int
    community_id: int
    subject: Ref
    matter: Ref
    pros: int
    cons: int
    others: int
    closed_at: datetime | None

    @property
    def total(self) -> int:
        """How many reasons stand."""
        return self.pros + self.cons + self.others


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is owed or given."""

    party: str
    due_at: datetime
    answered_at: datetime | None
    body: str
    label: str

    @property
    def party_word(self) -> str:
        """What the party is called, untranslated."""
        return PARTY_WORDS[self.party]

    @property
    def in_time(self) -> bool:
        """Whether it came before its term was over."""
        return self.answered_at is not None and self.answered_at <= self.due_at


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment or reply as a reader sees it; the text of a hidden or withdrawn one is left out."""

    id: int
    thread_id: int
    parent_id: int | None
    stance: str
    body: str
    label: str
    at: datetime
    by_desk: bool
    endorsements: int
    replies: int
    asks: str | None
    withdrawn: bool
    hidden: bool
    hidden_reason: str
    answer: Answer | None
    endorsed: bool
    mine: bool

    @property
    def standing(self) -> bool:
        """Whether it is neither hidden nor withdrawn."""
        return not (self.withdrawn or self.hidden)

    @property
    def party_word(self) -> str:
        """What the party is called from which the author wants to hear, untranslated."""
        return PARTY_WORDS[self.asks] if self.asks else ""

    @property
    def token(self) -> str:
        """Where a list goes on after this one: by endorsements, then by number."""
        return f"{self.endorsements}.{self.id}"


def _thread(row: Thread) -> ThreadRow:
    return ThreadRow(row.id, row.community_id, row.subject, row.matter, row.pros, row.cons, row.others, row.closed_at)


def find_thread(subject: Ref) -> ThreadRow | None:
    """The discussion on a subject, if there is one."""
    row = db.session.scalar(select(Thread).filter_by(subject_kind=subject.kind, subject_id=subject.id))
    return _thread(row) if row else None


def get_thread_on(subject: Ref) -> ThreadRow:
    """The discussion on a subject that has one from its beginning. Raises NotFound."""
    found = find_thread(subject)
    if found is None:
        raise NotFound(N_("没有这个讨论。"))
    return found


def get_thread(thread_id: int, community_id: int | None = None) -> ThreadRow:
    """A discussion by its number, of one community where that is given. Raises NotFound."""
    row = db.session.get(Thread, thread_id, populate_existing=True)
    if row is None or community_id not in (None, row.community_id):
        raise NotFound(N_("没有这个讨论。"))
    return _thread(row)


def totals(kind: str, ids: Sequence[int]) -> dict[int, ThreadRow]:
    """The discussions on several subjects of one kind, by the subject's number; one statement."""
    wanted = select(Thread).where(Thread.subject_kind == kind, Thread.subject_id.in_(ids))
    return {row.subject_id: _thread(row) for row in db.session.scalars(wanted)} if ids else {}


def joined_thread(
    kind: str, subject_id: InstrumentedAttribute[int] | ColumnElement[int]
) -> tuple[FromClause, ColumnElement[bool]]:
    """For queries of other slices: the threads as a table to join, and on what, where the subject's number stands."""
    return THREADS, and_(THREADS.c.subject_kind == kind, THREADS.c.subject_id == subject_id)


def thread_row(row: Any) -> ThreadRow:
    """A discussion from a row that holds every column of `joined_thread` as `thread_<column>`."""
    return ThreadRow(
        row.thread_id,
        row.thread_community_id,
        Ref(row.thread_subject_kind, row.thread_subject_id),
        Ref(row.thread_matter_kind, row.thread_matter_id),
        row.thread_pros,
        row.thread_cons,
        row.thread_others,
        row.thread_closed_at,
    )


def get_comment(comment_id: int, *, lock: bool = False) -> Comment:
    """A comment, held for changing where that is asked. Raises NotFound."""
    wanted = select(Comment).where(Comment.id == comment_id).execution_options(populate_existing=True)
    row = db.session.scalar(wanted.with_for_update() if lock else wanted)
    if row is None:
        raise NotFound(N_("没有这条意见。"))
    return row


@cache
def _shown(with_reader: bool) -> Select[Any]:
    """Comments with their answers and, where somebody reads who is signed in (`reader`), whether they endorsed each."""
    columns = (
        Comment.id,
        Comment.thread_id,
        Comment.parent_id,
        Comment.stance,
        Comment.body,
        Comment.label,
        Comment.at,
        Comment.entered_by,
        Comment.endorsements,
        Comment.replies,
        Comment.asks,
        Comment.withdrawn_at,
        Comment.hidden_at,
        Comment.hidden_reason,
        Comment.account_id,
        CommentAnswer.party,
        CommentAnswer.due_at,
        CommentAnswer.answered_at,
        CommentAnswer.body.label("answer"),
        CommentAnswer.label.label("answered_by"),
    )
    joined = select(*columns).outerjoin(CommentAnswer, CommentAnswer.comment_id == Comment.id)
    if not with_reader:
        return joined.add_columns(null().label("endorsed"))
    mine = and_(CommentEndorsement.comment_id == Comment.id, CommentEndorsement.account_id == bindparam("reader"))
    return joined.outerjoin(CommentEndorsement, mine).add_columns(CommentEndorsement.account_id.label("endorsed"))


def _read(wanted: Select[Any], account_id: int | None, *, once: bool = False, **values: Any) -> list[Remark]:
    """Comments as a reader sees them; `once` where the selection is built once, so that it is known again."""
    given = {**values, **({} if account_id is None else {"reader": account_id})}
    found = rows(wanted, **given) if once else columns(wanted, given)
    return [_remark(row, account_id) for row in found]


def _remark(row: Any, account_id: int | None) -> Remark:
    standing = row.withdrawn_at is None and row.hidden_at is None
    answer = Answer(row.party, row.due_at, row.answered_at, row.answer, row.answered_by) if row.party else None
    return Remark(
        row.id,
        row.thread_id,
        row.parent_id,
        row.stance,
        row.body if standing else "",
        row.label,
        row.at,
        row.entered_by is not None,
        row.endorsements,
        row.replies,
        row.asks,
        row.withdrawn_at is not None,
        row.hidden_at is not None,
        row.hidden_reason,
        answer,
        row.endorsed is not None,
        account_id is not None and row.account_id == account_id,
    )


def _side(stance: str) -> Select[Any]:
    """The standing comments of one side of `thread`, those most found good first, at most `most`."""
    wanted = select(Comment.id).where(Comment.thread_id == bindparam("thread"), Comment.stance == stance, STANDING)
    return wanted.order_by(Comment.endorsements.desc(), Comment.id.desc()).limit(bindparam("most"))


@cache
def _beside(with_reader: bool) -> Select[Any]:
    both = union_all(*(select(_side(stance).subquery().c.id) for stance in (FOR, AGAINST)))
    wanted = _shown(with_reader).where(Comment.id.in_(both))
    return wanted.order_by(Comment.endorsements.desc(), Comment.id.desc())


def beside(thread_id: int, account_id: int | None, limit: int = FEW) -> tuple[list[Remark], list[Remark]]:
    """The best reasons for and against, side by side, those most found good first; one statement."""
    found = _read(_beside(account_id is not None), account_id, once=True, thread=thread_id, most=limit)
    return [one for one in found if one.stance == FOR], [one for one in found if one.stance == AGAINST]


@cache
def _view(view: str, with_reader: bool, further: bool) -> Select[Any]:
    if view == NEWEST:
        wanted = _shown(with_reader).where(Comment.thread_id == bindparam("thread"), Comment.parent_id.is_(None))
        if further:
            wanted = wanted.where(Comment.id < bindparam("last"))
        return wanted.order_by(Comment.id.desc()).limit(bindparam("most"))
    side = _side(VIEWS[view][0])
    if further:
        place = tuple_(bindparam("endorsed_by", type_=Integer), bindparam("last", type_=BigId))
        side = side.where(tuple_(Comment.endorsements, Comment.id) < place)
    wanted = _shown(with_reader).where(Comment.id.in_(select(side.subquery().c.id)))
    return wanted.order_by(Comment.endorsements.desc(), Comment.id.desc())


def read_token(token: str) -> tuple[int, int] | None:
    """Where a list goes on; anything unreadable is the beginning."""
    first, _, second = token.partition(".")
    numbers = (first, second)
    if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in numbers):
        return None
    return int(first), int(second)


def remarks(
    thread_id: int, view: str, account_id: int | None, after: str = "", limit: int = MANY
) -> tuple[list[Remark], str]:
    """One page of a thread, and where the next begins (empty at the end); one statement.

    Views: `for`, `against`, `questions` by endorsements, without what is hidden or withdrawn; `newest` with everything
    in its place, the newest first.
    """
    place = read_token(after)
    values: dict[str, int] = {"thread": thread_id, "most": limit + 1}
    if place is not None:
        values |= {"last": place[1]} if view == NEWEST else {"endorsed_by": place[0], "last": place[1]}
    found = _read(_view(view, account_id is not None, place is not None), account_id, once=True, **values)
    return found[:limit], found[limit - 1].token if len(found) > limit else ""


def find_remark(community_id: int, comment_id: int, account_id: int | None) -> Remark:
    """One comment as a reader sees it. Raises NotFound, also for another community's."""
    wanted = _shown(account_id is not None).where(Comment.id == comment_id, Comment.community_id == community_id)
    rows = _read(wanted, account_id)
    if not rows:
        raise NotFound(N_("没有这条意见。"))
    return rows[0]


def replies(comment_id: int, account_id: int | None, after: str = "", limit: int = MANY) -> tuple[list[Remark], str]:
    """What was replied to a comment, the oldest first, and where the next page begins; one statement."""
    wanted = _shown(account_id is not None).where(Comment.parent_id == comment_id, Comment.stance == REPLY)
    place = read_token(after)
    if place is not None:
        wanted = wanted.where(Comment.id > place[1])
    rows = _read(wanted.order_by(Comment.id).limit(limit + 1), account_id)
    return rows[:limit], rows[limit - 1].token if len(rows) > limit else ""
