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


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--community", "slug", required=True, help="The community's address.")
@json_option
def import_poll(file: Path, slug: str, as_json: bool) -> None:
    """Bring in a closed residents' poll with the options and ballots of a .pb file, counted by approval."""
    if file.suffix.lower() != ".pb":
        misuse(_("只能导入.pb文件。"))
    try:
        data = file.read_bytes()
    except OSError:
        misuse(_("打不开文件%(name)s。", name=file.name))
    try:
        election = read_pb(data)
        say(_("读到%(many)s张选票，正在导入。", many=len(election.votes)))
        community = get_by_slug(slug)
        done = import_residents_poll(the_house(community.id), community.id, election, hashlib.sha256(data).hexdigest())
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
