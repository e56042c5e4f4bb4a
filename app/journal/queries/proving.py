"""Many proofs under one head, for whoever takes a whole matter home to check it."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.db import db
from app.core.values import Ref
from app.journal.models import JournalCheckpoint, JournalEntry, JournalReceipt
from app.journal.queries.log import tiles
from app.journal.rules import inclusion_proof, tree
from app.journal.rules.merkle import Reader

PORTION = 500


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry of the log in its exact text, with its place; None while it waits to be sealed."""

    index: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """The log at one size, as it was signed then; values that outlive the session."""

    size: int
    root: bytes
    note: str


def head_over(community_id: int, index: int) -> Head | None:
    """The first signed head that covers the entry at an index, None where none does yet."""
    wanted = select(JournalCheckpoint.size, JournalCheckpoint.root, JournalCheckpoint.note).where(
        JournalCheckpoint.community_id == community_id, JournalCheckpoint.size > index
    )
    row = db.session.execute(wanted.order_by(JournalCheckpoint.size).limit(1)).first()
    return None if row is None else Head(*row)


def entries_of(community_id: int, matter: Ref, event: str) -> list[Placed]:
    """The entries of a matter under one event, oldest first."""
    wanted = select(JournalEntry.log_index, JournalEntry.text).where(
        JournalEntry.community_id == community_id,
        JournalEntry.matter_kind == matter.kind,
        JournalEntry.matter_id == matter.id,
        JournalEntry.event == event,
    )
    return [Placed(*row) for row in db.session.execute(wanted.order_by(JournalEntry.id))]


def entries_of_codes(community_id: int, codes: Sequence[str]) -> dict[str, Placed]:
    """The entries to which receipt codes lead, by code; one statement for each 500."""
    found: dict[str, Placed] = {}
    for start in range(0, len(codes), PORTION):
        wanted = (
            select(JournalReceipt.code, JournalEntry.log_index, JournalEntry.text)
            .join(JournalEntry, JournalEntry.id == JournalReceipt.entry_id)
            .where(JournalReceipt.community_id == community_id, JournalReceipt.code.in_(codes[start : start + PORTION]))
        )
        found.update((code, Placed(index, text)) for code, index, text in db.session.execute(wanted))
    return found


def span_of_codes(community_id: int, codes: Sequence[str]) -> tuple[int, int | None]:
    """How many of these codes lead to a sealed entry, and the last place among those; one statement for each 500."""
    many, last = 0, None
    for start in range(0, len(codes), PORTION):
        wanted = (
            select(func.count(JournalEntry.log_index), func.max(JournalEntry.log_index))
            .join(JournalReceipt, JournalEntry.id == JournalReceipt.entry_id)
            .where(JournalReceipt.community_id == community_id, JournalReceipt.code.in_(codes[start : start + PORTION]))
        )
        sealed, place = db.session.execute(wanted).one()
        many += sealed
        last = place if last is None or (place is not None and place > last) else last
    return many, last


def paths(community_id: int, indexes: Sequence[int], size: int) -> Iterator[list[str]]:
    """For each place the hashes that lead to the root of the first `size` entries, leaf side first, in base64.

    Each hash of the tree is worked out once, however many proofs run through it.
    """
    read = _remembering(tree(tiles(community_id)))
    for index in indexes:
        yield [b64encode(step).decode() for step in inclusion_proof(index, size, read)]


def _remembering(read: Reader) -> Reader:
    known: dict[tuple[int, int], bytes] = {}

    def both(level: int, index: int) -> bytes:
        if (level, index) not in known:
            known[level, index] = read(level, index)
        return known[level, index]

    return both
