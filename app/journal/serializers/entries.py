"""The record for readers and for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.house import Link, describe, house
from app.core.i18n import _
from app.journal.queries import Line, Receipt

# Whose matter it is stays a number on public pages, even masked: a name or a door beside a time is personal.
PERSONAL = frozenset({"account", "dwelling", "person"})


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry in words: what happened, in which matter, when, and its number (from 1) once it is sealed."""

    words: str
    at: datetime
    matter: Link | None
    number: int | None


def shown(lines: Sequence[Line]) -> list[Shown]:
    """Entries in words, with the names of their matters; one query a kind of matter."""
    matters = {line.matter for line in lines if line.matter and line.matter.kind not in PERSONAL}
    named = {matter: link for matter, link in describe(matters).items() if link.url}
    return [
        Shown(
            in_words(line),
            line.at,
            named.get(line.matter) if line.matter else None,
            None if line.index is None else line.index + 1,
        )
        for line in lines
    ]


def in_words(line: Line) -> str:
    """What happened, in the reader's language."""
    sentence = house().event_words.get(line.event)
    if sentence is None:
        return str(_("一条记录"))
    said = str(_(sentence))
    return said % line.told if "%(" in said else said


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """A receipt as verifiers read it."""
    plain: dict[str, Any] = {"log": receipt.log, "code": receipt.code, "status": "pending"}
    if receipt.proof is None:
        return plain
    return {
        **plain,
        "status": "sealed",
        "index": receipt.proof.index,
        "entry": receipt.proof.entry,
        "proof": receipt.proof.base64(),
        "checkpoint": receipt.checkpoint,
    }
