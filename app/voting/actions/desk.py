"""The desk: a ballot is received, and made void where that was a mistake."""

from datetime import datetime
from typing import cast

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.numbers import next_number
from app.core.permissions import authorize
from app.core.values import Actor, Refusal
from app.core.words import N_
from app.journal.actions import record
from app.journal.events import ReceiptCode
from app.voting import queries
from app.voting.actions.holding import living_poll
from app.voting.actions.reading import digest, keep, named
from app.voting.actions.receiving import reject
from app.voting.events import BallotHandedIn, DeskChannel, IntakeVoided
from app.voting.models import BallotIntake
from app.voting.permissions import RECEIVE_BALLOT, SETTLE_BALLOT
from app.voting.queries import DeskFind, PollRow
from app.voting.rules import VOID, elsewhere_refusal, intake_refusal, proxy_refusal, void_refusal
from app.voting.rules.terms import PROXY

NO_MANDATE = N_("“%(label)s”没有登记过委托书。先登记委托，再收受托人的票。")


@transactional
def receive_intake(actor: Actor, poll_id: int, channel: str, typed: str) -> list[int]:
    """A ballot is received at the desk: from now on it has a number and a time, and nothing of what is marked is known.

    `typed` is the code of a paper, the key of a line of the roll, or its label; a paper for several units is received for
    each of them. Answers with the numbers. Raises Forbidden, NotFound, and Refused with the sentence.
    """
    poll = living_poll(poll_id, alone=False)
    authorize(actor, RECEIVE_BALLOT, poll.community_id)
    found = queries.find_at_desk(poll, typed)
    elsewhere = None if found.keys else queries.vote_of_code(poll, typed)
    check(elsewhere_refusal(elsewhere) if elsewhere is not None else None)
    return receive_at(actor, poll, channel, found, clock.now())


def receive_at(
    actor: Actor, poll: PollRow, channel: str, found: DeskFind, at: datetime, *, logged: bool = True
) -> list[int]:
    """A ballot for each line of what was found is an arrival that came at a moment; answers with the numbers.

    Part of an action that holds the poll. `logged`: this is the entry of its coming in the record; what was refused by
    mistake has that already. Raises Refused.
    """
    if not found.keys:
        declared, frozen = poll.declared_at is not None, poll.frozen_at is not None
        check(intake_refusal(poll.terms, None, channel, at, declared=declared, frozen=frozen))
    return [_receive_one(actor, poll, channel, key, found, at, logged) for key in found.keys]


def _receive_one(
    actor: Actor, poll: PollRow, channel: str, key: str, found: DeskFind, at: datetime, logged: bool
) -> int:
    line = queries.hold_line(poll, key)
    check(
        intake_refusal(
            poll.terms,
            line.entry if line else None,
            channel,
            at,
            declared=poll.declared_at is not None,
            voted=bool(line and line.voted),
            waiting=queries.standing_number(line.id, channel, found.paper_id) if line else None,
            replaced=found.void,
        )
    )
    assert line is not None, "the rule refuses who has no line"
    mandate = queries.standing_mandate(line.id) if channel == PROXY else None
    if channel == PROXY:
        check(Refusal(NO_MANDATE, {"label": line.entry.label}) if mandate is None else None)
        check(proxy_refusal(poll.terms, by_owner=line.voted and queries.counted_ballot(line.id).channel != PROXY))
    number = next_number(poll.community_id, "intake", poll.number)
    db.session.add(
        BallotIntake(
            community_id=poll.community_id,
            poll_id=poll.id,
            entry_id=line.id,
            number=number,
            channel=channel,
            paper_id=found.paper_id,
            mandate_id=mandate.id if mandate else None,
            received_at=at,
            received_by=actor.account_id,
            readings=0,
        )
    )
    if logged:
        named = (poll.community_id, poll.id, poll.number, number)
        record(BallotHandedIn(*named, cast(DeskChannel, channel)), actor, poll.matter)
    return number


@transactional
def void_intake(actor: Actor, poll_id: int, number: int, reason: str) -> None:
    """What was received by mistake is made void, with a reason; it stays on record as void.

    A ballot that was made of it counts no more, and of the line's others the precedence says which does; that is for who may
    settle. Raises Forbidden, NotFound, Refused.
    """
    poll = living_poll(poll_id, alone=False)
    authorize(actor, RECEIVE_BALLOT, poll.community_id)
    intake = queries.hold_intake(poll, number)
    if intake.ballot_id is not None:
        authorize(actor, SETTLE_BALLOT, poll.community_id)
    check(void_refusal(intake.intake, reason, declared=poll.declared_at is not None))
    if intake.ballot_id is not None:
        line = queries.hold_line(poll, intake.key)
        assert line is not None, "an arrival is for a line"
        reject(poll, line, intake.ballot_id, VOID)
    keep(intake, void_at=clock.now(), void_by=actor.account_id, void_reason=reason[:500])
    ballot = ReceiptCode(intake.code) if intake.code else None
    record(IntakeVoided(*named(poll, intake), reason=digest(reason), ballot=ballot), actor, poll.matter)
