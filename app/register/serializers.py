"""What was refused, for programs and for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import groupby

from app.core.i18n import _, said
from app.register.rules import Figures, Finding

BOM = "\ufeff"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def answer(figures: Figures, rejected: Sequence[dict[str, object]]) -> dict[str, object]:
    """What an import came to: dwellings, owners by head, residents, and every rejected row."""
    return {
        "dwellings": figures.dwellings,
        "owners": figures.owners,
        "residents": figures.residents,
        "rejected": list(rejected),
    }


def rejected_rows(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """One object a rejected row: its number, the columns to mend and all reasons."""
    rows: list[dict[str, object]] = []
    for row, found in groupby(findings, key=lambda finding: finding.row):
        some = list(found)
        columns = dict.fromkeys(finding.column for finding in some)
        rows.append({"row": row, "column": "、".join(columns), "reason": " ".join(said(one.reason) for one in some)})
    return rows


def rejected_csv(findings: Iterable[Finding]) -> str:
    """Every cell to mend, one a line, for the committee's own spreadsheet program."""
    buffer = io.StringIO(BOM)
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer)
    writer.writerow([_("行"), _("格"), _("列"), _("怎么改")])
    writer.writerows([_plain(str(one.row)), one.cell, one.column, _plain(said(one.reason))] for one in findings)
    return buffer.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
