"""Witnesses of the four parties: the name of a key, why one may not cosign, and who is behind."""

from datetime import UTC, datetime, timedelta

from app.core.values import PARTIES, Actor, Ref, Refusal
from app.core.words import N_
from app.journal.rules.checkpoints import cosigned_at
from app.journal.rules.notes import COSIGNATURE, BadNote, Signature, Verifier, join, parse

CLOCK_SLACK = timedelta(minutes=10)
_ARTICLE = N_("四方联席会议")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def witness_key(origin: str, party: str, public: bytes) -> Verifier:
    """The key of a party's witness; its name is the log's address with `witness` and the party behind it.

    Raises BadNote unless the public key has 32 bytes.
    """
    return Verifier(f"{origin}/witness/{party}", public, COSIGNATURE)


def possession_text(key: Verifier) -> bytes:
    """What a browser signs to show that it holds the private half of the key that it registers."""
    return f"sifang witness/v1\n{key}\n".encode()


def cosignature(key: Verifier, seconds: int, signature: bytes) -> Signature:
    """The line under a head by which a witness cosigned it (C2SP tlog-cosignature/v1)."""
    return Signature(key.name, key.key_id, seconds.to_bytes(8, "big") + signature)


def with_cosignatures(note: str, lines: list[Signature]) -> str:
    """A signed head with the lines of its witnesses behind that of the log."""
    text, signatures = parse(note)
    return join(text, [*signatures, *lines])


def speaks_for(actor: Actor, community_id: int, party: str) -> bool:
    """Whether somebody acts for a party: whoever holds one of its seats."""
    return party in PARTIES and Ref(party, community_id) in actor.acts_as


def party_refusal(actor: Actor, community_id: int, party: str) -> Refusal | None:
    """A party's witness is somebody who holds one of its seats."""
    if speaks_for(actor, community_id, party):
        return None
    return Refusal(N_("只有这一方在任的委员，才能代表它见证账本。"), article=_ARTICLE)


def register_refusal(key: Verifier, proof: bytes) -> Refusal | None:
    """Whoever registers a key shows that it holds its private half."""
    if len(proof) != 64 or not key.signed(possession_text(key), proof):
        return Refusal(N_("这把钥匙的签名对不上。请重新打开这一页再试。"))
    return None


def cosign_refusal(
    note: str, key: Verifier, seconds: int, signature: bytes, *, size: int, known: int, now: datetime
) -> Refusal | None:
    """A cosignature holds, is of now, and of no shorter log than the witness has confirmed before (`known`)."""
    if not 0 <= seconds < 1 << 33 or abs(now - _EPOCH - timedelta(seconds=seconds)) > CLOCK_SLACK:
        return Refusal(N_("这台设备的时间和网站差得太多。请把设备的时间调准再试。"))
    if size < known:
        return Refusal(N_("您以前确认过更长的账本，不能再确认更短的。"))
    try:
        found = cosigned_at(with_cosignatures(note, [cosignature(key, seconds, signature)]), key)
    except BadNote:
        found = None
    if found is None:
        return Refusal(N_("这次联署的签名对不上。请重新打开这一页再试。"))
    return None
