"""The key of a log, derived from one master key, so that no private key is stored anywhere."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"sifang/log/ed25519/v1|"


def log_seed(master: str, log_id: str) -> bytes:
    """The Ed25519 seed (32 bytes) of the log with an id: HKDF-SHA256 of the master key."""
    if not master or not log_id:
        raise ValueError("a master key and a log id are needed")
    return HKDF(SHA256(), 32, salt=None, info=PURPOSE + log_id.encode()).derive(master.encode())


def origin(public_url: str, slug: str) -> str:
    """The name of a community's log: host and path where it is served, without scheme and trailing slash."""
    return f"{public_url.partition('://')[2].rstrip('/')}/c/{slug}/log"
