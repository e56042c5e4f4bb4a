"""Who is not reached yet as a file, and a posting as a poster."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import segno

from app.core.context import CommunityValue
from app.core.formats import short_day
from app.core.i18n import _
from app.core.pdf import pdf
from app.core.wording import with_breaks
from app.publication.queries import Line, PostingRow
from app.publication.rules import GENERAL, KINDS, WAY_WORDS, ways_of

BOM = "\ufeff"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
A4, A3 = "a4", "a3"
NO_YEAR = datetime(1, 1, 2, tzinfo=UTC)
OF_DATES = frozenset("0123456789:年月日")
JOINER = "\u2060"
WORDS = {
    "notice": "公示",
    "term": "公示期",
    "scan": "手机扫码看全文",
    "desk": "不用手机，请到服务台看全文",
    "until": "至",
}
"""What the poster itself says, in the language of the record."""


def unreached_csv(lines: Iterable[Line]) -> str:
    """Every household not reached, in the order of a walk, for the committee's own spreadsheet program."""
    buffer = io.StringIO(BOM)
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer)
    writer.writerow([_("楼"), _("门牌"), _("哪一户"), _("已经试过")])
    for line in lines:
        tried = _("、").join(_(WAY_WORDS[way]) for way in ways_of(line.ways))
        writer.writerow([harmless(words) for words in (line.building, line.key, line.label, tried)])
    return buffer.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def qr_rows(address: str) -> list[list[bool]]:
    """A QR code of an address as rows of dark and light, with its quiet border."""
    return [[bool(dark) for dark in row] for row in segno.make(address, error="m", micro=False).matrix_iter(border=4)]


def full_day(day: date, language: str = "zh") -> str:
    """A day as paper writes it, always with its year."""
    return short_day(day, NO_YEAR, language)


def unbroken_words(text: str) -> str:
    """A line that a compositor breaks between words only, and never within a date: an invisible joiner inside each piece."""
    pieces: list[str] = []
    for piece in map(unescape, str(with_breaks(text)).split("<wbr>")):
        if pieces and piece and pieces[-1][-1] in OF_DATES and piece[0] in OF_DATES:
            pieces[-1] += piece
        elif piece:
            pieces.append(piece)
    return "".join(JOINER.join(piece) for piece in pieces)


def poster_paper(posting: PostingRow, here: CommunityValue, address: str, size: str) -> dict[str, Any]:
    """A posting as the data of a poster: one sentence, its days, a code, and a way without a telephone."""
    return {
        "paper": size,
        "community": here.name,
        "kind": WORDS["notice"] if posting.kind == GENERAL else KINDS[posting.kind],
        "title": unbroken_words(posting.title),
        "sentence": unbroken_words(posting.sentence),
        "begins": full_day(posting.span.begins),
        "last": full_day(posting.span.last),
        "number": f"第{posting.number}号公示",
        "address": address,
        "rows": qr_rows(address),
        "desk": [words for words in (here.address, here.desk_hours, here.phone and f"电话 {here.phone}") if words],
        "digest": posting.digest,
        "words": WORDS,
    }


def poster_pdf(posting: PostingRow, here: CommunityValue, address: str, size: str) -> bytes:
    """A poster on A4 or A3; the same posting gives the same octets."""
    return pdf("publication/poster.typ", poster_paper(posting, here, address, size), posting.posted_at)
