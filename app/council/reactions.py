"""What the council does when a lower floor tells it something."""

from collections.abc import Mapping
from typing import Any

from app.core.errors import HouseError
from app.core.values import Actor, Ref, the_house
from app.council import queries
from app.council.actions import link_account, settle_motion
from app.council.rules.quorum import SEAT_TERM
from app.identity.events import InvitationAccepted
from app.identity.queries import accepted
from app.voting.actions import close_poll
from app.voting.events import OutcomeDeclared
from app.voting.queries import silent_lines


def link_member(event: InvitationAccepted, _actor: Actor, _matter: Ref | None) -> None:
    """Whoever used a code for a seat speaks for it."""
    account_id, subject = accepted(event.invitation_id)
    if subject is not None and subject.kind in ("seat", SEAT_TERM):
        link_account(event.community_id, account_id, subject)


def settle(event: OutcomeDeclared, _actor: Actor, _matter: Ref | None) -> None:
    """The outcome of a vote of the council becomes a result, and perhaps a resolution."""
    settle_motion(event.poll_id, event.outcome)


def close_full_vote(entry: Mapping[str, Any]) -> None:
    """A vote in which every seat that may vote has voted is closed by itself.

    Told after the commit, so that two who vote last at the same instant are both seen.
    """
    poll_id = int(entry["poll_id"])
    motion = queries.find_motion_of_poll(poll_id)
    if motion is None or motion.decided_at is not None or silent_lines(poll_id):
        return
    try:
        close_poll(the_house(motion.community_id), poll_id)
    except HouseError:
        # The chair was quicker.
        return
