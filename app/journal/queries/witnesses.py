"""Who witnesses the record, and which of its heads they cosigned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.communities.queries import get_community
from app.core import clock
from app.core.db import db
from app.core.values import PARTIES
from app.journal.models import JournalCheckpoint, JournalCosignature, JournalEntry, JournalWitness
from app.journal.queries.log import latest_checkpoint
from app.journal.queries.record import Line, line
from app.journal.rules import Signature, Verifier, cosignature, with_cosignatures, witness_key


@dataclass(frozen=True, slots=True)
class Witness:
    """A party's witness as it stands: its key, since when, and the last head that it cosigned (size 0: none yet)."""

    id: int
    party: str
    key: Verifier
    since: datetime
    size: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CosignedHead:
    """A head that a witness cosigned: its size and root, and when the first cosignature came."""

    size: int
    root: bytes
    at: datetime


def witnesses(community_id: int) -> Mapping[str, Witness]:
    """The witnesses that stand, by party, in the order of the parties; one statement."""
    last = func.max(JournalCosignature.size)
    wanted = (
        select(JournalWitness, last, func.max(JournalCosignature.at))
        .outerjoin(JournalCosignature, JournalCosignature.witness_id == JournalWitness.id)
        .where(JournalWitness.community_id == community_id, JournalWitness.until.is_(None))
        .group_by(JournalWitness.id)
    )
    origin = get_community(community_id).log_origin
    found = {
        row.party: Witness(row.id, row.party, witness_key(origin, row.party, row.public), row.since, size or 0, at)
        for row, size, at in db.session.execute(wanted)
    }
    return {party: found[party] for party in PARTIES if party in found}


def cosignatures(community_id: int, size: int) -> list[Signature]:
    """The lines of the witnesses under the head of one size, in the order in which they came."""
    wanted = (
        select(JournalWitness.party, JournalWitness.public, JournalCosignature.seconds, JournalCosignature.signature)
        .join(JournalWitness, JournalWitness.id == JournalCosignature.witness_id)
        .where(JournalCosignature.community_id == community_id, JournalCosignature.size == size)
        .order_by(JournalCosignature.at, JournalCosignature.witness_id)
    )
    rows = db.session.execute(wanted).all()
    origin = get_community(community_id).log_origin if rows else ""
    return [
        cosignature(witness_key(origin, party, public), seconds, signature)
        for party, public, seconds, signature in rows
    ]


def served_checkpoint(community_id: int) -> str | None:
    """The newest head with the lines of whoever cosigned it, None where nothing was sealed yet."""
    newest = latest_checkpoint(community_id)
    return None if newest is None else with_cosignatures(newest.note, cosignatures(community_id, newest.size))


def checkpoint_of_size(community_id: int, size: int) -> JournalCheckpoint | None:
    """The head that was signed at a size, or None where none was signed at just that size."""
    return db.session.get(JournalCheckpoint, (community_id, size))


def newest_cosigned(community_id: int) -> str | None:
    """The newest head that a witness cosigned, with the lines of all who did, or None."""
    wanted = select(func.max(JournalCosignature.size)).where(JournalCosignature.community_id == community_id)
    size = db.session.scalar(wanted)
    head = None if size is None else checkpoint_of_size(community_id, size)
    return None if head is None else with_cosignatures(head.note, cosignatures(community_id, head.size))


def first_cosigned_after(community_id: int, moment: datetime) -> CosignedHead | None:
    """The first head signed after a moment that a witness cosigned: its root is a seed that nobody could choose before.

    The first to come counts, by the clock of this house: a cosignature that comes later, of whatever size, changes
    nothing. None until there is one.
    """
    wanted = (
        select(JournalCheckpoint.size, JournalCheckpoint.root, JournalCosignature.at)
        .join(
            JournalCosignature,
            (JournalCosignature.community_id == JournalCheckpoint.community_id)
            & (JournalCosignature.size == JournalCheckpoint.size),
        )
        .where(JournalCheckpoint.community_id == community_id, JournalCheckpoint.at > moment)
        .order_by(JournalCosignature.at, JournalCheckpoint.size)
    )
    row = db.session.execute(wanted.limit(1)).first()
    return None if row is None else CosignedHead(*row)


def doubts(community_id: int, limit: int = 20) -> list[Line]:
    """What witnesses could not confirm, newest first."""
    wanted = select(JournalEntry).where(
        JournalEntry.community_id == community_id,
        JournalEntry.matter_kind.is_(None),
        JournalEntry.event == "WitnessDoubted",
        JournalEntry.public_from <= clock.now(),
    )
    return [line(row) for row in db.session.scalars(wanted.order_by(JournalEntry.id.desc()).limit(limit))]
