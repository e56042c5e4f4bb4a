"""How amounts, times and names are written in Chinese and English, and how figures are drawn; pure.

`filters` hands the whole set to a template environment, bound to a reader.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from app.core.formats.amounts import (
    MEASURE_WORDS,
    area,
    count,
    file_size,
    money,
    money2,
    money_approx,
    number,
    percent,
    plain_area,
    plain_money,
    plain_money2,
)
from app.core.formats.articles import article
from app.core.formats.drawing import Facade, along, facade, facade_of, share
from app.core.formats.names import code_groups, masked, masked_phone
from app.core.formats.times import (
    clock_time,
    day,
    days_left,
    ends_a_day,
    moment,
    near_moment,
    short_day,
    span,
    time_left,
    weekday,
)
from app.core.formats.typed import read_fen

__all__ = [
    "KEYS",
    "Facade",
    "along",
    "area",
    "article",
    "clock_time",
    "code_groups",
    "count",
    "day",
    "days_left",
    "ends_a_day",
    "facade",
    "facade_of",
    "file_size",
    "filters",
    "masked",
    "masked_phone",
    "moment",
    "money",
    "money2",
    "money_approx",
    "near_moment",
    "number",
    "percent",
    "plain_area",
    "plain_money",
    "plain_money2",
    "read_fen",
    "share",
    "short_day",
    "span",
    "time_left",
    "weekday",
]

# Words that templates hand over as they are: the formats put them into the reader's language.
KEYS = MEASURE_WORDS | {"前", "截止"}


def filters(lang: Callable[[], str], now: Callable[[], datetime]) -> dict[str, Callable[..., Any]]:
    """Every format as a template filter for the reader at hand.

    `lang` answers `zh` or `en`; `now` answers the moment in the community's zone, which decides what a day is.
    """

    def worded(make: Callable[..., Any]) -> Callable[..., Any]:
        return lambda value, *rest: make(value, *rest, lang())

    def timed(make: Callable[..., Any]) -> Callable[..., Any]:
        return lambda at, *rest: make(at, *rest, now(), lang())

    def left(make: Callable[..., Any]) -> Callable[..., Any]:
        return lambda at, kind="owed": make(at, now(), lang(), kind)

    def isoformat(at: date) -> str:
        return at.astimezone(now().tzinfo).isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()

    return {
        **{make.__name__: worded(make) for make in (area, article, count, file_size, money, money2, money_approx)},
        **{make.__name__: worded(make) for make in (plain_money, plain_money2)},
        **{make.__name__: timed(make) for make in (day, moment, near_moment, short_day, span, weekday)},
        **{make.__name__: left(make) for make in (time_left, days_left)},
        **{make.__name__: make for make in (code_groups, masked, masked_phone, number, percent, plain_area)},
        **{make.__name__: make for make in (along, facade, facade_of, share)},
        "clock_time": lambda at: clock_time(at, now()),
        "ends_a_day": lambda at: ends_a_day(at, now()),
        "isoformat": isoformat,
    }
