"""record.zip: everything that it takes to count a poll anew, with the program that does it; the same bytes each time."""

import zipfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice
from typing import IO, cast

from flask import render_template

from app.core.config import ROOT
from app.core.streams import Pipe
from app.journal import queries as journal
from app.journal.queries import Placed
from app.voting.queries import PollRecord
from app.voting.rules import REFUSED_WORDS, bundle

VERIFIER = ROOT / "templates/voting/record/verify.py"
PORTION = 32_768
BALLOTS = 500
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def record_tag(record: PollRecord, *, shown: bool) -> str:
    """What the record of a declared poll is recognised by: it changes only with its verifier, and when late ballots are refused."""
    refused = str(sorted(record.refused.items()))
    parts = (record.rules, record.answer, record.head.note, str(shown), refused, VERIFIER.read_text("utf-8"))
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


def record_zip(record: PollRecord, vkey: str, *, shown: bool) -> Iterator[bytes]:
    """The record of a poll as a zip file, piece by piece in the memory of a few hundred ballots.

    `shown`: with the choices; otherwise with commitments in their place, and with no count by building and channel.
    """
    pipe = Pipe()
    with zipfile.ZipFile(cast(IO[bytes], pipe), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, pieces in _members(record, vkey, shown):
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            with archive.open(info, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece.encode() if isinstance(piece, str) else piece)
                    if pipe.size >= PORTION:
                        yield pipe.take()
    yield pipe.take()


def _members(record: PollRecord, vkey: str, shown: bool) -> Iterator[tuple[str, Iterable[str | bytes]]]:
    terms, imported = record.poll.terms, record.imported is not None
    counted = [one for one in record.received if one.status == bundle.COUNTED]
    used = {one.unit: one.channel for one in counted}
    lines = (bundle.ballot_line(one, shown=shown, imported=imported) for one in record.received)
    files = {
        "roll.csv": bundle.roll_text(terms, [row.entry for row in record.roll], used).encode(),
        "ballots.jsonl": "".join(lines).encode(),
    }
    rows = {row.code: row.entry for row in record.roll}
    cells = ((one.choice, one.channel, rows[one.unit].building, rows[one.unit].area) for one in counted)
    sealed = not shown or not bundle.recountable(terms)
    counts = bundle.counts(terms, cells, shown=shown)
    readme = render_template(
        "voting/record/README.txt",
        poll=record.poll,
        vkey=vkey,
        shown=shown,
        sealed=sealed,
        imported=imported,
        refused=record.refused,
        refused_words=REFUSED_WORDS,
    )
    yield "README.txt", [readme]
    yield "verify.py", [VERIFIER.read_bytes()]
    yield "rules.json", [record.rules]
    for name, content in files.items():
        yield name, [content]
    yield "outcome.json", [bundle.outcome_text(record.answer, counts, files, sealed=sealed)]
    yield "proofs.json", _proofs(record, shown)
    yield "checkpoint", [record.head.note]


def _proofs(record: PollRecord, shown: bool) -> Iterator[str]:
    size, community_id = record.head.size, record.poll.community_id

    def one(entry: Placed) -> str:
        [path] = journal.paths(community_id, [entry.index or 0], size)
        return bundle.proof(entry.index or 0, entry.text, path, "")

    ballots = [] if record.imported else record.received
    yield from bundle.proofs_text(
        one(record.opened),
        _ballots(ballots, size, community_id, shown),
        {code: one(entry) for code, entry in record.voided.items()},
        one(record.imported) if record.imported else None,
        one(record.drawn) if record.drawn else None,
    )


def _ballots(
    received: Iterable[bundle.Received], size: int, community_id: int, shown: bool
) -> Iterator[tuple[str, str]]:
    rest = iter(received)
    while batch := list(islice(rest, BALLOTS)):
        placed = journal.entries_of_codes(community_id, [one.ballot for one in batch])
        indexes = [placed[one.ballot].index or 0 for one in batch]
        for one, index, path in zip(batch, indexes, journal.paths(community_id, indexes, size), strict=True):
            salt = one.salt if shown else None
            yield one.ballot, bundle.proof(index, placed[one.ballot].text, path, salt)
