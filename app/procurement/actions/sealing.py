"""Sealing a bid at rest, and opening it after the deadline.

Until bids are sealed in the bidder's browser the key comes from the environment (BID_KEY), so that whoever runs the
server could read them: the pages say so.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.secrets import key, keys
from app.journal.rules import commitment
from app.journal.rules.canonical import Json

NONCE = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """What a bidder hands in: price in fen, how the work will be done, by whom, and what is declared."""

    price: int
    plan: str
    team: str
    declarations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """Which bid it is: bound into the sealing, so that no bid can be put in another's place."""

    tender_id: int
    organisation_id: int
    sequence: int

    @property
    def aad(self) -> bytes:
        """tender|organisation|sequence."""
        return f"{self.tender_id}|{self.organisation_id}|{self.sequence}".encode()

    @property
    def purpose(self) -> str:
        """For which tender the key is derived."""
        return f"bid|{self.tender_id}"


def seal(offer: Offer, address: Address) -> bytes:
    """Close an offer with AES-256-GCM: nonce ‖ ciphertext, as long for every offer as its texts are."""
    nonce = os.urandom(NONCE)
    plain = json.dumps(asdict(offer), ensure_ascii=False).encode()
    return nonce + AESGCM(key("BID_KEY", address.purpose)).encrypt(nonce, plain, address.aad)


def unseal(body: bytes, address: Address) -> Offer:
    """Open an offer with any of the BID_KEYs. Raises InvalidTag for a body that was changed or put in another's place."""
    for secret in keys("BID_KEY", address.purpose):
        try:
            plain = AESGCM(secret).decrypt(body[:NONCE], body[NONCE:], address.aad)
        except InvalidTag:
            continue
        raw = json.loads(plain)
        return Offer(raw["price"], raw["plan"], raw["team"], tuple(raw["declarations"]))
    raise InvalidTag


def bound(body: bytes, address: Address, salt: str) -> str:
    """The commitment to a sealed bid that goes into the record: it hides who it was until the salt is shown."""
    told: dict[str, Json] = {
        "tender": address.tender_id,
        "organisation": address.organisation_id,
        "sequence": address.sequence,
        "sealed": hashlib.sha256(body).hexdigest(),
    }
    return commitment(bytes.fromhex(salt), told)
