"""A table as CSV and as JSON, row by row."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.core.values import Fen
from app.opendata.rules import Table, harmless
from app.opendata.rules.objects import points
from app.opendata.serializers.jsons import json_pieces, portions

BOM = "\ufeff"
Row = Sequence[Any]


def csv_file(table: Table, rows: Iterable[Row], zone: ZoneInfo) -> Iterator[bytes]:
    """RFC 4180 in UTF-8 with its mark, so that spreadsheets read Chinese; no cell is taken for a formula."""
    return portions(_csv_lines(table, rows, zone))


def _csv_lines(table: Table, rows: Iterable[Row], zone: ZoneInfo) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line)
    yield BOM
    for row in _headed(table, rows):
        writer.writerow([_cell(value, zone) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _headed(table: Table, rows: Iterable[Row]) -> Iterator[Row]:
    yield [column.name for column in table.columns]
    yield from rows


def _cell(value: Any, zone: ZoneInfo) -> object:
    match plain(value, zone):
        case None:
            return ""
        case bool() as flag:
            return "true" if flag else "false"
        case str() as text:
            return harmless(text)
        case other:
            return other


def plain(value: Any, zone: ZoneInfo) -> Any:
    """A value as files hold it: amounts in yuan, moments and days as ISO 8601 with the community's offset."""
    match value:
        case Fen():
            return points(value.amount)
        case datetime():
            return value.astimezone(zone).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case _:
            return value


def json_file(table: Table, rows: Iterable[Row], zone: ZoneInfo, community: str) -> Iterator[bytes]:
    """One object: which table of which community, and its rows as objects."""
    names = [column.name for column in table.columns]
    objects = (dict(zip(names, (plain(value, zone) for value in row), strict=True)) for row in rows)
    return portions(json_pieces({"table": table.name, "community": community}, "rows", objects))
