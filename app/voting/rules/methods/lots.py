"""Lots: who goes first among equals, drawn so that anybody can draw them again.

For real polls the seed is public and nobody could know it while ballots came in: the root of the first checkpoint that
witnesses cosigned after the count was frozen. Files that are only counted have no seed: there the key as text decides.
"""

import hashlib
from collections.abc import Iterable


def lot(seed: bytes, candidates: Iterable[str]) -> tuple[str, ...]:
    """Candidates by lot, the luckiest first: ascending by SHA-256 of the seed followed by the candidate's key in UTF-8.

    To check by hand: `printf '%s' KEY | cat seed.bin - | sha256sum` for each key, then sort the lines.
    """
    return tuple(sorted(candidates, key=lambda key: (hashlib.sha256(seed + key.encode()).digest(), key)))


def by_text(candidates: Iterable[str]) -> tuple[str, ...]:
    """Candidates by their key as text, character by character: 10 stands before 2."""
    return tuple(sorted(candidates))
