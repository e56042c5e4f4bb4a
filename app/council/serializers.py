"""Minutes as the data of a paper."""

from typing import Any

from app.core.formats import clock_time, short_day
from app.core.pdf import pdf
from app.core.templating import local
from app.council.queries import MinutesView
from app.council.rules.seats import PARTY_NAMES

WORDS = {
    "signatures": "四方签署",
    "signed": "已签",
    "unsigned": "待签",
    "unpublished": "未公布",
    "meaning": "签署不表示赞成决议，只表示纪要属实。",
    "digest": "正文的校验值（SHA-256）：",
}
"""What the paper itself says, in the language of the record."""


def minutes_paper(view: MinutesView) -> dict[str, Any]:
    """The text that stands, with its signatures, as plain data; the language is that of the record."""
    minutes = view.minutes
    return {
        "community": view.hall.community.name,
        "title": f"{view.hall.community.name}四方联席会议纪要",
        "label": minutes.label,
        "version": minutes.version,
        "blocks": [{"kind": block.kind, "text": block.text} for block in minutes.blocks],
        "signs": [_sign(view, party) for party in view.parties],
        "digest": minutes.digest,
        "published": minutes.published_at is not None,
        "words": WORDS,
    }


def _sign(view: MinutesView, party: str) -> dict[str, Any]:
    found = view.signatures.get(party)
    if found is None:
        return {"party": PARTY_NAMES[party], "name": "", "signed": False, "when": ""}
    at = local(found.at)
    day = short_day(at, local(view.minutes.drafted_at))
    return {"party": PARTY_NAMES[party], "name": found.name, "signed": True, "when": f"{day} {clock_time(at, at)}"}


def minutes_pdf(view: MinutesView) -> bytes:
    """The minutes as A4 pages; the same text with the same signatures gives the same octets."""
    changes = [view.minutes.drafted_at, *(sign.at for sign in view.signatures.values())]
    return pdf("council/minutes.typ", minutes_paper(view), max(changes))
