"""What can be done in the council.

For the floors beside: `propose_agenda_item(actor, community_id, matter, title)` puts a matter before the next meeting, and
`ResolutionAdopted(community_id, resolution_id, …, ceiling, owners_matter)` tells what became of it.
"""

from app.council.actions.agenda import propose_agenda_item
from app.council.actions.closing import close_meeting
from app.council.actions.meetings import (
    cancel_meeting,
    check_in,
    convene_meeting,
    open_meeting,
    record_arrival,
    record_leaving,
)
from app.council.actions.minutes import (
    answer_objection,
    assign_task,
    finish_task,
    object_to_minutes,
    sign_minutes,
)
from app.council.actions.motions import move, second, withdraw
from app.council.actions.recusals import (
    answer_recusal,
    claim_recusal,
    contest_recusal,
    decide_recusal,
    state_interests,
)
from app.council.actions.seats import add_seat, appoint, end_term, invite_to_seat, link_account
from app.council.actions.votes import end_vote, put_to_vote, record_dissent, settle_motion

__all__ = [
    "add_seat",
    "answer_objection",
    "answer_recusal",
    "appoint",
    "assign_task",
    "cancel_meeting",
    "check_in",
    "claim_recusal",
    "close_meeting",
    "contest_recusal",
    "convene_meeting",
    "decide_recusal",
    "end_term",
    "end_vote",
    "finish_task",
    "invite_to_seat",
    "link_account",
    "move",
    "object_to_minutes",
    "open_meeting",
    "propose_agenda_item",
    "put_to_vote",
    "record_arrival",
    "record_dissent",
    "record_leaving",
    "second",
    "settle_motion",
    "sign_minutes",
    "state_interests",
    "withdraw",
]
