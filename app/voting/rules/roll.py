"""The roll as a text with a hash: who was entitled is fixed when the poll opens."""

import csv
import hashlib
import io
from collections.abc import Sequence

from app.core.values import Entry
from app.voting.rules.sums import head_of
from app.voting.rules.terms import SEATS, Terms


def roll_text(terms: Terms, roll: Sequence[Entry]) -> str:
    """The roll as CSV (comma, LF, header) under numbers in place of names, in the order of the roll.

    Units and people: `unit,head,area,eligible_from,building`; seats: `seat,party,present,recused`. Area in 0.01 m².
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    if terms.electorate == SEATS:
        rows.writerow(("seat", "party", "present", "recused"))
        rows.writerows((e.key, e.group, str(e.present).lower(), str(e.recused).lower()) for e in roll)
        return out.getvalue()
    heads: dict[str, str] = {}
    rows.writerow(("unit", "head", "area", "eligible_from", "building"))
    for place, entry in enumerate(roll, 1):
        head = heads.setdefault(head_of(entry), f"h{len(heads) + 1}")
        rows.writerow((f"u{place}", head, entry.area, "", entry.building))
    return out.getvalue()


def roll_sha256(terms: Terms, roll: Sequence[Entry]) -> str:
    """The hash under which the poll remembers its roll: hexadecimal SHA-256 of its text."""
    return hashlib.sha256(roll_text(terms, roll).encode("utf-8")).hexdigest()
