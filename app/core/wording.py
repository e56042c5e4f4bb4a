"""Where a line of Chinese may break: between words in titles, never inside an amount or a date; pure."""

import re
from functools import lru_cache

import rjieba
from markupsafe import Markup, escape

from app.core.formats.amounts import NBSP

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECES = re.compile(rf"[{_HAN}]+|\s+|[^{_HAN}\s]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
# Punctuation at which no line begins or ends; 〔〕 stand inside document numbers and hold both sides.
_CLOSING = tuple("〔，。、；：？！…）》〉”’」』】〕,.;:?!)]}%·／/－–—~")
_OPENING = tuple("（《〈“‘「『【〔([{·／/－–—~〕#№")
# One sign that opens what follows it (第9次, 每月) or stands for itself (和, 在); any other belongs to the word before it.
_LEADING = frozenset("第不没未约共每各再最更无非可这那哪")
_ALONE = frozenset("在和与及或并请建办把被对向让由从为是有要给到就也都将用买开等按换修改增设立拟待需须以因经")
_DOCUMENT = re.compile(r"[^\s，。；：]*〕\d+号?")
_MANY = 4096


def with_breaks(text: str) -> Markup:
    """A title that breaks between words only: `<wbr>` between them, digits with their unit, the rest escaped.

    Text without Chinese is returned unchanged (escaped). Meant for headings, set in `word-break: keep-all`.
    """
    return _broken(text.unescape() if isinstance(text, Markup) else str(text))


@lru_cache(maxsize=_MANY)
def _broken(text: str) -> Markup:
    if not _IS_HAN.search(text):
        return escape(text)
    chunks: list[str] = []
    for word in _words(text):
        if chunks and _holds(chunks[-1], word):
            chunks[-1] += word
        else:
            chunks.append(word)
    return Markup("<wbr>").join(_whole_number(chunk) for chunk in chunks)


def _whole_number(chunk: str) -> Markup:
    """A chunk of a title; the number of a document in it never breaks behind its 〕, where browsers otherwise may."""
    found = _DOCUMENT.search(chunk)
    if found is None:
        return escape(chunk)
    start, end = found.span()
    return escape(chunk[:start]) + Markup('<span class="nb">{}</span>').format(found[0]) + escape(chunk[end:])


_HOLD, _WHOLE = Markup("<wbr>"), Markup('<span class="nb">{}</span>')
_PARTS = re.compile(r"(?<=\d年)(?=\d)|(?<=日–)(?=\d)")


def unbroken(text: str) -> Markup:
    """A date, time or amount whose parts stay whole: every run between spaces in a `.nb`.

    Where even that is too long for the place, a day may begin a line of its own, behind its year or behind the first day of
    a span.
    """
    return Markup(" ").join(
        _HOLD.join(_WHOLE.format(type(run)(part)) for part in _PARTS.split(run)) for run in text.split()
    )


def year_apart(day: str) -> Markup:
    """A day of which the year may stand on a line of its own while day and month stay together."""
    year, sign, rest = day.partition("年")
    if rest:
        return escape(year + sign) + Markup('<wbr><span class="nb">{}</span>').format(rest)
    parts = day.split(NBSP)
    return escape(" ".join((NBSP.join(parts[:2]), *parts[2:])))


def _words(text: str) -> list[str]:
    words: list[str] = []
    for piece in _PIECES.findall(text):
        words.extend(rjieba.cut(piece) if _IS_HAN.match(piece) else [piece])
    return words


def _holds(before: str, word: str) -> bool:
    """Whether a line may not end between what stands and the next word."""
    last = before[-1]
    if last.isspace() or word[0].isspace() or word.startswith(_CLOSING) or last in _OPENING:
        return True
    if last.isdigit() or last in "%²㎡":
        return bool(_IS_HAN.match(word))
    if len(before) == 1 and before not in _ALONE:
        return True
    return len(word) == 1 and word not in _ALONE and word not in _LEADING and last.isalnum()
