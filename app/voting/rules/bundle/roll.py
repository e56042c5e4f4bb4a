"""The roll as a text with a hash: who was entitled is fixed when the poll opens."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence

from app.core.values import Entry
from app.voting.rules.sums import head_of
from app.voting.rules.terms import PEOPLE, SEATS, Terms

CHANNEL_USED = "channel_used"
SEAT_COLUMNS = ("unit", "party", "present", "recused", CHANNEL_USED)
UNIT_COLUMNS = ("unit", "head", "area", "eligible_from", CHANNEL_USED, "building")
PERSON_COLUMNS = ("unit", "head", "eligible_from", CHANNEL_USED, "building")


def line_code(terms: Terms, place: int, entry: Entry) -> str:
    """What a line of the roll is called where it must not be recognised: a number by its place; a seat its own code."""
    return entry.key if terms.electorate == SEATS else f"u{place}"


def roll_text(terms: Terms, roll: Sequence[Entry], used: Mapping[str, str] | None = None) -> str:
    """The roll as CSV (comma, LF, header) under numbers in place of names, in the order of the roll.

    `used` adds the column `channel_used`: for the code of each line the channel of its counted ballot. Units:
    `unit,head,area,eligible_from,channel_used,building`, area in 0.01 m²; people the same without area; seats:
    `unit,party,present,recused,channel_used`. Recused lines stand in the roll of seats alone, others leave it.
    """
    columns = {SEATS: SEAT_COLUMNS, PEOPLE: PERSON_COLUMNS}.get(terms.electorate, UNIT_COLUMNS)
    wanted = columns if used is not None else tuple(name for name in columns if name != CHANNEL_USED)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(wanted)
    heads: dict[str, str] = {}
    for place, entry in enumerate(roll, 1):
        if entry.recused and terms.electorate != SEATS:
            continue
        code = line_code(terms, place, entry)
        cells = {
            "unit": code,
            "head": heads.setdefault(head_of(entry), f"h{len(heads) + 1}"),
            "area": entry.area,
            "eligible_from": entry.eligible_from.isoformat() if entry.eligible_from else "",
            "building": entry.building,
            "party": entry.group,
            "present": str(entry.present).lower(),
            "recused": str(entry.recused).lower(),
            CHANNEL_USED: (used or {}).get(code, ""),
        }
        rows.writerow([cells[name] for name in wanted])
    return out.getvalue()


def roll_sha256(terms: Terms, roll: Sequence[Entry]) -> str:
    """The hash under which the poll remembers its roll: hexadecimal SHA-256 of its text."""
    return hashlib.sha256(roll_text(terms, roll).encode("utf-8")).hexdigest()
