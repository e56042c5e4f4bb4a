"""The head of a log as a signed note (C2SP tlog-checkpoint), and what witnesses add to it (C2SP tlog-cosignature)."""

import re
from base64 import b64encode
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.journal.rules import notes
from app.journal.rules.merkle import HASH_BYTES
from app.journal.rules.notes import COSIGNATURE, BadNote, Signature, Verifier

TIME_BYTES = 8
_SIZE = re.compile("0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How large a log is, and the root over all its entries."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the three lines; further lines are nobody's statement here. Raises BadNote for any other form."""
        origin, size, coded, *_ = [*text.split("\n"), "", "", ""][:4]
        root = notes.strict_base64(coded)
        if not origin or not _SIZE.fullmatch(size) or len(root) != HASH_BYTES:
            raise BadNote("a checkpoint is an origin, a size and a root")
        return cls(origin, int(size), root)

    def sign(self, seed: bytes) -> str:
        """The checkpoint as a note signed by the log, whose key has the name of its origin."""
        return notes.sign(self.text, self.origin, seed)


def open_checkpoint(note: str, key: Verifier) -> Checkpoint:
    """The checkpoint that a log signed. Raises BadNote when the key's name is not the origin, or it did not sign."""
    found = Checkpoint.parse(notes.open_note(note, key))
    if found.origin != key.name:
        raise BadNote("a checkpoint of another log")
    return found


def cosign(note: str, name: str, seed: bytes, time: int) -> Signature:
    """A witness's line: at this time (seconds since 1970) it knew no longer log than this one."""
    text, _ = notes.parse(note)
    body = Ed25519PrivateKey.from_private_bytes(seed).sign(_cosigned(text, time))
    return Signature(name, notes.verifier(name, seed, COSIGNATURE).key_id, time.to_bytes(TIME_BYTES, "big") + body)


def cosigned_at(note: str, witness: Verifier) -> int | None:
    """When a witness cosigned a checkpoint (seconds since 1970), or None. Raises BadNote for a false cosignature."""
    if witness.kind != COSIGNATURE:
        raise BadNote("not the key of a witness")
    text, signatures = notes.parse(note)
    times = []
    for line in signatures:
        if line.name == witness.name and line.key_id == witness.key_id:
            time = int.from_bytes(line.body[:TIME_BYTES], "big")
            if time >= 1 << 63 or not witness.signed(_cosigned(text, time), line.body[TIME_BYTES:]):
                raise BadNote("a cosignature that does not hold")
            times.append(time)
    return max(times, default=None)


def _cosigned(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()
