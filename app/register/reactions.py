"""What the register does when something happens on a lower floor."""

from app.core.values import Actor, Ref
from app.identity.events import InvitationAccepted
from app.identity.queries import accepted
from app.register import actions


def link_invited_person(event: InvitationAccepted, actor: Actor, _matter: Ref | None) -> None:
    """A code that was for somebody of the register brings them to the account that used it."""
    account_id, subject = accepted(event.invitation_id)
    if subject is not None and subject.kind == "person":
        actions.link_person(actor, event.community_id, subject.id, account_id)
