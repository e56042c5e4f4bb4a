"""What can happen in a discussion; texts stand in the record only as commitments."""

from dataclasses import dataclass
from datetime import datetime

from app.core.values import Ref
from app.core.words import N_
from app.journal.events import Digest, Word


@dataclass(frozen=True, slots=True)
class ThreadOpened:
    """A discussion began."""

    community_id: int
    thread_id: int
    subject: Ref


@dataclass(frozen=True, slots=True)
class ThreadClosed:
    """A discussion ends at a moment."""

    community_id: int
    thread_id: int
    closes: datetime


@dataclass(frozen=True, slots=True)
class CommentMade:
    """Somebody gave a reason; by the desk, when they do not use the web themselves."""

    community_id: int
    comment_id: int
    stance: Word
    by_desk: bool
    commitment: Digest


@dataclass(frozen=True, slots=True)
class ReplyMade:
    """Somebody replied to a reason."""

    community_id: int
    comment_id: int
    reply_id: int
    commitment: Digest


@dataclass(frozen=True, slots=True)
class CommentEndorsed:
    """Somebody found a reason a good one."""

    community_id: int
    comment_id: int


@dataclass(frozen=True, slots=True)
class EndorsementWithdrawn:
    """Somebody no longer finds a reason a good one."""

    community_id: int
    comment_id: int


@dataclass(frozen=True, slots=True)
class CommentWithdrawn:
    """An author took a comment back."""

    community_id: int
    comment_id: int


@dataclass(frozen=True, slots=True)
class CommentHidden:
    """The desk withheld a comment and published why."""

    community_id: int
    comment_id: int


@dataclass(frozen=True, slots=True)
class AnswerOwed:
    """A party owes an answer by a moment."""

    community_id: int
    comment_id: int
    party: Word
    due: datetime


@dataclass(frozen=True, slots=True)
class CommentAnswered:
    """A party answered, in time or late."""

    community_id: int
    comment_id: int
    party: Word
    in_time: bool
    commitment: Digest


WORDS = {
    ThreadOpened: N_("开始讨论"),
    ThreadClosed: N_("讨论定了结束时间"),
    CommentMade: N_("有人发表意见"),
    ReplyMade: N_("有人回应意见"),
    CommentEndorsed: N_("有人表示“有道理”"),
    EndorsementWithdrawn: N_("有人收回“有道理”"),
    CommentWithdrawn: N_("作者撤回一条意见"),
    CommentHidden: N_("隐藏一条意见，理由已公开"),
    AnswerOwed: N_("请一方答复一条意见"),
    CommentAnswered: N_("一方答复了意见"),
}
