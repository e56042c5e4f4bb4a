"""A table as an XLSX workbook, row by row: a spreadsheet of any length in the memory of one row (ECMA-376, inline texts)."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any, cast
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from app.core.streams import Pipe
from app.core.values import Fen
from app.opendata.rules import FORMULA, Table
from app.opendata.rules.objects import points

MOST_ROWS, MOST_SIGNS = 1_048_576, 32_767
PORTION, LARGEST = 32_768, 2**30
EPOCH = date(1899, 12, 30)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XLSX = f"{KIND}.sheet"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Styles by their place in the list below: plain, heading, day, moment, amount, text that looks like a formula.
PLAIN, BOLD, DAY, MOMENT, AMOUNT, QUOTED = range(6)
FORMATS = (0, 0, 14, 22, 4, 0)
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
QUOTE = ' quotePrefix="1"'
Row = Sequence[Any]


def xlsx_file(
    table: Table,
    rows: Iterable[Row],
    zone: ZoneInfo,
    words: Sequence[Row],
    most: int = MOST_ROWS,
    largest: int = LARGEST,
) -> Iterator[bytes]:
    """A workbook with the rows on as many sheets as they need, and a last sheet that says what each column is.

    `most` lines and about `largest` bytes go on each sheet; `words` describe the columns, their heading first.
    """
    pipe = Pipe()
    head = [column.name for column in table.columns]
    sheets: list[str] = []
    left = iter(rows)
    # Any file object that can be written will do; it is never sought in.
    with zipfile.ZipFile(cast("IO[bytes]", pipe), "w", zipfile.ZIP_DEFLATED) as folder:
        ahead: list[Row] = []
        while not sheets or ahead:
            sheets.append(table.name if not sheets else f"{table.name}-{len(sheets) + 1}")
            left = chain(ahead, left)
            yield from _sheet(folder, pipe, len(sheets), head, islice(left, most - 1), zone, largest)
            ahead = list(islice(left, 1))
        sheets.append("columns")
        yield from _sheet(folder, pipe, len(sheets), words[0], iter(words[1:]), zone, largest)
        for name, text in _parts(sheets).items():
            folder.writestr(name, HEAD + text)
    yield pipe.take()


def _sheet(
    folder: zipfile.ZipFile, pipe: Pipe, number: int, head: Row, rows: Iterator[Row], zone: ZoneInfo, largest: int
) -> Iterator[bytes]:
    """One sheet, until its rows end or it grows too large for a plain zip (ZIP64 is not read by every spreadsheet)."""
    with folder.open(f"xl/worksheets/sheet{number}.xml", "w") as sheet:
        written = sheet.write((HEAD + SHEET + _row(head, zone, heading=True)).encode())
        for row in rows:
            written += sheet.write(_row(row, zone, heading=False).encode())
            if pipe.size > PORTION:
                yield pipe.take()
            if written > largest:
                break
        sheet.write(b"</sheetData></worksheet>")


def _row(values: Row, zone: ZoneInfo, *, heading: bool) -> str:
    return f"<row>{''.join(_cell(value, zone, heading=heading) for value in values)}</row>"


def _cell(value: Any, zone: ZoneInfo, *, heading: bool) -> str:
    match value:
        case None | "":
            return "<c/>"
        case bool():
            return f'<c t="b"><v>{int(value)}</v></c>'
        case int() | Decimal():
            return f"<c><v>{value}</v></c>"
        case Fen():
            return f'<c s="{AMOUNT}"><v>{points(value.amount)}</v></c>'
        case datetime():
            local = value.astimezone(zone)
            seconds = local.hour * 3600 + local.minute * 60 + local.second
            return f'<c s="{MOMENT}"><v>{_days(local.date()) + Decimal(seconds) / 86_400:.10f}</v></c>'
        case date():
            return f'<c s="{DAY}"><v>{_days(value)}</v></c>'
    text = ILLEGAL.sub("", str(value))[:MOST_SIGNS]
    style = BOLD if heading else QUOTED if text.startswith(FORMULA) else PLAIN
    return (
        f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{escape(ESCAPED.sub("_x005F_", text))}</t></is></c>'
    )


def _days(day: date) -> int:
    return (day - EPOCH).days


SHEET = (
    f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="18" '
    'defaultRowHeight="15"/><sheetData>'
)


def _parts(sheets: Sequence[str]) -> dict[str, str]:
    """Everything of a workbook that is not a sheet."""
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{KIND}.worksheet+xml"/>'
        for number in numbers
    )
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, sheets, strict=True)
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    styles = "".join(
        f'<xf numFmtId="{form}" fontId="{int(place == BOLD)}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
        f'applyFont="1"{QUOTE if place == QUOTED else ""}/>'
        for place, form in enumerate(FORMATS)
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{KIND}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}<Relationship '
        f'Id="rId{len(sheets) + 1}" Type="{DOCUMENT}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/>'
        '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
        'patternType="gray125"/></fill></fills><borders count="1">'
        '<border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(FORMATS)}">{styles}</cellXfs><cellStyles count="1"><cellStyle '
        'name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    }
