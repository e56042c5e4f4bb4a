"""Cosignatures of witnesses (C2SP tlog-cosignature/v1) against lines made by hand, and why one may not cosign."""

import hashlib
from base64 import b64encode
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.core.values import ANYONE, Actor, Ref
from app.journal.rules import (
    BadNote,
    Checkpoint,
    cosign_refusal,
    cosignature,
    cosigned_at,
    open_checkpoint,
    party_refusal,
    possession_text,
    register_refusal,
    verifier,
    with_cosignatures,
    witness_key,
)

ORIGIN = "example.org/c/heping/log"
LOG, SECRET = b"\x01" * 32, b"\x02" * 32
NOTE = Checkpoint(ORIGIN, 5, hashlib.sha256(b"root").digest()).sign(LOG)
PRIVATE = Ed25519PrivateKey.from_private_bytes(SECRET)
PUBLIC = PRIVATE.public_key().public_bytes_raw()
KEY = witness_key(ORIGIN, "owners", PUBLIC)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SECONDS = int(NOW.timestamp())


def by_hand(seconds: int, note: str = NOTE) -> bytes:
    """A signature as the specification says: over `cosignature/v1`, the time, and the text of the note."""
    text = note.partition("\n\n")[0] + "\n"
    return PRIVATE.sign(b"cosignature/v1\ntime %d\n" % seconds + text.encode())


def test_the_key_of_a_witness_is_named_after_the_log_and_its_party() -> None:
    hashed = hashlib.sha256(f"{ORIGIN}/witness/owners\n".encode() + b"\x04" + PUBLIC).hexdigest()[:8]
    coded = b64encode(b"\x04" + PUBLIC).decode()
    assert str(KEY) == f"{ORIGIN}/witness/owners+{hashed}+{coded}"
    with pytest.raises(BadNote):
        witness_key(ORIGIN, "owners", PUBLIC[:-1])


def test_a_line_made_by_hand_is_the_line_of_the_house() -> None:
    raw = KEY.key_id + SECONDS.to_bytes(8, "big") + by_hand(SECONDS)
    line = f"— {ORIGIN}/witness/owners {b64encode(raw).decode()}\n"
    assert str(cosignature(KEY, SECONDS, by_hand(SECONDS))) == line
    note = with_cosignatures(NOTE, [cosignature(KEY, SECONDS, by_hand(SECONDS))])
    assert note == NOTE + line
    assert cosigned_at(note, KEY) == SECONDS
    assert open_checkpoint(note, verifier(ORIGIN, LOG)).size == 5


def refusal(seconds: int = SECONDS, signature: bytes = b"", *, size: int = 5, known: int = 0) -> bool:
    """Whether a cosignature is refused."""
    found = cosign_refusal(NOTE, KEY, seconds, signature or by_hand(seconds), size=size, known=known, now=NOW)
    return found is not None


def test_a_cosignature_of_now_that_holds_is_taken() -> None:
    assert not refusal()
    assert not refusal(known=5)
    assert not refusal(SECONDS - 600)


@pytest.mark.parametrize("seconds", [SECONDS - 601, SECONDS + 601, 0, -1, 2**63])
def test_a_cosignature_of_another_time_is_refused(seconds: int) -> None:
    assert refusal(seconds, b"\0" * 64)


def test_a_false_cosignature_is_refused() -> None:
    good = by_hand(SECONDS)
    assert refusal(signature=bytes([good[0] ^ 1]) + good[1:])
    assert refusal(signature=by_hand(SECONDS + 1))
    other = Checkpoint(ORIGIN, 6, hashlib.sha256(b"root").digest()).sign(LOG)
    assert refusal(signature=by_hand(SECONDS, other))
    assert refusal(signature=PRIVATE.sign(NOTE.partition("\n\n")[0].encode() + b"\n"))


def test_a_witness_confirms_no_shorter_log_than_before() -> None:
    assert refusal(known=6)


def test_whoever_registers_a_key_holds_it() -> None:
    assert register_refusal(KEY, PRIVATE.sign(possession_text(KEY))) is None
    assert register_refusal(KEY, PRIVATE.sign(b"something else")) is not None
    assert register_refusal(KEY, b"") is not None
    assert register_refusal(witness_key(ORIGIN, "branch", PUBLIC), PRIVATE.sign(possession_text(KEY))) is not None


def test_a_party_is_witnessed_by_whoever_holds_one_of_its_seats() -> None:
    owner = Actor(1, frozenset(), frozenset({Ref("owners", 7)}))
    assert party_refusal(owner, 7, "owners") is None
    assert party_refusal(owner, 8, "owners") is not None
    assert party_refusal(owner, 7, "branch") is not None
    assert party_refusal(Actor(1, frozenset(), frozenset({Ref("poll", 7)})), 7, "poll") is not None
    assert party_refusal(ANYONE, 7, "owners") is not None
