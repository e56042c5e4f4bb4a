"""The list of how each unit voted as CSV and as XLSX; no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from app.core.formats.cells import harmless
from app.core.i18n import _
from app.core.templating import local
from app.core.words import N_
from app.voting.queries.exports import ExportLine

COLUMNS = (N_("房屋"), N_("表决"), N_("时间"), N_("方式"), N_("凭证"))
CHOICES = {"yes": N_("同意"), "no": N_("不同意"), "abstain": N_("弃权"), "invalid": N_("无效")}
CHANNELS = {
    "online": N_("网上"),
    "paper": N_("纸质"),
    "stall": N_("投票点"),
    "phone": N_("电话"),
    "proxy": N_("委托"),
    "letter": N_("信件"),
}
BOM = "\ufeff"
PORTION = 200


def _row(line: ExportLine) -> list[str]:
    if line.choice is None or line.at is None:
        return [harmless(line.label), _("没有参加"), "", "", ""]
    evidence = _("回执%(code)s", code=line.code)
    if line.intake is not None:
        evidence = _("%(receipt)s，服务台第%(number)s号", receipt=evidence, number=line.intake)
    return [
        harmless(line.label),
        harmless(_(CHOICES.get(line.choice, line.choice))),
        local(line.at).isoformat(timespec="seconds"),
        _(CHANNELS.get(line.channel or "", line.channel or "")),
        harmless(evidence),
    ]


def votes_csv(lines: Iterable[ExportLine]) -> Iterator[bytes]:
    """The list as CSV in UTF-8 with its mark."""
    yield BOM.encode() + _csv([[_(column) for column in COLUMNS]])
    rest = iter(lines)
    while portion := list(islice(rest, PORTION)):
        yield _csv([_row(line) for line in portion])


def votes_xlsx(lines: Iterable[ExportLine]) -> bytes:
    """The list as a workbook; every cell is a text."""
    from openpyxl import Workbook  # noqa: PLC0415  a server answers sooner without it
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  a server answers sooner without it

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("逐户清单"))
    for row in ([_(column) for column in COLUMNS], *map(_row, lines)):
        cells = [WriteOnlyCell(sheet, value=value) for value in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()
