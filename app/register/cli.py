"""Taking a committee's spreadsheet in from the terminal."""

import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import click

from app.communities.queries import get_by_slug
from app.core import clock
from app.core.cli import json_option, refuse, reply, say
from app.core.errors import HouseError, check
from app.core.i18n import _, said
from app.core.steady import steady
from app.core.values import Refusal, the_house
from app.register import actions, queries
from app.register.forms import LARGEST_FILE, Sheet, open_workbook, too_large
from app.register.rules import Figures, Reading, missing_refusal, read_register
from app.register.serializers import answer, rejected_rows


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--community", "slug", required=True, help="The community's address, for example wutongli.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@json_option
def import_command(file: Path, slug: str, dry_run: bool, as_json: bool) -> None:
    """Take a register in, whole or not at all."""
    try:
        here = get_by_slug(slug)
    except HouseError as error:
        refuse(error)
    today = clock.today(here.zone)
    say(_("正在读%(name)s", name=file.name))
    size = file.stat().st_size
    content = file.read_bytes() if size <= LARGEST_FILE else b""
    sheet = open_workbook(content) if size <= LARGEST_FILE else too_large(size)
    if isinstance(sheet, Refusal):
        _stop(sheet, as_json)
    reading = _read(sheet, today)
    for note in (*sheet.notes, *reading.notes):
        say(said(note))
    if reading.findings:
        for finding in reading.findings:
            say(f"{finding.row}\t{finding.column}\t{said(finding.reason)}")
        reply(answer(reading.figures, rejected_rows(reading.findings)), as_json, _("一户也没有导入。"))
        raise SystemExit(1)
    try:
        if dry_run:
            check(missing_refusal(queries.foreseen_changes(here.id, reading)))
        else:
            say(_("正在写入名册：共%(count)s户", count=reading.figures.dwellings))
            actions.import_register(the_house(here.id), here.id, reading, sha256(content).hexdigest(), today)
    except HouseError as error:
        _stop(error.refusal, as_json)
    figures = reading.figures
    words = _(
        "%(dwellings)s户，业主%(owners)s人，住户%(residents)s人",
        dwellings=figures.dwellings,
        owners=figures.owners,
        residents=figures.residents,
    )
    reply(answer(figures, []), as_json, words + (_("（只是核对，没有写入）") if dry_run else ""))


def _read(sheet: Sheet, today: date) -> Reading:
    with click.progressbar(sheet.rows, label=_("正在核对各行"), file=sys.stderr) as rows:
        return steady(read_register)(rows, sheet.headings, today)


def _stop(refusal: Refusal, as_json: bool) -> NoReturn:
    """The file as a whole is refused: row 0, no column."""
    say(said(refusal))
    rejected: list[dict[str, object]] = [{"row": 0, "column": "", "reason": said(refusal)}]
    reply(answer(Figures(), rejected), as_json, _("一户也没有导入。"))
    raise SystemExit(1)
