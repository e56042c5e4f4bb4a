"""Open data from the terminal: `flask opendata ocds`."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from app.communities.queries import get_by_slug
from app.core.cli import json_option, misuse, refuse, reply, say
from app.core.errors import HouseError
from app.core.i18n import _
from app.opendata import queries, serializers
from app.opendata.rules import Json


@click.command("ocds")
@click.option("--community", "slug", required=True, help="The community's address, for example wutongli.")
@click.option("--out", "out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@json_option
def ocds(slug: str, out: Path, as_json: bool) -> None:
    """Write every purchase of a community as one OCDS 1.1 record package."""
    try:
        here = get_by_slug(slug)
    except HouseError as error:
        refuse(error)
    years = sorted(queries.years(here))
    head = queries.package(here, "/ocds/records.json", [])
    if years:
        home = head["publisher"]["uri"]
        head["packages"] = [f"{home}ocds/releases-{year}.json" for year in years]
    else:
        say(_("还没有采购：文件里没有记录，而OCDS的格式要求至少有一条。"))
    label = _("正在写采购记录")
    with click.progressbar(queries.records(here), length=queries.how_many(here), label=label, file=sys.stderr) as told:
        try:
            written = _write(out, head, told)
        except OSError as error:
            misuse(_("写不了文件%(name)s：%(why)s", name=out.name, why=error.strerror or ""))
    words = _("%(many)s项采购写在%(name)s里。", many=written, name=out.name)
    reply({"records": written, "file": str(out)}, as_json, words)


def _write(out: Path, head: Json, told: Iterator[Json]) -> int:
    """Write beside the file and put it in its place at the end: a file is there whole or not at all."""
    written = 0

    def counted() -> Iterator[Json]:
        nonlocal written
        for one in told:
            written += 1
            yield one

    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(serializers.portions(serializers.json_pieces(head, "records", counted())))
        Path(name).chmod(0o644)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return written
