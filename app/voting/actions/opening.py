"""Announcing a poll, after which its terms do not change, and opening it, after which its roll does not."""

import hashlib
import random
from collections import Counter
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
from app.voting import queries
from app.voting.actions.holding import living_poll
from app.voting.events import PollAnnounced, PollOpened
from app.voting.models import Poll, RollEntry, RollTold, RollVoter
from app.voting.permissions import OPEN_POLL
from app.voting.rules import (
    Terms,
    announce_refusal,
    freeze_refusal,
    head_of,
    line_code,
    open_refusal,
    roll_fault_refusal,
    roll_sha256,
    rules_text,
    succession_refusal,
    terms_as_json,
)
from app.voting.rules.terms import SEATS

Electorate = Literal["units", "seats", "people"]
_shuffle = random.SystemRandom().shuffle


@transactional
def announce_poll(
    actor: Actor,
    community_id: int,
    matter: Ref,
    question: str,
    terms: Terms,
    opens_at: datetime,
    closes_at: datetime,
    succeeds: int | None = None,
) -> int:
    """A vote is announced: question, terms and window are told and no longer change; the roll is frozen when it opens.

    `matter` is what is voted on; `opens_at` and `closes_at` are aware and put into the terms. `succeeds` is
    the annulled poll in whose place it is held. Answers the poll's id. Raises Forbidden, NotFound, and Refused for an
    impossible window or ballot.
    """
    authorize(actor, OPEN_POLL, community_id)
    if succeeds is not None:
        old = queries.lock_poll(succeeds, alone=True)
        check(succession_refusal(old.annulled_at is not None, queries.successor(succeeds) is not None))
    poll = _put(actor, community_id, matter, question, replace(terms, opens_at=opens_at, closes_at=closes_at))
    poll.succeeds = succeeds
    electorate = cast(Electorate, terms.electorate)
    event = PollAnnounced(community_id, poll.id, poll.number, electorate, _digest(poll.terms), opens_at, closes_at)
    record(event, actor, matter)
    return poll.id


@transactional
def freeze_roll(actor: Actor, poll_id: int, roll: Sequence[Entry]) -> bool:
    """When a vote opens its roll is frozen, one Entry for each ballot, with recusal and presence settled; not before.

    From one minute before the opening on, and harmless twice: answers whether this call did it. Raises Forbidden, and
    Refused while it is too early, once the window is over, and for an empty or double roll.
    """
    found = living_poll(poll_id, alone=True)
    authorize(actor, OPEN_POLL, found.community_id)
    if found.frozen_at is not None:
        return False
    check(freeze_refusal(found.terms, clock.now()))
    check(roll_fault_refusal(found.terms, roll))
    _freeze(actor, db.session.get_one(Poll, poll_id), found.terms, roll)
    return True


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
    """A question is put to everybody on a roll at once, under terms that are told before and never change after.

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
    """The body of opening at once, shared with bringing a poll in."""
    authorize(actor, OPEN_POLL, community_id)
    terms = replace(terms, opens_at=opens_at, closes_at=closes_at)
    check(open_refusal(terms, roll))
    poll = _put(actor, community_id, matter, question, terms)
    _freeze(actor, poll, terms, roll)
    return poll.id


def _put(actor: Actor, community_id: int, matter: Ref, question: str, terms: Terms) -> Poll:
    check(announce_refusal(terms))
    assert terms.opens_at is not None, "the rule wants a window"
    assert terms.closes_at is not None, "the rule wants a window"
    poll = Poll(
        community_id=community_id,
        number=next_number(community_id, "poll"),
        matter_kind=matter.kind,
        matter_id=matter.id,
        kind=terms.kind,
        question=question,
        terms=terms_as_json(terms),
        roll_sha256="",
        lines=0,
        heads=0,
        area=0,
        opened_by=actor.account_id,
        created_at=clock.now(),
        opens_at=terms.opens_at,
        closes_at=terms.closes_at,
    )
    db.session.add(poll)
    db.session.flush()
    return poll


def _freeze(actor: Actor, poll: Poll, terms: Terms, roll: Sequence[Entry]) -> None:
    lines = list(roll)
    if terms.electorate != SEATS:
        # The numbers that stand for units and people must not tell who they are by their order.
        _shuffle(lines)
    counting = [entry for entry in lines if not entry.recused]
    poll.frozen_at = clock.now()
    poll.roll_sha256 = roll_sha256(terms, lines)
    poll.rules = rules_text(terms, poll.roll_sha256)
    poll.lines, poll.area = len(counting), sum(entry.area for entry in counting)
    poll.heads = len({head_of(entry) for entry in counting})
    db.session.flush()
    _keep_roll(poll, terms, lines)
    event = PollOpened(
        poll.community_id,
        poll.id,
        poll.number,
        cast(Electorate, terms.electorate),
        len(lines),
        _digest(poll.rules),
        Digest(poll.roll_sha256),
        poll.opens_at,
        poll.closes_at,
    )
    record(event, actor, poll.matter)


def _digest(text: str) -> Digest:
    return Digest(hashlib.sha256(text.encode()).hexdigest())


def _keep_roll(poll: Poll, terms: Terms, roll: Sequence[Entry]) -> None:
    heads = Counter(head_of(entry) for entry in roll if not entry.recused)
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
            "lone": heads[head_of(entry)] == 1,
            "eligible_from": entry.eligible_from,
        }
        for place, entry in enumerate(roll, 1)
    ]
    insert_many(RollEntry, lines)
    numbers = db.session.scalars(select(RollEntry.id).filter_by(poll_id=poll.id).order_by(RollEntry.place)).all()
    of = {"poll_id": poll.id, "community_id": poll.community_id}
    for model, people in (
        (RollVoter, [entry.voters for entry in roll]),
        (RollTold, [entry.told for entry in roll]),
    ):
        rows = [
            {"entry_id": number, "kind": one.kind, "ref_id": one.id, **of}
            for number, its in zip(numbers, people, strict=True)
            for one in dict.fromkeys(its)
        ]
        insert_many(model, rows)
