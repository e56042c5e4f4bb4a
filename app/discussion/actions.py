"""Speaking, endorsing, taking back, withholding, asking and answering."""

from datetime import datetime

from sqlalchemy import delete, update

from app.bylaws.queries import workdays
from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.permissions import authorize
from app.core.secrets import salt
from app.core.values import Actor, Ref
from app.discussion import queries, rules
from app.discussion.events import (
    AnswerOwed,
    CommentAnswered,
    CommentEndorsed,
    CommentHidden,
    CommentMade,
    CommentWithdrawn,
    EndorsementWithdrawn,
    ReplyMade,
    ThreadClosed,
    ThreadOpened,
)
from app.discussion.models import Comment, CommentAnswer, CommentEndorsement, Thread
from app.discussion.permissions import ANSWER_COMMENT, ASK_PARTY, COMMENT, ENTER_COMMENT, HIDE_COMMENT
from app.journal.actions import record
from app.journal.events import Digest, Word
from app.journal.rules import commitment

COUNTERS = {rules.FOR: "pros", rules.AGAINST: "cons", rules.OTHER: "others"}


@transactional
def open_thread(actor: Actor, community_id: int, subject: Ref, matter: Ref) -> int:
    """A discussion on anything begins, once; whoever opened the subject lets it be talked about."""
    found = queries.find_thread(subject)
    if found is not None:
        return found.id
    thread = Thread(
        community_id=community_id,
        subject_kind=subject.kind,
        subject_id=subject.id,
        matter_kind=matter.kind,
        matter_id=matter.id,
    )
    db.session.add(thread)
    db.session.flush()
    record(ThreadOpened(community_id, thread.id, subject), actor, matter)
    return thread.id


@transactional
def close_thread(actor: Actor, subject: Ref, at: datetime) -> None:
    """A discussion ends at a moment, because what is talked about was decided, withdrawn or is being voted on."""
    thread = queries.find_thread(subject)
    if thread is None or thread.closed_at == at:
        return
    db.session.execute(update(Thread).where(Thread.id == thread.id).values(closed_at=at))
    record(ThreadClosed(thread.community_id, thread.id, at), actor, thread.matter)


@transactional
def say(actor: Actor, thread_id: int, stance: str, body: str, label: str, asks: str = "") -> int:
    """Give one reason for or against, or add or ask something, under the name that is shown.

    `label` is the name as it will stand beside it (`rules.public_label`), `asks` the party from which an answer is
    wanted. Answers with the comment's number. Raises Forbidden, NotFound, Refused.
    """
    thread = queries.get_thread(thread_id)
    authorize(actor, COMMENT, thread.community_id)
    return _add(actor, thread, stance, body, label, asks, account_id=actor.account_id, entered_by=None)


@transactional
def enter_comment(actor: Actor, thread_id: int, stance: str, body: str, label: str, asks: str = "") -> int:
    """The desk writes down what somebody said, in their own words; it is marked as written down by the desk.

    Raises Forbidden, NotFound, Refused.
    """
    thread = queries.get_thread(thread_id)
    authorize(actor, ENTER_COMMENT, thread.community_id)
    return _add(actor, thread, stance, body, label, asks, account_id=None, entered_by=actor.account_id)


def _add(
    actor: Actor, thread: queries.ThreadRow, stance: str, body: str, label: str, asks: str,
    *, account_id: int | None, entered_by: int | None,
) -> int:  # fmt: skip
    if stance not in rules.STANCES or (asks and asks not in rules.PARTY_WORDS):
        raise ValueError(f"no such stance or party: {stance}, {asks}")
    check(rules.closed_refusal(thread.closed_at, clock.now()))
    check(rules.text_refusal(body))
    row = _comment(thread, stance, body, label, account_id=account_id, entered_by=entered_by, asks=asks or None)
    counter = getattr(Thread, COUNTERS[stance])
    db.session.execute(update(Thread).where(Thread.id == thread.id).values({counter: counter + 1}))
    event = CommentMade(thread.community_id, row.id, Word(stance), entered_by is not None, _committed(row.salt, body))
    record(event, actor, thread.matter)
    return row.id


