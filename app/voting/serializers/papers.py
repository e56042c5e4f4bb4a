"""Ballot papers as pages: the question and its boxes, the code and its QR, a receipt to tear off."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import current_app

from app.core.context import CommunityValue
from app.core.formats import area, clock_time, day
from app.core.pdf import pdf
from app.core.qr import qr_svg
from app.core.templating import local
from app.voting.queries import PollRow
from app.voting.queries.papers import Sheet
from app.voting.rules.papers import boxes
from app.voting.rules.terms import ABSTAIN, APPROVAL, ONE, PHONE

STEP = 25
ABSTENTION = "算参加，不算同意"
HOW = {
    ONE: "在一个方格里打“√”。打两个以上，或者看不清选了哪个，是无效票：算参加，不算同意。",
    APPROVAL: "赞成哪项，就在哪项的方格里打“√”，可以选多项。",
}
OTHER = "按各项的说明，在方格里写数字。"
WORDS = {
    "paper": "选票",
    "how": "怎样填",
    "sign": "签名",
    "date": "日期",
    "without": "不交纸也可以投",
    "code": "选票码",
    "keep": "选票码等于您的选票，请不要给别人看。纸丢了，到服务台换一张，旧码就不能用了。",
    "receipt": "收票回执",
    "tear": "沿虚线撕下，自己留着",
    "received": "收票日期",
    "receiver": "收票人",
    "unit": "房屋",
    "area": "面积",
    "among": "等",
    "lines": "套",
}
"""What stands on every sheet, in the language of the record."""


def code_address(community: CommunityValue, number: int) -> str:
    """Where a code is typed, as it is printed."""
    return f"{current_app.config['PUBLIC_URL']}/c/{community.slug}/polls/{number}/code"


def papers_pdf(
    community: CommunityValue,
    poll: PollRow,
    title: str,
    sheets: Sequence[Sheet],
    at: datetime,
    tell: Callable[[int], None] = lambda _done: None,
) -> bytes:
    """Sheets become A4 pages in one file; `tell` hears after every few how many are drawn."""
    address = code_address(community, poll.number)
    drawn = []
    for done, sheet in enumerate(sheets, 1):
        drawn.append(_sheet(sheet, address))
        if done % STEP == 0:
            tell(done)
    return pdf("voting/papers.typ", {**_about(community, poll, title, address), "sheets": drawn}, at)


def _sheet(sheet: Sheet, address: str) -> dict[str, Any]:
    return {
        "named": f"第{sheet.number}张",
        "code": sheet.code,
        # Behind the #, so that no server on the way ever reads the code in an address.
        "qr": qr_svg(f"{address}#{sheet.code}"),
        "lines": [{"label": line.label, "area": area(line.area) if line.area else ""} for line in sheet.lines],
    }


def _about(community: CommunityValue, poll: PollRow, title: str, address: str) -> dict[str, Any]:
    ends, now = local(poll.closes_at), local(poll.opens_at)
    options = [{"label": label, "note": ABSTENTION if key == ABSTAIN else ""} for key, label in boxes(poll.terms)]
    place = "，".join(part for part in (community.address, community.desk_hours) if part)
    return {
        "community": community.name,
        "title": title,
        "poll": f"第{poll.number}号表决",
        "question": poll.question,
        "options": options,
        "columns": poll.terms.selection == ONE,
        "how": HOW.get(poll.terms.selection, OTHER),
        "until": f"{day(ends, now)} {clock_time(ends, ends)}前",
        "place": f"交到服务台：{place}" if place else "交到服务台",
        "online": f"用手机扫右边的码；或打开 {address.split('://', 1)[-1]}，输入选票码。",
        "phone": _phone(community, poll),
        "words": WORDS,
    }


def _phone(community: CommunityValue, poll: PollRow) -> str:
    if PHONE not in poll.terms.channels or not community.phone:
        return ""
    return f"没有手机：打电话{community.phone}，两位工作人员一起听、一起记。"
