"""The tree of a community: its head, its tiles, its key, and proofs."""

from base64 import b64encode
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from app.communities.queries import get_community
from app.core.db import db
from app.core.errors import NotFound
from app.core.words import N_
from app.journal.models import JournalCheckpoint, JournalEntry, JournalLog, JournalTile
from app.journal.rules import Tile, Verifier, available, bundle, inclusion_proof, log_seed, tree, verifier
from app.journal.rules.merkle import HASH_BYTES, Reader
from app.journal.rules.tiles import WIDTH, TileReader


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that an entry is in the log: its exact text, its place, the hashes to the root, leaf side first."""

    index: int
    entry: str
    hashes: tuple[bytes, ...]

    def base64(self) -> list[str]:
        """The hashes in standard base64."""
        return [b64encode(step).decode() for step in self.hashes]


def find_log(community_id: int) -> JournalLog | None:
    """The head of a community's tree, if it was ever opened."""
    return db.session.get(JournalLog, community_id)


def get_log(community_id: int) -> JournalLog:
    """The head of a community's tree. Raises NotFound where it was never opened."""
    log = find_log(community_id)
    if log is None:
        raise NotFound(N_("公开账本还没有这么长。"))
    return log


def seed(log: JournalLog) -> bytes:
    """The private key of a log, for the sealer."""
    return log_seed(current_app.config["SECRETS"]["LOG_MASTER_KEY"], log.key_label)


def key(log: JournalLog) -> Verifier:
    """The public key of a log, whose name is the log's origin."""
    return verifier(get_community(log.community_id).log_origin, seed(log))


def latest_checkpoint(community_id: int) -> JournalCheckpoint | None:
    """The newest head that was signed."""
    wanted = select(JournalCheckpoint).filter_by(community_id=community_id)
    return db.session.scalar(wanted.order_by(JournalCheckpoint.size.desc()).limit(1))


def first_checkpoint_over(community_id: int, index: int) -> JournalCheckpoint | None:
    """The first head that covers the entry at an index: with it a later proof stays the same for ever."""
    wanted = select(JournalCheckpoint).where(
        JournalCheckpoint.community_id == community_id, JournalCheckpoint.size > index
    )
    return db.session.scalar(wanted.order_by(JournalCheckpoint.size).limit(1))


def tiles(community_id: int) -> TileReader:
    """Read the tiles of a community's tree, each at most once."""
    known: dict[tuple[int, int], bytes] = {}

    def read(level: int, index: int) -> bytes:
        if (level, index) not in known:
            wanted = select(JournalTile.hashes).filter_by(community_id=community_id, level=level, index=index)
            known[level, index] = db.session.scalar(wanted) or b""
        return known[level, index]

    return read


def hashes(community_id: int) -> Reader:
    """Read the hash of any full subtree of a community's tree."""
    return tree(tiles(community_id))


def read_tile(community_id: int, tile: Tile) -> bytes:
    """A tile or a bundle of entries, as C2SP tlog-tiles lays them out. Raises NotFound while the tree is too small."""
    log = find_log(community_id)
    if log is None or not available(tile, log.size):
        raise NotFound(N_("公开账本还没有这么长。"))
    if tile.level is None:
        return bundle([text.encode() for text in _texts(community_id, tile)])
    return tiles(community_id)(tile.level, tile.index)[: tile.width * HASH_BYTES]


def _texts(community_id: int, tile: Tile) -> list[str]:
    first = tile.index * WIDTH
    wanted = select(JournalEntry.text).where(
        JournalEntry.community_id == community_id,
        JournalEntry.log_index >= first,
        JournalEntry.log_index < first + tile.width,
    )
    return list(db.session.scalars(wanted.order_by(JournalEntry.log_index)))


def prove(entry_id: int, checkpoint: JournalCheckpoint) -> Proof | None:
    """The proof of an entry under a head, or None where that head does not cover it."""
    entry = db.session.get_one(JournalEntry, entry_id)
    if entry.log_index is None or entry.log_index >= checkpoint.size:
        return None
    path = inclusion_proof(entry.log_index, checkpoint.size, hashes(entry.community_id))
    return Proof(entry.log_index, entry.text, tuple(path))


def place_of(entry_id: int) -> int | None:
    """The place of an entry in the log, or None while it waits to be sealed."""
    return db.session.get_one(JournalEntry, entry_id).log_index
