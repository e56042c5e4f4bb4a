"""Moving, seconding, withdrawing."""

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import Refused, check
from app.core.permissions import may
from app.core.values import Actor, Refusal
from app.core.words import N_
from app.council import queries
from app.council.actions.hall import change_motion, enter, seated, take_floor
from app.council.events import MotionMoved, MotionSeconded, MotionWithdrawn
from app.council.models import Motion
from app.council.permissions import PRESIDE, TAKE_PART, WITHDRAW_MOTION
from app.council.rules.motions import (
    ADOPTED,
    NINE_MATTERS,
    move_refusal,
    second_refusal,
    text_refusal,
    withdraw_refusal,
)
from app.journal.actions import record


@transactional
def move(
    actor: Actor,
    meeting_id: int,
    item_id: int,
    text: str,
    ceiling: int | None = None,
    purpose: str = "",
    owners_matter: int | None = None,
) -> int:
    """A present member moves on a matter of the notice; with a ceiling in fen it asks for a mandate.

    `owners_matter` names which of the owners' nine matters it touches: then the council only advises. Answers the motion's
    number in the meeting. Raises NotFound, Forbidden, Refused.
    """
    hall = enter(meeting_id, actor, TAKE_PART)
    community_id, mine = hall.meeting.community_id, hall.seat_of(actor)
    item = queries.get_item(community_id, item_id)
    known = queries.motions_of([meeting_id])
    check(
        move_refusal(
            hall.sitting,
            on_notice=item.meeting_id == meeting_id,
            seat_present=mine is not None,
            hanging=any(motion.hangs for motion in known),
            decided=any(motion.item_id == item_id and motion.outcome == ADOPTED for motion in known),
        )
    )
    check(text_refusal(text, ceiling, purpose))
    matter = owners_matter or item.owners_matter
    if matter is not None and matter not in NINE_MATTERS:
        raise Refused(Refusal(N_("业主共同决定的事项只有九类。"), article=N_("民法典 278")))
    seat, term = seated(mine)
    row = Motion(
        community_id=community_id,
        meeting_id=meeting_id,
        item_id=item_id,
        number=len(known) + 1,
        text=text,
        ceiling=ceiling,
        purpose=purpose if ceiling is not None else "",
        owners_matter=matter,
        mover_term_id=term.id,
        moved_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    event = MotionMoved(community_id, meeting_id, row.id, row.number, seat.seat_id, ceiling, matter)
    record(event, actor, item.matter)
    return row.number


@transactional
def second(actor: Actor, motion_id: int) -> None:
    """Another present member supports a motion, so that it is discussed. Raises NotFound, Forbidden, Refused."""
    floor = take_floor(motion_id, actor, TAKE_PART)
    mine = floor.hall.seat_of(actor)
    check(second_refusal(floor.hall.sitting, floor.course, mine.seat_id if mine else 0, seat_present=mine is not None))
    seat, term = seated(mine)
    change_motion(motion_id, seconder_term_id=term.id, seconded_at=clock.now())
    motion = floor.motion
    record(MotionSeconded(motion.community_id, motion_id, motion.number, seat.seat_id), actor, floor.matter)


@transactional
def withdraw(actor: Actor, motion_id: int) -> None:
    """The mover takes a motion back, or whoever presides rules it out, before the vote. Raises NotFound, Forbidden, Refused."""
    floor = take_floor(motion_id, actor, WITHDRAW_MOTION)
    community_id, mine = floor.motion.community_id, floor.hall.seat_of(actor)
    presides = may(actor, PRESIDE, community_id)
    seats = frozenset({mine.seat_id} if mine else ())
    check(withdraw_refusal(floor.hall.sitting, floor.course, seats, presides=presides))
    change_motion(motion_id, withdrawn_at=clock.now())
    record(MotionWithdrawn(community_id, motion_id, floor.motion.number), actor, floor.matter)
