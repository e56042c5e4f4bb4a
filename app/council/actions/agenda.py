"""What waits for a meeting."""

from app.core import clock
from app.core.db import db, transactional
from app.core.permissions import authorize
from app.core.values import Actor, Ref
from app.council import queries
from app.council.events import AgendaItemProposed
from app.council.models import AgendaItem
from app.council.permissions import PROPOSE_AGENDA_ITEM
from app.journal.actions import record


@transactional
def propose_agenda_item(
    actor: Actor, community_id: int, matter: Ref, title: str, owners_matter: int | None = None
) -> int:
    """A matter waits for a meeting; a matter that is on its way to one already stays there.

    `owners_matter` names which of the owners' nine matters it is, if one. Answers the item's number. Raises Forbidden.
    """
    authorize(actor, PROPOSE_AGENDA_ITEM, community_id)
    known = queries.find_open_item(community_id, matter)
    return known.id if known is not None else put_on_agenda(actor, community_id, matter, title, owners_matter)


def put_on_agenda(actor: Actor, community_id: int, matter: Ref, title: str, owners_matter: int | None) -> int:
    """The row and its event, for a matter that was not decided, too."""
    row = AgendaItem(
        community_id=community_id,
        matter_kind=matter.kind,
        matter_id=matter.id,
        title=title[:200],
        owners_matter=owners_matter,
        proposed_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    record(AgendaItemProposed(community_id, row.id), actor, matter)
    return row.id


@transactional
def withdraw_agenda_item(actor: Actor, community_id: int, matter: Ref) -> None:
    """A matter that was withdrawn waits no longer; once it stands on a notice, the meeting deals with it. Raises Forbidden."""
    authorize(actor, PROPOSE_AGENDA_ITEM, community_id)
    row = queries.find_open_item(community_id, matter)
    if row is not None and row.meeting_id is None:
        row.settled_at, row.result = clock.now(), "withdrawn"
