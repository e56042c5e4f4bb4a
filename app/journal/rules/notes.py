"""Signed notes (C2SP signed-note): a text, an empty line, and lines of who signed it."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, COSIGNATURE = 0x01, 0x04
KEY_ID_BYTES = 4
DASH = "— "
MOST_SIGNATURES = 100


class BadNote(ValueError):
    """This is not a note, or a signature on it does not hold."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note: the name of the key, its four-byte id, and what was signed with it."""

    name: str
    key_id: bytes
    body: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {b64encode(self.key_id + self.body).decode()}\n"


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with the name it signs under; its text form is the vkey `name+hash+key`."""

    name: str
    public: bytes
    kind: int = ED25519

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(c.isspace() or ord(c) < 0x20 for c in self.name):
            raise BadNote(f"no name for a key: {self.name!r}")
        if len(self.public) != 32:
            raise BadNote("an Ed25519 key has 32 bytes")

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature says which key made it."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:KEY_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """Read a vkey. Raises BadNote unless its hash fits its key."""
        parts = vkey.split("+", 2)
        if len(parts) != 3:
            raise BadNote("a vkey is name+hash+key")
        raw = strict_base64(parts[2])
        if raw[:1] not in (bytes([ED25519]), bytes([COSIGNATURE])):
            raise BadNote("no kind of key that is known here")
        found = cls(parts[0], raw[1:], raw[0])
        if found.key_id.hex() != parts[1]:
            raise BadNote("the hash of the vkey is not that of its key")
        return found

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether this key made a bare Ed25519 signature over a message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def verifier(name: str, seed: bytes, kind: int = ED25519) -> Verifier:
    """The public half of a seed of 32 bytes."""
    return Verifier(name, Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw(), kind)


def sign(text: str, name: str, seed: bytes) -> str:
    """A note with one signature. Raises BadNote for a text that cannot be one."""
    check_text(text)
    body = Ed25519PrivateKey.from_private_bytes(seed).sign(text.encode())
    return join(text, [Signature(name, verifier(name, seed).key_id, body)])


def join(text: str, signatures: Iterable[Signature]) -> str:
    """A text and its signatures as one note."""
    return text + "\n" + "".join(map(str, signatures))


def parse(note: str) -> tuple[str, list[Signature]]:
    """The text of a note and its signatures, none of them checked. Raises BadNote for any other form."""
    head, gap, tail = note.rpartition("\n\n")
    text, lines = head + "\n", tail.split("\n")
    check_text(text)
    if not gap or lines.pop() or not 0 < len(lines) <= MOST_SIGNATURES:
        raise BadNote("a note is a text, an empty line and lines with signatures")
    return text, [_read_signature(line) for line in lines]


def _read_signature(line: str) -> Signature:
    name, _, coded = line.removeprefix(DASH).partition(" ")
    raw = strict_base64(coded)
    if not line.startswith(DASH) or not name or len(raw) <= KEY_ID_BYTES:
        raise BadNote("a signature is a dash, a name and base64")
    return Signature(name, raw[:KEY_ID_BYTES], raw[KEY_ID_BYTES:])


def check_text(text: str) -> None:
    """Raises BadNote unless the text ends its last line and has no control characters."""
    if not text.endswith("\n") or any(ord(c) < 0x20 and c != "\n" for c in text):
        raise BadNote("the text of a note ends in a line break and has no control characters")


def strict_base64(text: str) -> bytes:
    """Standard base64 in its one spelling. Raises BadNote for any other."""
    try:
        raw = b64decode(text, validate=True)
    except ValueError as error:
        raise BadNote("not base64") from error
    if b64encode(raw).decode() != text:
        raise BadNote("base64 with loose ends")
    return raw


def open_note(note: str, key: Verifier) -> str:
    """The text of a note that a known key signed. Raises BadNote when it did not, or a signature of it fails."""
    text, signatures = parse(note)
    mine = [s for s in signatures if s.name == key.name and s.key_id == key.key_id]
    if not mine or not all(key.signed(text.encode(), s.body) for s in mine):
        raise BadNote("not signed by this key")
    return text
