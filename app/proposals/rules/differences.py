"""How two versions of a text differ, in pieces that a reader can follow."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

KEPT, ADDED, TAKEN = "", "ins", "del"
_TOKENS = re.compile(r"[0-9A-Za-z.,%]+|\s|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed (""), was added ("ins") or was taken out ("del")."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """What stayed, what was taken out and what was added, in the order of reading.

    Numbers and words in Latin letters are compared whole. Putting together what stayed and what was taken out gives the
    text before; what stayed and what was added, the text after.
    """
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(KEPT, "".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece(TAKEN, "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(Piece(ADDED, "".join(new[j1:j2])))
    return pieces
