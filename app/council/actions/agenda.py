"""What waits for a meeting, and what a meeting is done with."""

from typing import Literal, cast

from app.core import clock
from app.core.db import db, transactional
from app.core.permissions import authorize
from app.core.values import Actor, Ref
from app.council import queries
from app.council.events import AgendaItemProposed, AgendaItemSettled
from app.council.models import AgendaItem
from app.council.permissions import PROPOSE_AGENDA_ITEM
from app.journal.actions import record

_Result = Literal["adopted", "rejected", "not-quorate", "postponed"]


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
        owners_matter=owners_matter or None,
        proposed_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    record(AgendaItemProposed(community_id, row.id), actor, matter)
    return row.id


def settle_item(actor: Actor, item_id: int, community_id: int, result: str, motion_id: int | None) -> None:
    """A meeting is done with a matter; where nothing was decided it waits for the next one."""
    row = queries.get_item(community_id, item_id)
    row.settled_at, row.result = clock.now(), result
    db.session.flush()
    event = AgendaItemSettled(community_id, item_id, motion_id, cast(_Result, result))
    record(event, actor, row.matter)
    if result in ("postponed", "not-quorate"):
        put_on_agenda(actor, community_id, row.matter, row.title, row.owners_matter)
