"""Bringing in a poll from the terminal: `flask voting import`."""

import hashlib
from pathlib import Path

import click

from app.assemblies.actions import import_residents_poll
from app.communities.queries import get_by_slug
from app.core.cli import json_option, misuse, refuse, reply, say
from app.core.errors import HouseError
from app.core.i18n import _, said
from app.core.values import Refusal, the_house
from app.voting.rules import Malformed, read_pb
from app.voting.rules.methods import read_soi

READERS = {".pb": read_pb, ".soi": read_soi, ".soc": read_soi}


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--community", "slug", required=True, help="The community's address.")
@json_option
def import_poll(file: Path, slug: str, as_json: bool) -> None:
    """Bring in a closed residents' poll with the options and ballots of a .pb or .soi file."""
    read = READERS.get(file.suffix.lower())
    if read is None:
        misuse(_("只能导入.pb和.soi文件。"))
    try:
        data = file.read_bytes()
    except OSError:
        misuse(_("打不开文件%(name)s。", name=file.name))
    try:
        election = read(data)
        say(_("读到%(many)s张选票，正在导入。", many=sum(vote.times for vote in election.votes)))
        here = get_by_slug(slug).id
        digest = hashlib.sha256(data).hexdigest()
        done = import_residents_poll(the_house(here), here, election, digest, _told)
    except Malformed as fault:
        refuse(f"{fault.path}: {said(Refusal(fault.why, fault.values))}")
    except HouseError as error:
        refuse(error)
    rejected = [{"line": one.line, "ballot": one.voter, "reason": said(one.reason)} for one in election.rejected]
    reply(
        {"poll": done.poll_number, "options": done.options, "ballots": done.ballots, "rejected": rejected},
        as_json,
        _("第%(number)s号表决：%(options)s个选项，%(ballots)s张选票。", number=done.poll_number, options=done.options, ballots=done.ballots),
    )  # fmt: skip


def _told(doing: str, many: int) -> None:
    say(said(Refusal(doing, {"many": many})))
