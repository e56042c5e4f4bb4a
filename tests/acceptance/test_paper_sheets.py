"""What the house prints fits on the paper that it is meant for."""

import re
import zlib
from dataclasses import replace
from datetime import UTC, datetime

from flask import Flask

from app.core import clock
from app.core.context import CommunityValue
from app.journal.serializers import Poster, poster_pdf
from app.voting import queries
from app.voting.queries.papers import Sheet
from app.voting.rules.papers import MOST_LINES, PaperLine
from app.voting.serializers import papers_pdf
from tests.polls import open_owners
from tests.world import World

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
HERE = CommunityValue(
    1, "wutongli", "梧桐里社区", "Asia/Shanghai", "周一至周六 8:30–17:30", "5555 0100", "梧桐里12号（1号楼东侧）"
)


def pages(paper: bytes) -> int:
    """How many pages a file has; most of what tells it is packed."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", paper, re.DOTALL)
    told = [paper]
    for one in packed:
        try:
            told.append(zlib.decompress(one))
        except zlib.error:
            continue
    return len(re.findall(rb"/Type ?/Page\b", b"\n".join(told)))


def test_the_days_head_of_the_record_is_one_sheet_however_busy_the_day() -> None:
    root = "VnqrIQ0owp97qNYmVWcgGS/O55qJra+qKqh2HXwBL9w="
    busy = tuple((f"四方联席会议有一席签到，第{kind}种", 10**kind) for kind in range(8))
    poster = Poster(
        "梧桐里社区", "2026年11月27日 星期五", "截至8:18", 123_456, root,
        tuple(root[at : at + 4] for at in range(0, len(root), 4)),
        "yishi.wutongli-community.example.cn/c/wutongli/log+e043aaf0+AbweXArijeU+Ulsb9aepicbAWj+Rpv66x9zBFWGtGfDa",
        "https://yishi.wutongli-community.example.cn/c/wutongli/journal/poster?size=123456", "5555 0100",
        "周一至周六 8:30–17:30", busy,
    )  # fmt: skip
    assert pages(poster_pdf(poster, "x" * 180, NOW)) == 1


def test_a_ballot_paper_with_as_many_homes_as_it_may_hold_keeps_its_receipt_on_the_same_sheet(
    app: Flask, world: World
) -> None:
    poll = queries.get_poll(open_owners(world))
    question = (
        "您是否同意使用维修资金486,200.00元，更新1至6号楼的消防管网、地下室排水泵和二次供水设备，工期九十天，保修五年？"
    )
    lines = tuple(
        PaperLine(one, f"1-1-{one}01", f"1号楼1单元{one}01室", "1号楼", "head", 8760)
        for one in range(1, MOST_LINES + 1)
    )
    with app.test_request_context():
        for many in (1, 2, 5, 6, MOST_LINES):
            sheet = Sheet(1, "1号楼", "T9K73FUSBVRU", lines[:many])
            paper = papers_pdf(HERE, replace(poll, question=question), question[:44], [sheet], clock.now())
            assert pages(paper) == 1, many
