"""What somebody typed into a cell, without what nobody can see."""

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache
from numbers import Real

_NOTHING = frozenset({"-", "--", "---", "—", "——", "/", "\\", "无", "暂无", "没有", "空", "None", "null", "N/A"})
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_PLAIN = re.compile("[!-~\u4e00-\u9fff]*")
_SPACES = re.compile(r"[ \t]+")
_HAN_DIGITS = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HAN_NUMBER = re.compile("[一二三四五六七八九]?十[一二三四五六七八九]?|[〇一二三四五六七八九]")


def cell_text(value: object) -> str:
    """A spreadsheet's value as the text that its reader sees: numbers by their 15 significant digits, days as 2015-07-13.

    Binary fractions end here: a cell of 89.55 gives the text `89.55` and never its nearest binary neighbour.
    """
    if isinstance(value, str):
        return clean(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.15g}" if isinstance(value, Real) else clean(str(value))


def clean(text: str) -> str:
    """One form for what looks the same: full width becomes half width; NUL, zero-width and direction marks go.

    Line breaks stay, since they separate several names in one cell.
    """
    if _PLAIN.fullmatch(text):
        return text
    if text.isprintable() and unicodedata.is_normalized("NFKC", text) and not _UNSEEN.search(text) and "  " not in text:
        return text.strip()
    return _cleaned(text)


@lru_cache(maxsize=4096)
def _cleaned(text: str) -> str:
    flat = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept: list[str] = []
    for char in _UNSEEN.sub("", flat):
        kind = unicodedata.category(char)
        if char == "\n":
            kept.append(char)
        elif kind[0] == "Z" or char == "\t":
            kept.append(" ")
        elif kind not in ("Cc", "Cf"):
            kept.append(char)
    return "\n".join(line.strip() for line in _SPACES.sub(" ", "".join(kept)).split("\n")).strip()


def given(text: str) -> str:
    """The text, or nothing where the writer drew a dash to say that there is nothing."""
    return "" if text in _NOTHING else text


def short(text: str) -> str:
    """What a refusal quotes: at most 40 characters on one line."""
    line = text.replace("\n", " ")
    return line if len(line) <= 40 else f"{line[:39]}…"


def digits_of_han(text: str) -> str:
    """A number up to 99 that was written in characters becomes digits (十二 → 12); anything else stays."""
    if not _HAN_NUMBER.fullmatch(text):
        return text
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return str(_HAN_DIGITS[ones])
    return str((_HAN_DIGITS[tens] if tens else 1) * 10 + (_HAN_DIGITS[ones] if ones else 0))
