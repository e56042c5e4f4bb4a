"""`flask voting decide`: cases in files."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from app.core.cli import json_option, misuse, reply, say
from app.core.i18n import _, said
from app.core.law.rows import LawGap, law_row
from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules import OUTCOME_WORDS, Malformed, decide, read_case

DONE, REFUSED, MALFORMED = 0, 1, 2


@click.command("decide")
@click.argument("case", type=click.Path(path_type=Path), required=False)
@click.option("--batch", type=click.Path(path_type=Path), help="Every *.json of a folder, one line each.")
@json_option
def decide_case(case: Path | None, batch: Path | None, as_json: bool) -> None:
    """The outcome of a case by the rules engine alone, no database.

    Exit 0 with the answer, 1 where no law is in force on the case's day, 2 where the case is malformed.
    """
    if (case is None) == (batch is None):
        misuse(_("请给出一个案例文件，或者用--batch给出一个文件夹。"))
    if batch is not None:
        _decide_folder(batch)
    elif case is not None:
        _decide_one(case, as_json)


def _decide_one(path: Path, as_json: bool) -> None:
    try:
        data = path.read_bytes()
    except OSError:
        misuse(_("打不开文件%(name)s。", name=path.name))
    status, answer = answer_to(data)
    reply(answer, as_json)
    say(_words(status, answer))
    if status:
        raise SystemExit(status)


def _decide_folder(folder: Path) -> None:
    if not folder.is_dir():
        misuse(_("没有文件夹%(name)s。", name=folder.name))
    for path in sorted(folder.glob("*.json"), key=lambda found: found.stem):
        try:
            status, answer = answer_to(path.read_bytes())
        except OSError:
            status, answer = MALFORMED, {"malformed": "$", "why": _("打不开文件%(name)s。", name=path.name)}
        sys.stdout.write(json.dumps({"case": path.stem, "status": status, "answer": answer}, ensure_ascii=False) + "\n")


def answer_to(data: bytes) -> tuple[int, dict[str, Any]]:
    """What the engine answers to a case, and the exit status that goes with it."""
    try:
        return DONE, decide(read_case(data), law_row).as_json()
    except Malformed as fault:
        return MALFORMED, {"malformed": fault.path, "why": said(Refusal(fault.why, fault.values))}
    except LawGap as gap:
        reason = Refusal(N_("%(on)s没有生效的规则（%(key)s），不能计算。"), {"on": gap.on.isoformat(), "key": gap.key})
        return REFUSED, {"refused": said(reason)}


def _words(status: int, answer: dict[str, Any]) -> str:
    if status == MALFORMED:
        return f"{answer['malformed']}: {answer['why']}"
    if status == REFUSED:
        return str(answer["refused"])
    word = OUTCOME_WORDS[answer["outcome"]]
    return str(_(word))
