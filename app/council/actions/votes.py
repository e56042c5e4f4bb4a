"""Putting a motion to the vote, ending the vote, and what follows from its outcome."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal, cast

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.numbers import next_number
from app.core.permissions import authorize
from app.core.values import PARTIES, Actor, Refusal, the_house
from app.core.words import N_
from app.council import queries
from app.council.actions.agenda import settle_item
from app.council.actions.hall import Floor, Hall, change_motion, floor_of, hall_of, seated, take_floor
from app.council.events import DissentRecorded, MotionDecided, MotionPutToVote, ResolutionAdopted
from app.council.models import Dissent, Resolution
from app.council.permissions import PRESIDE, TAKE_PART
from app.council.rules.drafting import PartyVotes
from app.council.rules.motions import (
    ADOPTED,
    OUTCOMES,
    dissent_refusal,
    end_vote_refusal,
    put_to_vote_refusal,
)
from app.council.rules.papers import RESOLUTION, paper_number
from app.council.rules.quorum import deciding_mark, quorum
from app.council.rules.quorum import roll as seats_roll
from app.council.rules.recusals import with_recusals
from app.journal.actions import record
from app.voting import actions as voting
from app.voting.queries import find_line, get_poll, roll_of
from app.voting.rules import PartyTally, parties_in_favour

LONGEST_VOTE = timedelta(hours=12)
"""A vote that nobody closes ends by itself, so that no meeting hangs for ever."""
_QUESTION = 480
_Outcome = Literal["adopted", "rejected", "not-quorate"]


@transactional
def put_to_vote(actor: Actor, motion_id: int) -> int:
    """The vote opens after the roll call and the recusals, and freezes both. Answers the poll's number of the database.

    Raises NotFound, Forbidden, Refused.
    """
    floor = take_floor(motion_id, actor, PRESIDE)
    hall, motion = floor.hall, floor.motion
    claims = [found.claim for found in queries.claims_of([motion_id])]
    seats = with_recusals(hall.roll.seats, claims)
    found = quorum(hall.terms, seats)
    contested = sum(claim.open for claim in claims)
    check(put_to_vote_refusal(hall.sitting, floor.course, found, contested))
    now = clock.now()
    poll_id = voting.open_poll(
        actor,
        motion.community_id,
        floor.matter,
        _question(floor),
        replace(hall.terms, advisory=motion.owners_matter is not None),
        seats_roll(seats),
        now,
        now + LONGEST_VOTE,
    )
    number, mark = get_poll(poll_id).number, deciding_mark(hall.terms)
    change_motion(motion_id, poll_id=poll_id, poll_number=number, opened_at=now, mark=mark)
    recused = sum(seat.recused for seat in seats)
    event = MotionPutToVote(motion.community_id, motion_id, motion.number, poll_id, found.present, recused)
    record(event, actor, floor.matter)
    return poll_id


def _question(floor: Floor) -> str:
    text = "；".join(line.strip().rstrip("。；") for line in floor.motion.text.splitlines() if line.strip())
    question = f"您是否同意：{text}？"
    return question if len(question) <= _QUESTION else f"您是否同意关于“{floor.title}”的动议？"


@transactional
def end_vote(actor: Actor, motion_id: int) -> None:
    """Whoever presides closes the vote; what was not cast by then is not counted. Raises NotFound, Forbidden, Refused.

    The meeting is not held here: whoever declares holds the poll first and then the meeting, and so must everybody.
    """
    motion = queries.get_motion_by_id(motion_id)
    authorize(actor, PRESIDE, motion.community_id)
    hall = hall_of(queries.meetings_of([motion.meeting_id])[motion.meeting_id])
    check(end_vote_refusal(motion.course(hall.roll.terms)))
    assert motion.poll_id is not None, "an open vote has its poll"
    voting.close_poll(actor, motion.poll_id)


@transactional
def settle_motion(poll_id: int, outcome: str) -> None:
    """The outcome of the vote becomes the motion's result; adopted, it is a resolution with a number of its year.

    Harmless for polls that are not the council's, and twice.
    """
    known = queries.find_motion_of_poll(poll_id)
    if known is None or outcome not in OUTCOMES:
        return
    hall = hall_of(queries.hold_meeting(known.meeting_id))
    floor = floor_of(hall, queries.get_motion_by_id(known.id))
    motion = floor.motion
    if motion.decided_at is not None:
        return
    votes = queries.votes_as_text(_votes(hall, poll_id))
    change_motion(motion.id, decided_at=clock.now(), outcome=outcome, votes=votes)
    house, word = the_house(motion.community_id), cast(_Outcome, outcome)
    decided = MotionDecided(motion.community_id, motion.meeting_id, motion.id, motion.number, word)
    record(decided, house, floor.matter)
    if outcome == ADOPTED:
        _resolve(hall, floor, house)


def _votes(hall: Hall, poll_id: int) -> list[PartyVotes]:
    """How each party voted, by seats that did not step back, in the order of the four."""
    lines = [line for line in roll_of(poll_id) if not line.entry.recused]
    found = []
    for party in PARTIES:
        seats = [line for line in lines if line.entry.group == party]
        if not seats:
            continue
        cast = [line.choice for line in seats if line.entry.present]
        yes = cast.count("yes")
        tally = PartyTally(party, len(seats), len(cast), yes)
        found.append(
            PartyVotes(
                party,
                yes,
                cast.count("no"),
                cast.count("abstain"),
                cast.count(None),
                len(seats) - len(cast),
                parties_in_favour(hall.terms, (tally,)) == 1,
            )
        )
    return found


def _resolve(hall: Hall, floor: Floor, house: Actor) -> None:
    motion, now = floor.motion, clock.now()
    year = hall.local(now).year
    number = next_number(motion.community_id, "resolution", year)
    row = Resolution(
        community_id=motion.community_id,
        year=year,
        number=number,
        label=paper_number(hall.community_name, RESOLUTION, year, number),
        motion_id=motion.id,
        meeting_id=motion.meeting_id,
        matter_kind=floor.matter.kind,
        matter_id=floor.matter.id,
        title=floor.title,
        adopted_at=now,
        ceiling=motion.ceiling,
        purpose=motion.purpose,
        owners_matter=motion.owners_matter,
    )
    db.session.add(row)
    db.session.flush()
    event = ResolutionAdopted(
        motion.community_id,
        row.id,
        year,
        number,
        motion.id,
        motion.meeting_id,
        motion.ceiling,
        motion.owners_matter,
    )
    record(event, house, floor.matter)
    settle_item(house, motion.item_id, motion.community_id, ADOPTED, motion.id)


@transactional
def record_dissent(actor: Actor, motion_id: int, text: str) -> None:
    """Who voted against the outcome has their reason written down. Raises NotFound, Forbidden, Refused."""
    floor = take_floor(motion_id, actor, TAKE_PART)
    motion, mine = floor.motion, floor.hall.seat_of(actor)
    line = find_line(motion.poll_id, mine.code) if mine is not None and motion.poll_id is not None else None
    written = {one.seat_id for one in queries.dissents_of([motion_id])}
    check(
        dissent_refusal(
            floor.hall.sitting,
            floor.course,
            outcome=motion.outcome,
            choice=line.choice if line else None,
            recorded=mine is not None and mine.seat_id in written,
        )
    )
    if not 4 <= len(text) <= 500:
        check(Refusal(N_("请写4到500个字。")))
    seat, term = seated(mine)
    db.session.add(
        Dissent(
            community_id=motion.community_id,
            motion_id=motion_id,
            seat_id=seat.seat_id,
            term_id=term.id,
            text=text,
            at=clock.now(),
        )
    )
    record(DissentRecorded(motion.community_id, motion_id, seat.seat_id), actor, floor.matter)
