"""The daily poster: the head of the log in signs that can be compared by eye, and as a QR code."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from flask import current_app

from app.core.context import EN, CommunityValue
from app.core.formats import clock_time, day
from app.core.house import house
from app.core.i18n import _, lang
from app.core.pdf import pdf
from app.core.qr import qr_svg
from app.core.templating import local
from app.journal.models import JournalCheckpoint
from app.journal.rules.kinds import kind_in_words
from app.journal.rules.notes import DASH

MOST_KINDS = 8
WORDS = {
    "title": "公开账本公告",
    "size": "账本共有",
    "entries": "条",
    "root": "树根",
    "key": "账本公钥",
    "how": "怎样核对",
    "today": "今天记进账本的",
    "none": "今天还没有新的记录。",
    "phone": "没有手机的，请到服务台当面核对。",
    "call": "电话",
    "qr": "二维码：账本的条数、树根和公钥",
}
STEPS = (
    "用手机扫二维码，或者看上面的条数和树根。",
    "打开下面的网址，看网站上同一个条数的树根。两边一个字都不差，就没有人改过。",
    "如果不一样，或者网站说没有这个条数：把这张纸留好，马上告诉四方中的任何一方。",
    "手里有回执的，在网站的“核对回执”里输入八位码，就能看到自己的那一条在里面。",
)


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on the poster. `root` and `root_signs` are the same, the second in groups of four to be read aloud."""

    community: str
    day: str
    at: str
    size: int
    root: str
    root_signs: tuple[str, ...]
    key: str
    address: str
    phone: str
    desk_hours: str
    today: tuple[tuple[str, int], ...]


def head_text(head: JournalCheckpoint, key: str) -> str:
    """What the QR code holds: the head of the log as it was signed, without its signature, when that was, and the key."""
    text = head.note.partition(f"\n{DASH}")[0].strip()
    return f"{text}\n{head.at.isoformat(timespec='seconds')}\n{key}\n"


def poster(here: CommunityValue, head: JournalCheckpoint, key: str, tally: Mapping[str, int], now: datetime) -> Poster:
    """The poster of a head, with what was done on the day on which it is printed."""
    root = b64encode(head.root).decode()
    signed, words = local(head.at), "en" if lang() == EN else "zh"
    at = clock_time(signed, now) if signed.date() == now.date() else _dated(signed, words)
    return Poster(
        here.name,
        _dated(now, words),
        _("截至%(at)s", at=at),
        head.size,
        root,
        tuple(root[start : start + 4] for start in range(0, len(root), 4)),
        key,
        f"{current_app.config['PUBLIC_URL']}/c/{here.slug}/journal/poster?size={head.size}",
        here.phone,
        here.desk_hours,
        tuple((_words(event), many) for event, many in list(tally.items())[:MOST_KINDS]),
    )


def _dated(at: datetime, words: str) -> str:
    """A day with its year: a paper may hang for long."""
    return f"{day(at, at, words)} {at.year}" if words == "en" else f"{at.year}年{day(at, at)}"


def poster_pdf(told: Poster, text: str, at: datetime) -> bytes:
    """The poster as one A4 page, in the language of the record."""
    data = {**asdict(told), "words": WORDS, "steps": STEPS, "qr": qr_svg(text)}
    return pdf("journal/poster.typ", data, at)


def _words(event: str) -> str:
    sentence = house().event_words.get(event)
    if not sentence:
        return _("一条记录")
    return kind_in_words(_(sentence))
