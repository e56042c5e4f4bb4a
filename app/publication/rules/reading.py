"""Reading the doors that somebody typed or scanned."""

import re
import unicodedata

_DASHES = re.compile(r"[‐‑‒–—―−－﹣_]+")
_PARTS = re.compile(r"(?:号楼|栋|幢|座|单元)")
_ENDS = re.compile(r"(?:室|户|号)$")
_BETWEEN = re.compile(r"[\s,，、;；]+")
LONGEST, MOST = 120, 20_000


def read_keys(typed: str) -> list[str]:
    """The doors in what was typed or scanned, each once, in their order.

    １－２－３０１, 1号楼2单元301室, and an address that ends in 1-2-301 are all 1-2-301.
    """
    found: dict[str, None] = {}
    for piece in _BETWEEN.split(unicodedata.normalize("NFKC", typed)):
        key = _ENDS.sub("", _PARTS.sub("-", _DASHES.sub("-", piece.rsplit("/", 1)[-1])))
        key = re.sub(r"-{2,}", "-", key).strip("-#")[:LONGEST]
        if key:
            found[key] = None
    return list(found)[:MOST]
