"""What the surroundings say: every secret and address comes from the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INSTANCE = ROOT / "instance"
UNSAFE = "unsafe-default-key-for-demo-and-tests-only"
UNREGISTERED = "ocds-213czf"
"""The prefix of OCDS's own examples: for publishers who have not registered one yet."""
SECRETS = ("SECRET_KEY", "DATA_KEY", "BID_KEY", "LOG_MASTER_KEY")


class Misconfigured(SystemExit):
    """The house does not open with a default key or over plain http."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The surroundings of one process."""

    database_url: str
    public_url: str
    storage_url: str
    redis_url: str
    production: bool
    secrets: Mapping[str, str]
    metrics_token: str
    ocds_prefix: str

    @property
    def https(self) -> bool:
        """Whether readers come over https."""
        return self.public_url.startswith("https://")


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the environment. Raises Misconfigured in production without keys of its own or without https, and for a prefix
    that is none.
    """
    env = os.environ if environ is None else environ
    production = env.get("SIFANG_MODE", "demo") == "production"
    public_url = env.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
    secrets = {name: env.get(name, "") for name in SECRETS}
    if production:
        missing = [name for name, value in secrets.items() if len(value) < 32 or value.startswith(UNSAFE)]
        if missing:
            raise Misconfigured(f"Set {', '.join(missing)} (at least 32 characters each) before production starts.")
        if not public_url.startswith("https://"):
            raise Misconfigured("Set PUBLIC_URL to an https address before production starts.")
    ocds_prefix = env.get("OCDS_PREFIX", UNREGISTERED)
    if not re.fullmatch(r"ocds-[a-z0-9]{6}", ocds_prefix):
        raise Misconfigured("OCDS_PREFIX is ocds- and the six small letters and digits that the publisher registered.")
    return Settings(
        database_url=env.get("DATABASE_URL", f"sqlite:///{INSTANCE / 'sifang.sqlite'}"),
        public_url=public_url,
        storage_url=env.get("STORAGE_URL", f"file://{INSTANCE / 'files'}"),
        redis_url=env.get("REDIS_URL", ""),
        production=production,
        secrets={name: value or f"{UNSAFE}-{name}" for name, value in secrets.items()},
        metrics_token=env.get("METRICS_TOKEN", ""),
        ocds_prefix=ocds_prefix,
    )
