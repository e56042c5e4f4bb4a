"""Amounts as people write them: money in fen, floor area in 0.01 m², counts with their unit. Integers only."""

from markupsafe import Markup

NBSP = "\u00a0"
MINUS = "\u2212"
_ENGLISH_UNITS = {
    "人": ("person", "people"),
    "席": ("seat", "seats"),
    "户": ("dwelling", "dwellings"),
    "套": ("unit", "units"),
    "件": ("matter", "matters"),
    "条": ("item", "items"),
    "项": ("item", "items"),
    "份": ("copy", "copies"),
    "票": ("ballot", "ballots"),
    "方": ("party", "parties"),
    "家": ("organisation", "organisations"),
    "分": ("point", "points"),
    "次": ("time", "times"),
    "行": ("row", "rows"),
    "页": ("page", "pages"),
    "天": ("day", "days"),
    "个工作日": ("working day", "working days"),
    "位": ("person", "people"),
    "名": ("person", "people"),
    "栋": ("building", "buildings"),
    "笔": ("payment", "payments"),
    "场": ("meeting", "meetings"),
    "小时": ("hour", "hours"),
    "分钟": ("minute", "minutes"),
    "个月": ("month", "months"),
    "年": ("year", "years"),
}
MEASURE_WORDS = frozenset(_ENGLISH_UNITS)
_WAN, _MILLION, _YI = 10_000, 1_000_000, 100_000_000


def number(value: int) -> str:
    """A whole number with commas between thousands."""
    return f"{MINUS if value < 0 else ''}{abs(value):,}"


def count(value: int, unit: str, lang: str = "zh") -> str:
    """How many of what: 1,234人 and 1,234 people. `unit` is the Chinese measure word; unknown ones stay as they are."""
    if lang != "en":
        return number(value) + unit
    one, many = _ENGLISH_UNITS.get(unit, (unit, unit))
    return f"{number(value)}{NBSP}{one if abs(value) == 1 else many}"


def plain_money(fen: int, lang: str = "zh") -> str:
    """An amount in prose: 126,000元, and 126,000.50元 where there are fen."""
    return _yuan(fen, lang, always_two=fen % 100 != 0)


def plain_money2(fen: int, lang: str = "zh") -> str:
    """An amount with both decimals, as in tables and ballots: 486,200.00元."""
    return _yuan(fen, lang, always_two=True)


def money(fen: int, lang: str = "zh") -> Markup:
    """`plain_money` kept on one line."""
    return Markup('<span class="money">{}</span>').format(plain_money(fen, lang))


def money2(fen: int, lang: str = "zh") -> Markup:
    """`plain_money2` kept on one line, for columns."""
    return Markup('<span class="money">{}</span>').format(plain_money2(fen, lang))


def money_approx(fen: int, lang: str = "zh") -> str:
    """An amount as one says it: 约48.6万元, without 约 where nothing was rounded; below 10,000元 as it is."""
    if abs(fen) < _WAN * 100:
        return plain_money(fen, lang)
    if lang == "en":
        size, name = (_MILLION // 10, "million") if abs(fen) >= _MILLION * 100 else (1_000, "")
    else:
        size, name = (_YI // 10, "亿") if abs(fen) >= _YI * 100 - _WAN * 5 else (_WAN // 10, "万")
    steps = (abs(fen) + size * 50) // (size * 100)
    figure = _tenths(steps) if name else number(steps * size)
    about = steps * size * 100 != abs(fen)
    sign = MINUS if fen < 0 else ""
    if lang == "en":
        return "about " * about + sign + NBSP.join(part for part in (figure, name, "yuan") if part)
    return f"{'约' * about}{sign}{figure}{name}元"


def area(hundredths: int, lang: str = "zh") -> str:
    """A floor area given in 0.01 m²: 1,340.55 m² in both languages, its unit never on another line."""
    del lang
    return f"{_two_decimals(hundredths)}{NBSP}m²"


def plain_area(hundredths: int) -> str:
    """The figure of a floor area without its unit, for columns whose head names the unit."""
    return _two_decimals(hundredths)


def percent(part: int, whole: int) -> str:
    """A share of a whole with one decimal, rounded half up: 61.0%. Nothing of nothing is 0.0%."""
    if whole <= 0 or part <= 0:
        return "0.0%"
    permille = (part * 2000 + whole) // (whole * 2)
    return f"{permille // 10}.{permille % 10}%"


def file_size(octets: int, lang: str = "zh") -> str:
    """How large a file is: 410 KB, 1.8 MB."""
    del lang
    if octets < 1_000_000:
        return f"{number(max((octets + 999) // 1000, 1))}{NBSP}KB"
    return f"{_tenths((octets + 50_000) // 100_000)}{NBSP}MB"


def _yuan(fen: int, lang: str, always_two: bool) -> str:
    figure = _two_decimals(fen) if always_two else number(fen // 100 if fen >= 0 else -(-fen // 100))
    return f"{figure}{NBSP}yuan" if lang == "en" else f"{figure}元"


def _tenths(tenths: int) -> str:
    return number(tenths // 10) + (f".{tenths % 10}" if tenths % 10 else "")


def _two_decimals(hundredths: int) -> str:
    whole, rest = divmod(abs(hundredths), 100)
    return f"{MINUS if hundredths < 0 else ''}{whole:,}.{rest:02d}"
