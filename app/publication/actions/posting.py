"""Posting a text, taking it down, and putting on record that its term is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Literal, cast

from sqlalchemy import update

from app.bylaws.queries import workdays
from app.communities.queries import get_community
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db, transactional
from app.core.errors import Refused, check
from app.core.law.rows import LawRow
from app.core.numbers import next_number
from app.core.permissions import authorize
from app.core.values import Actor, Entry, Ref, Refusal, the_house
from app.core.words import N_
from app.journal.actions import attach, record
from app.journal.events import Digest, Word
from app.publication import queries, rules
from app.publication.events import PostingEnded, PostingPublished, PostingWithdrawn
from app.publication.models import DeliveryLine, Posting
from app.publication.permissions import PUBLISH_POSTING, WITHDRAW_POSTING
from app.publication.queries import PostingRow
from app.publication.rules import Draft

Kind = Literal["owners-notice", "residents-notice", "outcome", "roll", "resolution", "minutes", "general"]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Posted:
    """A posting: its id, and the number by which people call it."""

    posting_id: int
    number: int


@transactional
def publish_posting(
    actor: Actor,
    community_id: int,
    draft: Draft,
    term: LawRow,
    *,
    matter: Ref | None = None,
    source: Ref | None = None,
    lines: Sequence[Entry] = (),
    corrects: int | None = None,
    automatic: bool = False,
) -> Posted:
    """A text is posted for everybody to read, from a day on, for a term that law names; it is never changed afterwards.

    `term` is the row that says how long, `lines` the households to reach (none: whoever comes by reads it), frozen from now
    on; `source` is what it tells (a vote, a resolution); `corrects` is the number of an earlier posting that this one
    corrects, whose source it takes over. Raises Forbidden, NotFound, Refused.
    """
    authorize(actor, PUBLISH_POSTING, community_id)
    zone = get_community(community_id).zone
    end = rules.term_end(draft.begins, term, workdays(community_id))
    check(rules.posting_refusal(draft, clock.today(zone), end))
    check(rules.list_refusal(lines))
    earlier = _corrected(community_id, corrects)
    source = source or (earlier.source if earlier else None)
    title, body = draft.title.strip(), draft.body.strip()
    last = max(end.last, draft.until or end.last)
    keys = "".join(f"{line.key}\n" for line in lines)
    posting = Posting(
        community_id=community_id,
        number=next_number(community_id, "posting"),
        matter_kind=matter.kind if matter else None,
        matter_id=matter.id if matter else None,
        source_kind=source.kind if source else None,
        source_id=source.id if source else None,
        kind=draft.kind,
        title=title,
        body=body,
        digest=rules.text_digest(title, body),
        begins=draft.begins,
        days=term.whole,
        in_workdays=rules.counted_in_workdays(term),
        legal_last=end.last,
        last_day=last,
        provisional=end.provisional and last == end.last,
        row=term.version,
        article=term.article,
        binding=term.binding,
        places=",".join(place for place in rules.PLACES if place in draft.places),
        lines=len(lines),
        roll_digest=sha256(keys.encode()).hexdigest() if lines else None,
        corrects_id=earlier.id if earlier else None,
        automatic=automatic,
        posted_by=actor.account_id,
        posted_at=clock.now(),
    )
    db.session.add(posting)
    db.session.flush()
    _keep_list(posting, lines)
    posting.receipt = attach(record(_published(posting, corrects), actor, posting.matter))
    return Posted(posting.id, posting.number)


def _corrected(community_id: int, number: int | None) -> PostingRow | None:
    """The posting to correct, which nobody has corrected yet."""
    if number is None:
        return None
    found = queries.lock_posting(queries.get_by_number(community_id, number).id)
    already = queries.correction_of(found.id)
    check(rules.correction_refusal(already[0] if already else None))
    return found


def _keep_list(posting: Posting, lines: Sequence[Entry]) -> None:
    insert_many(
        DeliveryLine,
        [
            {
                "community_id": posting.community_id,
                "posting_id": posting.id,
                "place": place,
                "key": line.key,
                "label": line.label,
                "building": line.building,
            }
            for place, line in enumerate(lines, 1)
        ],
    )


def _published(posting: Posting, corrects: int | None) -> PostingPublished:
    return PostingPublished(
        posting.community_id,
        posting.id,
        posting.number,
        cast(Kind, posting.kind),
        Digest(posting.digest),
        posting.begins,
        posting.last_day,
        posting.provisional,
        Word(posting.row),
        posting.lines,
        Digest(posting.roll_digest) if posting.roll_digest else None,
        corrects,
        posting.automatic,
    )


@transactional
def withdraw_posting(actor: Actor, posting_id: int, reason: str) -> None:
    """A posting is taken down before its term ends, with a reason for everybody to read; its text stays readable.

    Raises Forbidden, NotFound, Refused.
    """
    posting = queries.lock_posting(posting_id)
    authorize(actor, WITHDRAW_POSTING, posting.community_id)
    check(rules.withdrawal_refusal(posting.state, reason))
    _withdraw(actor, posting, reason.strip())


def _withdraw(actor: Actor, posting: PostingRow, told: str) -> None:
    values = {"withdrawn_at": clock.now(), "withdrawn_reason": told}
    db.session.execute(update(Posting).where(Posting.id == posting.id).values(values))
    digest = Digest(sha256(told.encode()).hexdigest())
    record(PostingWithdrawn(posting.community_id, posting.id, posting.number, digest), actor, posting.matter)


@transactional
def withdraw_what_told(actor: Actor, community_id: int, source: Ref, reason: str, *, standing: bool = False) -> int:
    """What was posted of something that has no effect any more is marked as withdrawn, also after its term; never erased.

    With `standing` only what still hangs. A reason that is too long for a posting is cut; the thing itself has it whole.
    Answers for how many. Raises Forbidden, Refused.
    """
    authorize(actor, WITHDRAW_POSTING, community_id)
    told = reason.strip()
    if len(told) > rules.LONGEST_REASON:
        told = f"{told[: rules.LONGEST_REASON - 1]}…"
    withdrawn = 0
    for posting_id in queries.telling_of(community_id, source):
        posting = queries.lock_posting(posting_id)
        if posting.state != rules.WITHDRAWN and not (standing and posting.state == rules.ENDED):
            check(rules.reason_refusal(told))
            _withdraw(actor, posting, told)
            withdrawn += 1
    return withdrawn


@transactional
def end_posting(posting_id: int) -> None:
    """The term of a posting is over: whom it had reached by then goes on record, once. Raises Refused while it runs."""
    posting = queries.lock_posting(posting_id)
    if posting.ended_at is not None or posting.state == rules.WITHDRAWN:
        return
    if posting.state != rules.ENDED:
        raise Refused(Refusal(N_("公示期还没有满。")))
    missing = rules.lines_missing(posting.kind, queries.counts(posting_id))
    db.session.execute(update(Posting).where(Posting.id == posting_id).values(ended_at=clock.now()))
    event = PostingEnded(posting.community_id, posting_id, posting.number, posting.lines, posting.lines - missing)
    record(event, the_house(posting.community_id), posting.matter)


def end_due() -> int:
    """Every posting whose last day has passed where it hangs is put on record as ended; harmless twice."""
    ended = 0
    # Somewhere it is tomorrow already; whether it is over is asked on each community's own calendar.
    for posting_id in queries.due_to_end(clock.today("UTC") + DAY):
        if queries.get_by_id(posting_id).state == rules.ENDED:
            end_posting(posting_id)
            ended += 1
    return ended
