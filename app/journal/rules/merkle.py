"""The tree over the entries (RFC 6962 section 2.1, RFC 9162 section 2.1): its root, and short proofs about it.

A tree is read through a `Reader`: a function from (level, index) to the hash of the full subtree of 2^level leaves
that is the index-th of its level. Such a hash never changes once its leaves are there, whatever the tree becomes.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TypeAlias

HASH_BYTES = 32
EMPTY_ROOT = sha256().digest()
Reader: TypeAlias = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry: SHA-256(0x00 ‖ entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def reader(leaves: Sequence[bytes]) -> Reader:
    """A tree held as the list of its leaf hashes; every subtree is computed anew."""

    def read(level: int, index: int) -> bytes:
        return fold(leaves[index << level : (index + 1) << level])

    return read


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over 2^k neighbouring hashes."""
    row = list(hashes)
    if not row or len(row) & (len(row) - 1):
        raise ValueError("a full subtree has 1, 2, 4, 8, … leaves")
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def peaks(start: int, end: int) -> list[tuple[int, int]]:
    """The full subtrees (level, index) that cover the leaves from start to before end, from left to right.

    `start` must be a multiple of a power of two not smaller than the length, as every range of the tree is.
    """
    found: list[tuple[int, int]] = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def range_root(start: int, end: int, read: Reader) -> bytes:
    """The hash over the leaves from start to before end, at least one."""
    *rest, last = (read(level, index) for level, index in peaks(start, end))
    for peak in reversed(rest):
        last = node_hash(peak, last)
    return last


def root(size: int, read: Reader) -> bytes:
    """The root over the first `size` leaves."""
    return range_root(0, size, read) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, read: Reader) -> list[bytes]:
    """The hashes that lead from one leaf to the root of the first `size` leaves, leaf side first."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return [range_root(low, high, read) for low, high in reversed(path)]


def consistency_proof(old: int, new: int, read: Reader) -> list[bytes]:
    """The hashes that show that the first `old` leaves still begin the tree of `new` leaves."""
    if not 0 < old <= new:
        raise ValueError(f"no proof from {old} to {new}")
    start, end, known, path = 0, new, True, []
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start, known = middle, False
    if not known:
        path.append((start, end))
    return [range_root(low, high, read) for low, high in reversed(path)]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether a proof leads from a leaf's hash at an index to the root of a tree (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size or any(len(step) != HASH_BYTES for step in proof):
        return False
    here, last, found = index, size - 1, leaf
    for step in proof:
        if not last:
            return False
        if here & 1 or here == last:
            found = node_hash(step, found)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, step)
        here, last = here >> 1, last >> 1
    return not last and found == expected


def consistent(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that one tree begins another (RFC 9162 section 2.1.4.2)."""
    if not 0 < old <= new or any(len(step) != HASH_BYTES for step in proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps:
        return False
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if not last:
            return False
        if here & 1 or here == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            after = node_hash(after, step)
        here, last = here >> 1, last >> 1
    return not last and before == old_root and after == new_root


def _split(length: int) -> int:
    """The largest power of two that is smaller than the length."""
    return 1 << (length - 1).bit_length() - 1


class Frontier:
    """The right edge of a growing tree: all that is needed to push leaves one by one and to know each root."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[tuple[int, bytes]] = []

    def push(self, leaf: bytes) -> None:
        """Add one leaf's hash."""
        level, found = 0, leaf
        while self._edge and self._edge[-1][0] == level:
            found = node_hash(self._edge.pop()[1], found)
            level += 1
        self._edge.append((level, found))
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._edge:
            return EMPTY_ROOT
        found = self._edge[-1][1]
        for _, peak in reversed(self._edge[:-1]):
            found = node_hash(peak, found)
        return found
