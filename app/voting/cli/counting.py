"""`flask voting count`: a file of ballots, counted by one rule."""

from pathlib import Path

import click

from app.core.cli import json_option, misuse, refuse, reply
from app.core.i18n import _, said
from app.core.values import Refusal
from app.voting.rules import Election, Malformed, read_pb
from app.voting.rules.methods import RULES, count_election, count_refusal, read_soi

READERS = {".pb": read_pb, ".soi": read_soi, ".soc": read_soi}


@click.command("count")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rule", type=click.Choice(RULES), required=True, help="How the ballots are counted.")
@json_option
def count_file(file: Path, rule: str, as_json: bool) -> None:
    """Count a .pb or .soi file by one rule; ties go by the project's id as text.

    Exit 0 with the answer, 1 where the file cannot be read or the rule does not fit its ballots, 2 for wrong usage.
    """
    election = read_election(file)
    refusal = count_refusal(election, rule)
    if refusal is not None:
        refuse(said(refusal))
    counted = count_election(election, rule)
    labels = {option.key: option.label for option in election.options}
    reply(
        counted.as_json(),
        as_json,
        "\n".join(
            f"{'✓' if key in counted.winners else ' '} {key}  {labels[key]}"
            for key in dict.fromkeys((*counted.order, *counted.winners))
        ),
    )


def read_election(file: Path) -> Election:
    """The ballots of a `.pb` or `.soi` file; stops with the reason where there are none."""
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        misuse(_("只能读.pb和.soi文件。"))
    try:
        data = file.read_bytes()
    except OSError:
        misuse(_("打不开文件%(name)s。", name=file.name))
    try:
        return reader(data)
    except Malformed as fault:
        refuse(f"{fault.path}: {said(Refusal(fault.why, fault.values))}")
