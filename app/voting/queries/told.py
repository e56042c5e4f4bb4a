"""Who is told that a ballot of their unit was cast and may not cast it: co-owners who named one of them to do so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, or_

from app.voting.models import RollTold


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line that somebody whom the reader named casts: how and when its ballot came that counts, and never what is marked."""

    label: str
    channel: str
    at: datetime | None


def told_refs(kinds: Collection[str]) -> ColumnElement[bool]:
    """What a row of who is told must be, to be one of the references `by_kind`."""
    return or_(*((RollTold.kind == kind) & RollTold.ref_id.in_(bindparam(kind, expanding=True)) for kind in kinds))
