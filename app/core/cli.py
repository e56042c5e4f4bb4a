"""How commands answer: JSON on standard output, words on standard error; 0 done, 1 refused, 2 wrong usage."""

import json
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

import click

from app.core.errors import HouseError
from app.core.i18n import said

json_option = click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object on standard output.")


def say(words: str) -> None:
    """Tell the person at the terminal."""
    click.echo(words, err=True)


def reply(data: Mapping[str, Any] | list[Any], as_json: bool, words: str = "") -> None:
    """Give the answer: as one JSON object, or in words (else as indented JSON)."""
    if as_json:
        sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
    else:
        click.echo(words or json.dumps(data, ensure_ascii=False, indent=1))


def refuse(reason: str | HouseError) -> NoReturn:
    """Stop with the reason: exit 1."""
    say(said(reason.refusal) if isinstance(reason, HouseError) else reason)
    raise SystemExit(1)


def misuse(reason: str) -> NoReturn:
    """Stop because the question itself is wrong: exit 2."""
    say(reason)
    raise SystemExit(2)
