"""Putting a notice on the board."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.db import db, transactional
from app.core.numbers import next_number
from app.notices.models import Notice


@transactional
def post_notice(
    community_id: int, entry_id: int, event: str, about: str, told: Mapping[str, Any], at: datetime
) -> None:
    """An entry of the record goes up on the board, once, however often its reader hears of it.

    The record already holds what is told here; nothing is added to it.
    """
    if db.session.scalar(select(Notice.id).where(Notice.entry_id == entry_id)) is not None:
        return
    number = next_number(community_id, "notice")
    facts = json.dumps(dict(told), ensure_ascii=False, sort_keys=True)
    row = Notice(
        community_id=community_id, number=number, entry_id=entry_id, event=event, about=about[:500], facts=facts, at=at
    )
    db.session.add(row)
