"""How often somebody may try: by code or account, by address for failures only."""

from flask import current_app
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from app.core.errors import HouseError
from app.core.values import Refusal
from app.core.words import N_

WAIT = N_("试的次数太多了。为了安全，请过%(minutes)s分钟再试，或到服务台办理。")


class TooOften(HouseError):
    """Tried more often than a person would."""

    status = 429


def spend(what: str, by: str, rate: str) -> None:
    """Use one try of a rate such as `5/minute`. Raises TooOften when none is left."""
    limiter, item = _limiter(), parse(rate)
    if not limiter.hit(item, what, by):
        raise TooOften(_refusal(item))


def look(what: str, by: str, rate: str) -> None:
    """See that a try is left without using it. Raises TooOften."""
    limiter, item = _limiter(), parse(rate)
    if not limiter.test(item, what, by):
        raise TooOften(_refusal(item))


def _refusal(item: RateLimitItem) -> Refusal:
    return Refusal(WAIT, {"minutes": max(1, item.get_expiry() // 60)})


def _limiter() -> MovingWindowRateLimiter:
    known: MovingWindowRateLimiter | None = current_app.extensions.get("limiter")
    if known is None:
        known = MovingWindowRateLimiter(storage_from_string(current_app.config["REDIS_URL"] or "memory://"))
        current_app.extensions["limiter"] = known
    return known
