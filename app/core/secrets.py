"""Keeping what must not be read: encryption at rest, fingerprints for recognition, codes for paper."""

import hmac
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ".replace("I", "").replace("O", "").replace("L", "")
"""Letters and digits that nobody mixes up on paper or on the phone."""


def key(name: str, purpose: str) -> bytes:
    """A 32-byte key for one purpose, derived from a secret of the environment."""
    return _of_purpose(_secret(name).split(",")[0], purpose)


def keys(name: str, purpose: str) -> list[bytes]:
    """The keys of one purpose, newest first, from a secret that lists several while it is being changed."""
    return [_of_purpose(secret, purpose) for secret in _secret(name).split(",")]


def _secret(name: str) -> str:
    return str(current_app.config["SECRETS"][name])


def _derive(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")


_of_purpose = lru_cache(maxsize=256)(_derive)


@lru_cache(maxsize=64)
def _cipher(secret: str, purpose: str) -> AESGCM:
    return AESGCM(_derive(secret, purpose))


def encrypt(text: str, purpose: str) -> str:
    """Seal a text at rest with the first DATA_KEY (AES-256-GCM, the purpose is bound in)."""
    nonce = os.urandom(12)
    sealed = _cipher(_secret("DATA_KEY").split(",")[0], purpose).encrypt(nonce, text.encode(), purpose.encode())
    return urlsafe_b64encode(nonce + sealed).decode()


def decrypt(sealed: str, purpose: str) -> str:
    """Read a sealed text with any of the DATA_KEYs (comma-separated, newest first). Raises InvalidTag."""
    raw = urlsafe_b64decode(sealed.encode())
    for secret in _secret("DATA_KEY").split(","):
        try:
            return _cipher(secret, purpose).decrypt(raw[:12], raw[12:], purpose.encode()).decode()
        except InvalidTag:
            continue
    raise InvalidTag


def fingerprint(text: str, purpose: str) -> str:
    """A keyed hash by which equal texts are recognised without being readable (64 hexadecimal digits)."""
    oldest = _secret("DATA_KEY").split(",")[-1]
    return _derive(oldest, f"{purpose}|{text}").hex()


def paper_code(groups: int = 2) -> str:
    """A short code in groups of four that can be read out and typed: `7K4M-29QX`."""
    return "-".join("".join(secrets.choice(CODE_LETTERS) for _ in range(4)) for _ in range(groups))


def read_paper_code(typed: str) -> str:
    """What somebody typed, brought to the form of `paper_code`: spaces, dashes and small letters do not matter."""
    letters = "".join(c for c in typed.upper() if c.isalnum())
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def salt() -> str:
    """32 random bytes as 64 hexadecimal digits."""
    return secrets.token_hex(32)
