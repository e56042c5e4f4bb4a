"""What kind of line a row is, and merged cells undone: what can be said before any cell is understood."""

import re
from collections.abc import Iterable, Sequence

from app.register.rules.headings import AREA, BUILDING, OWNER, ROOM, Headings, is_headings_again

MergedRange = tuple[tuple[int, int], tuple[int, int]]
BLANK, SUM, BANNER, FOOTER, LINE = "blank", "sum", "banner", "footer", "line"

_SUM = re.compile(
    r"(?:本页|本栋|本单元|全小区|[0-9A-Za-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|座|单元))?\s*(?:合\s*计|小\s*计|总\s*计|共\s*计)[:：]?.*"
)
_FOOTER = re.compile(r"(?:制表|填表|审核|复核|备注|说明|注|统计日期|填报|打印)[人员单位日期时间]*\s*[:：].*")


def unmerged(
    rows: Sequence[Sequence[object]], ranges: Iterable[MergedRange], headings: Headings
) -> list[Sequence[object]]:
    """The rows with each merged cell written in all its rows, as a reader sees it.

    Room and area are left as they stand: a blank there means the same dwelling, and an area must never count twice.
    """
    columns = {column for key, column in headings.columns.items() if key not in (ROOM, AREA)}
    told: list[Sequence[object]] = list(rows)
    for (first, column), (last, _) in ranges:
        if column not in columns or first < headings.row or last >= len(told) or column >= len(told[first]):
            continue
        value = told[first][column]
        for index in range(first + 1, last + 1):
            cells = list(told[index])
            if column < len(cells):
                cells[column] = value
                told[index] = cells
    return told


def kind_of_line(cells: Sequence[str], headings: Headings) -> str:
    """Whether a row speaks of a dwelling, or is blank, a sum, a banner over a group, or a footer."""
    columns = headings.columns
    written = [index for index, text in enumerate(cells) if text]
    if not written:
        return BLANK
    room = columns[ROOM]
    if room < len(cells) and cells[room]:
        return BANNER if is_headings_again(cells[room]) else LINE
    first = cells[written[0]]
    owner = columns[OWNER]
    if not (owner < len(cells) and cells[owner]):
        if _SUM.fullmatch(first):
            return SUM
        if _FOOTER.fullmatch(first):
            return FOOTER
    if len(written) == 1 and (written[0] <= columns[BUILDING] or written[0] not in columns.values()):
        return FOOTER if _FOOTER.fullmatch(first) else BANNER
    return LINE
