"""Opening a poll: from this moment on neither its terms nor its roll change."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import select

from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db, transactional
from app.core.errors import check
from app.core.numbers import next_number
from app.core.permissions import authorize
from app.core.values import Actor, Entry, Ref
from app.journal.actions import record
from app.journal.events import Digest
from app.voting.events import PollOpened
from app.voting.models import Poll, RollEntry, RollVoter
from app.voting.permissions import OPEN_POLL
from app.voting.rules import Terms, head_of, line_code, open_refusal, roll_sha256, rules_text, terms_as_json
from app.voting.rules.terms import SEATS

_shuffle = random.SystemRandom().shuffle


@transactional
def open_poll(
    actor: Actor,
    community_id: int,
    matter: Ref,
    question: str,
    terms: Terms,
    roll: Sequence[Entry],
    opens_at: datetime,
    closes_at: datetime,
) -> int:
    """A question is put to everybody on a roll, under terms that are told before and never change after.

    `matter` is what is voted on, `roll` holds one Entry for each ballot with recusal and presence settled, `opens_at` and
    `closes_at` are aware and put into the terms. Answers the poll's id (its number in the community: `queries.get_poll`).
    Raises Forbidden, and Refused for an empty or double roll, an impossible window or ballot.
    """
    return put_poll(actor, community_id, matter, question, terms, roll, opens_at, closes_at)


def put_poll(
    actor: Actor,
    community_id: int,
    matter: Ref,
    question: str,
    terms: Terms,
    roll: Sequence[Entry],
    opens_at: datetime,
    closes_at: datetime,
) -> int:
    """The body of opening, shared with bringing a poll in."""
    authorize(actor, OPEN_POLL, community_id)
    terms = replace(terms, opens_at=opens_at, closes_at=closes_at)
    check(open_refusal(terms, roll))
    lines = list(roll)
    if terms.electorate != SEATS:
        # The numbers that stand for units and people must not tell who they are by their order.
        _shuffle(lines)
    digest = roll_sha256(terms, lines)
    rules = rules_text(terms, digest)
    counting = [entry for entry in lines if not entry.recused]
    poll = Poll(
        community_id=community_id,
        number=next_number(community_id, "poll"),
        matter_kind=matter.kind,
        matter_id=matter.id,
        kind=terms.kind,
        question=question,
        terms=terms_as_json(terms),
        rules=rules,
        roll_sha256=digest,
        lines=len(counting),
        heads=len({head_of(entry) for entry in counting}),
        area=sum(entry.area for entry in counting),
        opened_by=actor.account_id,
        created_at=clock.now(),
        opens_at=opens_at,
        closes_at=closes_at,
    )
    db.session.add(poll)
    db.session.flush()
    _keep_roll(poll, terms, lines)
    record(
        PollOpened(
            community_id,
            poll.id,
            poll.number,
            cast(Literal["units", "seats", "people"], terms.electorate),
            len(lines),
            Digest(hashlib.sha256(rules.encode()).hexdigest()),
            Digest(digest),
            opens_at,
            closes_at,
        ),
        actor,
        matter,
    )
    return poll.id


def _keep_roll(poll: Poll, terms: Terms, roll: Sequence[Entry]) -> None:
    lines = [
        {
            "community_id": poll.community_id,
            "poll_id": poll.id,
            "place": place,
            "code": line_code(terms, place, entry),
            "key": entry.key,
            "label": entry.label,
            "building": entry.building,
            "head": head_of(entry),
            "party": entry.group,
            "area": entry.area,
            "present": entry.present,
            "recused": entry.recused,
            "eligible_from": entry.eligible_from,
        }
        for place, entry in enumerate(roll, 1)
    ]
    insert_many(RollEntry, lines)
    numbers = db.session.scalars(select(RollEntry.id).filter_by(poll_id=poll.id).order_by(RollEntry.place))
    voters = [
        {
            "entry_id": number,
            "kind": voter.kind,
            "ref_id": voter.id,
            "poll_id": poll.id,
            "community_id": poll.community_id,
        }
        for number, entry in zip(numbers, roll, strict=True)
        for voter in dict.fromkeys(entry.voters)
    ]
    insert_many(RollVoter, voters)
