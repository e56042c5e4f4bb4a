"""What the register does when something happens on a lower floor."""

from app.core.values import Actor, Ref
from app.identity.events import InvitationAccepted
from app.register import actions


def link_invited_person(event: InvitationAccepted, actor: Actor, _matter: Ref | None) -> None:
    """A code that was for somebody of the register brings them to the account that used it."""
    if event.subject is not None and event.subject.kind == "person":
        actions.link_person(actor, event.community_id, event.subject.id, event.account_id)
