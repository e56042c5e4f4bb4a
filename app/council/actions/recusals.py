"""Who is interested: said by the convener, objected to, decided by the rest."""

from collections.abc import Sequence
from typing import Literal, cast

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import NotFound, Refused, check
from app.core.values import Actor, Refusal
from app.core.words import N_
from app.council import queries
from app.council.actions.hall import Floor, change_motion, seated, take_floor
from app.council.events import InterestsStated, RecusalAnswered, RecusalContested, RecusalDecided
from app.council.models import RecusalAnswer, RecusalClaim
from app.council.permissions import PRESIDE, STATE_INTERESTS, TAKE_PART
from app.council.queries import ClaimRow
from app.council.rules.motions import interests_refusal
from app.council.rules.recusals import (
    ANSWERS,
    Claim,
    answer_refusal,
    claim_refusal,
    contest_refusal,
    decide_refusal,
    recused_by,
    the_rest,
)
from app.council.rules.seats import Seating
from app.journal.actions import record


@transactional
def state_interests(actor: Actor, motion_id: int, claims: Sequence[tuple[str, int | None, str]]) -> None:
    """The convener says who is interested in a motion and why; nobody, if `claims` is empty.

    Each claim is a party, one of its seats or None for all of them, and the reason. Raises NotFound, Forbidden, Refused.
    """
    floor = take_floor(motion_id, actor, STATE_INTERESTS)
    check(interests_refusal(floor.hall.sitting, floor.course))
    said: list[Claim] = []
    for party, seat_id, reason in claims:
        check(claim_refusal(floor.hall.roll.seats, said, party, seat_id, reason))
        row = _put_claim(floor, party, seat_id, reason, proposed=True)
        said.append(Claim(row.id, party, seat_id))
    change_motion(motion_id, interests_at=clock.now())
    motion = floor.motion
    numbers = tuple(claim.id for claim in said)
    record(InterestsStated(motion.community_id, motion_id, motion.number, numbers), actor, floor.matter)


def _put_claim(floor: Floor, party: str, seat_id: int | None, reason: str, *, proposed: bool) -> RecusalClaim:
    row = RecusalClaim(
        community_id=floor.motion.community_id,
        motion_id=floor.motion.id,
        party=party,
        seat_id=seat_id,
        reason=reason[:300],
        proposed=proposed,
    )
    db.session.add(row)
    db.session.flush()
    return row


@transactional
def contest_recusal(actor: Actor, motion_id: int, claim_id: int, reason: str) -> None:
    """A present member objects to a recusal that the convener named; the rest decide. Raises NotFound, Forbidden, Refused."""
    floor = take_floor(motion_id, actor, TAKE_PART)
    found, mine = _claim(queries.claims_of([motion_id]), claim_id), floor.hall.seat_of(actor)
    present = mine is not None
    check(contest_refusal(floor.hall.sitting, floor.course, found.claim, reason, seat_present=present))
    seat, term = seated(mine)
    row = queries.get_claim(motion_id, claim_id)
    row.contested_at, row.contested_term_id, row.objection = clock.now(), term.id, reason[:300]
    record(RecusalContested(row.community_id, motion_id, claim_id, seat.seat_id), actor, floor.matter)


@transactional
def claim_recusal(actor: Actor, motion_id: int, party: str, seat_id: int | None, reason: str) -> None:
    """A present member says that somebody is interested whom the convener left out; the rest decide.

    Raises NotFound, Forbidden, Refused.
    """
    floor = take_floor(motion_id, actor, TAKE_PART)
    mine = floor.hall.seat_of(actor)
    check(contest_refusal(floor.hall.sitting, floor.course, None, reason, seat_present=mine is not None))
    known = [found.claim for found in queries.claims_of([motion_id])]
    check(claim_refusal(floor.hall.roll.seats, known, party, seat_id, reason))
    seat, term = seated(mine)
    row = _put_claim(floor, party, seat_id, reason, proposed=False)
    row.contested_at, row.contested_term_id = clock.now(), term.id
    record(RecusalContested(row.community_id, motion_id, row.id, seat.seat_id), actor, floor.matter)


@transactional
def answer_recusal(actor: Actor, motion_id: int, claim_id: int, answer: str) -> None:
    """One of the rest says whether the seats concerned step back. Raises NotFound, Forbidden, Refused."""
    floor = take_floor(motion_id, actor, TAKE_PART)
    if answer not in ANSWERS:
        raise Refused(Refusal(N_("请选“应当回避”或“不用回避”。")))
    found, rest = _before_the_rest(floor, claim_id)
    mine = floor.hall.seat_of(actor)
    answered = mine is not None and mine.seat_id in found.answers
    check(answer_refusal(floor.course, found.claim, mine, rest, answered=answered))
    seat, term = seated(mine)
    community_id = floor.motion.community_id
    db.session.add(
        RecusalAnswer(
            community_id=community_id,
            claim_id=claim_id,
            seat_id=seat.seat_id,
            term_id=term.id,
            answer=answer,
            at=clock.now(),
        )
    )
    word = cast(Literal["step-back", "take-part"], answer)
    record(RecusalAnswered(community_id, claim_id, seat.seat_id, word), actor, floor.matter)


@transactional
def decide_recusal(actor: Actor, motion_id: int, claim_id: int) -> bool:
    """Whoever presides counts the answers of the rest: the seats step back when more say so than not; a tie fails.

    Answers whether they step back. Raises NotFound, Forbidden, Refused.
    """
    floor = take_floor(motion_id, actor, PRESIDE)
    found, rest = _before_the_rest(floor, claim_id)
    heard = floor.hall.law("council.recusal.answered")
    answers = sum(seat.seat_id in found.answers for seat in rest)
    check(decide_refusal(floor.course, found.claim, answers, len(rest), heard))
    upheld = recused_by(found.step_back, found.take_part, floor.hall.law("council.recusal"))
    row = queries.get_claim(motion_id, claim_id)
    row.decided_at, row.upheld = clock.now(), upheld
    event = RecusalDecided(floor.motion.community_id, motion_id, claim_id, found.step_back, found.take_part, upheld)
    record(event, actor, floor.matter)
    return upheld


def _before_the_rest(floor: Floor, claim_id: int) -> tuple[ClaimRow, tuple[Seating, ...]]:
    known = queries.claims_of([floor.motion.id])
    found = _claim(known, claim_id)
    return found, the_rest(floor.hall.roll.seats, [one.claim for one in known], found.claim)


def _claim(known: Sequence[ClaimRow], claim_id: int) -> ClaimRow:
    found = next((one for one in known if one.claim.id == claim_id), None)
    if found is None:
        raise NotFound(N_("没有这一项回避。"))
    return found
