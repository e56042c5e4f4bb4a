"""Going through a whole log: everything stored is held against what the exact texts of the entries give."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.journal.rules.canonical import Json, read_canonical
from app.journal.rules.checkpoints import Checkpoint, open_checkpoint
from app.journal.rules.merkle import EMPTY_ROOT, HASH_BYTES, Frontier, leaf_hash
from app.journal.rules.notes import BadNote, Verifier
from app.journal.rules.tiles import WIDTH, grow

MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it is stored: place, text, hash when written, and what stands beside the text for searching."""

    index: int | None
    text: str
    leaf: bytes
    beside: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Signed:
    """A head as it is stored."""

    size: int
    root: bytes
    note: str


@dataclass(slots=True)
class Verdict:
    """What came out: size and root as recomputed, and what does not fit, the first twenty."""

    size: int = 0
    root: bytes = EMPTY_ROOT
    faults: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything fits."""
        return not self.faults

    def blame(self, fault: str) -> None:
        """Note what does not fit."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)


def audit(
    entries: Iterable[Written],
    *,
    checkpoints: Sequence[Signed],
    tiles: Mapping[tuple[int, int], bytes],
    head: tuple[int, bytes] | None,
    key: Verifier | None,
) -> Verdict:
    """Recompute the tree, every head and every tile. `entries` come in the order of the log, the unsealed ones last."""
    verdict = Verdict()
    wanted = {signed.size for signed in checkpoints}
    roots: dict[int, bytes] = {}
    edge, grown = Frontier(), _Tiles(tiles, verdict)
    for entry in entries:
        leaf = leaf_hash(entry.text.encode())
        where = f"entry {entry.index}" if entry.index is not None else "an unsealed entry"
        if leaf != entry.leaf or not _fits(entry):
            verdict.blame(f"{where} was changed")
        if entry.index is None:
            continue
        if entry.index != edge.size:
            verdict.blame(f"entry {edge.size} is missing or out of place")
        edge.push(leaf)
        grown.push(leaf)
        if edge.size in wanted:
            roots[edge.size] = edge.root()
    grown.finish()
    verdict.size, verdict.root = edge.size, edge.root()
    if (head or (0, EMPTY_ROOT)) != (verdict.size, verdict.root):
        verdict.blame("the head does not fit the entries")
    if verdict.size and verdict.size not in wanted:
        verdict.blame("no signed head covers all sealed entries")
    for signed in checkpoints:
        _check_head(signed, roots.get(signed.size), key, verdict)
    return verdict


def _fits(entry: Written) -> bool:
    try:
        told = read_canonical(entry.text)
    except ValueError:
        return False
    return isinstance(told, Mapping) and all(
        name in told and told[name] == beside for name, beside in entry.beside.items()
    )


def _check_head(signed: Signed, root: bytes | None, key: Verifier | None, verdict: Verdict) -> None:
    if root is None or root != signed.root:
        verdict.blame(f"the head of size {signed.size} does not fit the entries")
        return
    try:
        if key is None or open_checkpoint(signed.note, key) != Checkpoint(key.name, signed.size, root):
            verdict.blame(f"the note of size {signed.size} says something else")
    except BadNote as error:
        verdict.blame(f"the note of size {signed.size}: {error}")


def joint_root(heads: Mapping[str, tuple[int, bytes]]) -> bytes:
    """One hash for all logs: the root of the only one, or that over the heads of several in the order of their names."""
    if len(heads) == 1:
        return next(iter(heads.values()))[1]
    edge = Frontier()
    for name in sorted(heads):
        edge.push(leaf_hash(Checkpoint(name, *heads[name]).text.encode()))
    return edge.root()


class _Tiles:
    """Grows the tiles anew beside those that are stored; full ones are compared and forgotten."""

    def __init__(self, stored: Mapping[tuple[int, int], bytes], verdict: Verdict) -> None:
        self.left = dict(stored)
        self.verdict = verdict
        self.size = 0
        self.edge: dict[tuple[int, int], bytes] = {}
        self.coming: list[bytes] = []

    def push(self, leaf: bytes) -> None:
        self.coming.append(leaf)
        if len(self.coming) == WIDTH:
            self._grow()

    def _grow(self) -> None:
        self.edge.update(grow(self.size, self.coming, lambda level, index: self.edge[level, index]))
        self.size += len(self.coming)
        self.coming = []
        for place in [place for place, row in self.edge.items() if len(row) == WIDTH * HASH_BYTES]:
            self._compare(place, self.edge.pop(place))

    def finish(self) -> None:
        self._grow()
        for place, row in self.edge.items():
            self._compare(place, row)
        for level, index in self.left:
            self.verdict.blame(f"tile {level}/{index} is too many")

    def _compare(self, place: tuple[int, int], row: bytes) -> None:
        if self.left.pop(place, None) != row:
            self.verdict.blame(f"tile {place[0]}/{place[1]} does not fit the entries")
