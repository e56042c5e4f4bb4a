"""How often somebody may try: by code or account, by address for failures only."""

import time
from functools import lru_cache

from flask import current_app
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from app.core.errors import HouseError
from app.core.values import Refusal
from app.core.words import N_

WAIT = N_("试的次数太多了。为了安全，请过%(minutes)s分钟再试，或到服务台办理。")
PAUSE = 10.0


class TooOften(HouseError):
    """Tried more often than a person would."""

    status = 429


def spend(what: str, by: str, rate: str) -> None:
    """Use one try of a rate such as `5/minute`. Raises TooOften when none is left."""
    limiter, item = _limiter(), _item(rate)
    if not limiter.hit(item, what, by):
        raise TooOften(_refusal(item))


def look(what: str, by: str, rate: str) -> None:
    """See that a try is left without using it. Raises TooOften."""
    limiter, item = _limiter(), _item(rate)
    if not limiter.test(item, what, by):
        raise TooOften(_refusal(item))


_item = lru_cache(maxsize=64)(parse)


class Windows(MemoryStorage):
    """What this process counted. The library sweeps in a new thread at every try; once in a while is enough."""

    swept = 0.0

    def _MemoryStorage__schedule_expiry(self) -> None:  # noqa: N802  the library's own name for it
        now = time.monotonic()
        if now - self.swept > PAUSE:
            self.swept = now
            super()._MemoryStorage__schedule_expiry()  # type: ignore[misc]  # as above


def _refusal(item: RateLimitItem) -> Refusal:
    return Refusal(WAIT, {"minutes": max(1, item.get_expiry() // 60)})


def _limiter() -> MovingWindowRateLimiter:
    known: MovingWindowRateLimiter | None = current_app.extensions.get("limiter")
    if known is None:
        url = current_app.config["REDIS_URL"]
        known = MovingWindowRateLimiter(storage_from_string(url) if url else Windows())
        current_app.extensions["limiter"] = known
    return known