def _comment(
    thread: queries.ThreadRow, stance: str, body: str, label: str,
    *, account_id: int | None, entered_by: int | None = None, parent_id: int | None = None, asks: str | None = None,
) -> Comment:  # fmt: skip
    row = Comment(
        community_id=thread.community_id,
        thread_id=thread.id,
        parent_id=parent_id,
        stance=stance,
        body=body,
        label=label[:60],
        account_id=account_id,
        entered_by=entered_by,
        salt=salt(),
        at=clock.now(),
        asks=asks,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _committed(salt_hex: str, body: str) -> Digest:
    return Digest(commitment(bytes.fromhex(salt_hex), {"body": body}))


@transactional
def reply(actor: Actor, comment_id: int, body: str, label: str) -> int:
    """Reply to a reason; replies to replies there are none. Raises Forbidden, NotFound, Refused."""
    comment = queries.get_comment(comment_id, lock=True)
    thread = queries.get_thread(comment.thread_id)
    authorize(actor, COMMENT, comment.community_id)
    check(rules.closed_refusal(thread.closed_at, clock.now()))
    check(rules.reply_refusal(comment.stance, comment.hidden_at is not None, comment.withdrawn_at is not None))
    check(rules.text_refusal(body))
    row = _comment(thread, rules.REPLY, body, label, account_id=actor.account_id, parent_id=comment.id)
    comment.replies += 1
    record(ReplyMade(thread.community_id, comment.id, row.id, _committed(row.salt, body)), actor, thread.matter)
    return row.id


@transactional
def endorse(actor: Actor, comment_id: int) -> None:
    """Say of a reason that it is a good one: once for an account, however often it is sent.

    When as many say so as the bylaws name, the party whose answer the author wants owes one.
    Raises Forbidden, NotFound, Refused.
    """
    comment = queries.get_comment(comment_id, lock=True)
    authorize(actor, COMMENT, comment.community_id)
    assert actor.account_id is not None
    mine = comment.account_id == actor.account_id
    check(rules.endorsement_refusal(mine, comment.hidden_at is not None, comment.withdrawn_at is not None))
    key = (comment_id, actor.account_id)
    if db.session.get(CommentEndorsement, key) is not None:
        return
    db.session.add(
        CommentEndorsement(
            comment_id=comment_id, account_id=actor.account_id, community_id=comment.community_id, at=clock.now()
        )
    )
    comment.endorsements += 1
    db.session.flush()
    matter = queries.get_thread(comment.thread_id).matter
    record(CommentEndorsed(comment.community_id, comment_id), actor, matter)
    least, _days = queries.answer_figures(comment.community_id)
    if comment.stance != rules.REPLY and rules.owes_answer(comment.endorsements, least):
        _owe(actor, comment, matter)


def _owe(actor: Actor, comment: Comment, matter: Ref) -> None:
    if db.session.get(CommentAnswer, comment.id) is not None:
        return
    if comment.asks is None:
        comment.unassigned_since = comment.unassigned_since or clock.now()
        return
    zone = get_community(comment.community_id).zone
    today = clock.today(zone)
    _least, days = queries.answer_figures(comment.community_id)
    due = rules.answer_due(today, days, zone, workdays(comment.community_id))
    comment.unassigned_since = None
    db.session.add(
        CommentAnswer(
            comment_id=comment.id,
            community_id=comment.community_id,
            thread_id=comment.thread_id,
            party=comment.asks,
            asked_at=clock.now(),
            due_at=due,
        )
    )
    db.session.flush()
    record(AnswerOwed(comment.community_id, comment.id, Word(comment.asks), due), actor, matter)


@transactional
def withdraw_endorsement(actor: Actor, comment_id: int) -> None:
    """Take back that a reason is a good one; an answer that is owed already stays owed. Raises NotFound."""
    comment = queries.get_comment(comment_id, lock=True)
    authorize(actor, COMMENT, comment.community_id)
    gone = db.session.execute(
        delete(CommentEndorsement)
        .where(CommentEndorsement.comment_id == comment_id, CommentEndorsement.account_id == actor.account_id)
        .returning(CommentEndorsement.comment_id)
    ).scalar()
    if gone is None:
        return
    comment.endorsements -= 1
    matter = queries.get_thread(comment.thread_id).matter
    record(EndorsementWithdrawn(comment.community_id, comment_id), actor, matter)


@transactional
def withdraw_comment(actor: Actor, comment_id: int) -> None:
    """An author takes back what they said; its place says so. Raises NotFound, Refused."""
    comment = queries.get_comment(comment_id, lock=True)
    authorize(actor, COMMENT, comment.community_id)
    mine = actor.account_id is not None and comment.account_id == actor.account_id
    check(rules.withdrawal_refusal(mine, comment.hidden_at is not None, comment.withdrawn_at is not None))
    comment.withdrawn_at = clock.now()
    _uncount(comment)
    matter = queries.get_thread(comment.thread_id).matter
    record(CommentWithdrawn(comment.community_id, comment_id), actor, matter)


@transactional
def hide_comment(actor: Actor, comment_id: int, reason: str) -> None:
    """The desk withholds a comment that breaks the rules; its place shows the reason, and nothing is deleted.

    Raises Forbidden, NotFound, Refused.
    """
    comment = queries.get_comment(comment_id, lock=True)
    authorize(actor, HIDE_COMMENT, comment.community_id)
    check(rules.hiding_refusal(reason, comment.hidden_at is not None, comment.withdrawn_at is not None))
    comment.hidden_at, comment.hidden_reason = clock.now(), reason
    _uncount(comment)
    matter = queries.get_thread(comment.thread_id).matter
    record(CommentHidden(comment.community_id, comment_id), actor, matter)


def _uncount(comment: Comment) -> None:
    comment.unassigned_since = None
    if comment.stance == rules.REPLY:
        db.session.execute(
            update(Comment).where(Comment.id == comment.parent_id).values({Comment.replies: Comment.replies - 1})
        )
        return
    counter = getattr(Thread, COUNTERS[comment.stance])
    db.session.execute(update(Thread).where(Thread.id == comment.thread_id).values({counter: counter - 1}))


@transactional
def ask_party(actor: Actor, comment_id: int, party: str) -> None:
    """Name the party that has to answer a comment; the days run from now. Raises Forbidden, NotFound, Refused."""
    comment = queries.get_comment(comment_id, lock=True)
    authorize(actor, ASK_PARTY, comment.community_id)
    asked = db.session.get(CommentAnswer, comment_id) is not None
    hidden, withdrawn = comment.hidden_at is not None, comment.withdrawn_at is not None
    check(rules.asking_refusal(party, asked, comment.stance, hidden, withdrawn))
    comment.asks = party
    _owe(actor, comment, queries.get_thread(comment.thread_id).matter)


@transactional
def answer_comment(actor: Actor, comment_id: int, body: str, label: str) -> None:
    """The party that owes it answers, in time or late, inside the comment for everybody to read.

    Raises Forbidden, NotFound, Refused.
    """
    comment = queries.get_comment(comment_id, lock=True)
    authorize(actor, ANSWER_COMMENT, comment.community_id)
    answer = db.session.get(CommentAnswer, comment_id)
    party = answer.party if answer else None
    speaks = party is not None and rules.speaks_for(party, comment.community_id, actor.acts_as)
    check(rules.gone_refusal(comment.hidden_at is not None, comment.withdrawn_at is not None))
    check(rules.answer_refusal(party, answer is not None and answer.answered_at is not None, speaks))
    check(rules.text_refusal(body, rules.MOST_ANSWER))
    assert answer is not None
    answer.answered_at, answer.account_id = clock.now(), actor.account_id
    answer.body, answer.label, answer.salt = body, label[:60], salt()
    event = CommentAnswered(
        comment.community_id,
        comment_id,
        Word(answer.party),
        answer.answered_at <= answer.due_at,
        _committed(answer.salt, body),
    )
    record(event, actor, queries.get_thread(comment.thread_id).matter)
