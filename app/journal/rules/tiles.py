"""The tree in tiles (C2SP tlog-tiles): rows of at most 256 hashes, and bundles of at most 256 entries.

A tile only ever grows to the right, so that a batch of n entries touches n/256 tiles and the right edge of each level.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.journal.rules.merkle import HASH_BYTES, Reader, fold

HEIGHT = 8
WIDTH = 1 << HEIGHT
LEVELS = 64
ENTRY_BYTES = (1 << 16) - 1
TileReader: TypeAlias = Callable[[int, int], bytes]
_INDEX = re.compile(r"(?:x[0-9]{3}/)*[0-9]{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tile:
    """The name of a tile: its level (None for a bundle of entries), its place in the level, how many it holds."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it is served, beneath the address of the log."""
        level = "entries" if self.level is None else str(self.level)
        return f"tile/{level}/{index_path(self.index)}" + ("" if self.width == WIDTH else f".p/{self.width}")


def index_path(index: int) -> str:
    """A number as path elements of three digits, all but the last marked by an x: 1234067 is x001/x234/067."""
    parts = [f"{index % 1000:03}"]
    while index := index // 1000:
        parts.append(f"x{index % 1000:03}")
    return "/".join(reversed(parts))


def read_path(path: str) -> Tile:
    """The tile that a path names (what follows `tile/`). Raises ValueError for any other spelling."""
    level, _, rest = path.partition("/")
    place, partial, width = rest.partition(".p/")
    if not _INDEX.fullmatch(place):
        raise ValueError(f"no tile path: {path!r}")
    index = int(place.replace("x", "").replace("/", ""))
    tile = Tile(
        None if level == "entries" else _number(level, LEVELS - 1),
        index,
        _number(width, WIDTH - 1) if partial else WIDTH,
    )
    if not tile.width or tile.path != f"tile/{path}":
        raise ValueError(f"no tile path: {path!r}")
    return tile


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3) or int(text) > most:
        raise ValueError(f"not a number from 0 to {most}: {text!r}")
    return int(text)


def available(tile: Tile, size: int) -> bool:
    """Whether a tree of a size has all that a tile holds."""
    level = tile.level or 0
    return tile.index * WIDTH + tile.width <= size >> (HEIGHT * level)


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile of hashes of a tree, level by level, the partial one of a level last."""
    level, count = 0, size
    while count:
        for index in range(count // WIDTH):
            yield Tile(level, index)
        if count % WIDTH:
            yield Tile(level, count // WIDTH, count % WIDTH)
        level, count = level + 1, count // WIDTH


def tree(read: TileReader) -> Reader:
    """Read the hash of any full subtree out of the tiles that hold its leaves."""

    def subtree(level: int, index: int) -> bytes:
        rise = level % HEIGHT
        first = index << rise
        start = first % WIDTH * HASH_BYTES
        row = read(level // HEIGHT, first // WIDTH)[start : start + (HASH_BYTES << rise)]
        return fold(split(row))

    return subtree


def split(row: bytes) -> list[bytes]:
    """The hashes of a tile. Raises ValueError when it holds half a hash."""
    if len(row) % HASH_BYTES:
        raise ValueError("a tile holds whole hashes")
    return [row[i : i + HASH_BYTES] for i in range(0, len(row), HASH_BYTES)]


def grow(size: int, leaves: Sequence[bytes], read: TileReader) -> dict[tuple[int, int], bytes]:
    """The tiles that change when leaf hashes are added to a tree of a size: (level, index) → all its hashes.

    Reads at most one tile a level: the partial one at the right edge.
    """
    changed: dict[tuple[int, int], bytes] = {}
    level, coming = 0, list(leaves)
    while coming:
        position = size >> (HEIGHT * level)
        full: list[bytes] = []
        while coming:
            index, held = divmod(position, WIDTH)
            row = (read(level, index)[: held * HASH_BYTES] if held else b"") + b"".join(coming[: WIDTH - held])
            position += len(coming[: WIDTH - held])
            coming = coming[WIDTH - held :]
            changed[level, index] = row
            if len(row) == WIDTH * HASH_BYTES:
                full.append(fold(split(row)))
        level, coming = level + 1, full
    return changed


def overlay(changed: dict[tuple[int, int], bytes], read: TileReader) -> TileReader:
    """Read changed tiles first, the others from where they are."""

    def both(level: int, index: int) -> bytes:
        found = changed.get((level, index))
        return read(level, index) if found is None else found

    return both


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries one after another, each behind its length as two bytes. Raises ValueError past 65,535 bytes."""
    if any(len(entry) > ENTRY_BYTES for entry in entries):
        raise ValueError("an entry has at most 65,535 bytes")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundle(data: bytes) -> list[bytes]:
    """The entries of a bundle. Raises ValueError when it ends within one."""
    found, at = [], 0
    while at < len(data):
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        if start > len(data) or at > len(data):
            raise ValueError("a bundle ends within an entry")
        found.append(data[start:at])
    return found
