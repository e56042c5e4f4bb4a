"""The record of a vote made in memory, from values alone: for tests of what stands in it and of what checks it."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from app.core.values import Entry
from app.journal.events import utc
from app.journal.rules import Checkpoint, canonical, inclusion_proof, leaf_hash, verifier
from app.journal.rules.canonical import Json
from app.journal.rules.merkle import range_root, reader
from app.voting.rules import (
    Ballot,
    Rejection,
    Terms,
    counted,
    decision,
    roll_sha256,
    roll_text,
    rules_text,
    sum_roll,
)
from app.voting.rules import bundle as texts
from app.voting.rules.bundle import Received
from app.voting.rules.methods import lot, method_outcome
from app.voting.rules.terms import ONE, SEATS

OPENS = datetime(2026, 3, 2, 1, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=10)
SEED = b"\x07" * 32
ORIGIN = "example.org/c/heping/log"
VKEY = str(verifier(ORIGIN, SEED))
ABOUT: dict[str, Json] = {"community_id": 1, "poll_id": 3, "number": 12}


@dataclass(frozen=True, slots=True)
class Cast:
    """One ballot as it comes in: for which line, how marked, by which channel, so many seconds after the opening."""

    unit: str
    choice: str
    channel: str
    seconds: int


def timed(terms: Terms) -> Terms:
    """The same terms with a window of ten days."""
    return replace(terms, opens_at=OPENS, closes_at=CLOSES)


def make_record(
    terms: Terms, roll: Sequence[Entry], cast: Sequence[Cast], *, shown: bool = True, seed: str = ""
) -> dict[str, bytes]:
    """The files of a record, by the application's own rules; `roll` is in its final order, `seed` that of the lot of a tie."""
    terms = timed(terms)
    codes = {texts.line_code(terms, place, entry): entry for place, entry in enumerate(roll, 1)}
    received, answer = _decided(terms, codes, cast)
    drawn: list[dict[str, Json]] = []
    if seed and json.loads(answer).get("details", {}).get("ties"):
        received, answer = _decided(terms, codes, cast, lot(bytes.fromhex(seed), terms.option_keys))
        told_of = sha256(answer.encode()).hexdigest()
        drawn = [{**ABOUT, "event": "LotDrawn", "seed": seed, "answer": told_of}]
    counting = [one for one in received if one.status == texts.COUNTED]
    rules = rules_text(terms, roll_sha256(terms, roll))
    files = {
        "roll.csv": roll_text(terms, roll, {one.unit: one.channel for one in counting}).encode(),
        "ballots.jsonl": "".join(texts.ballot_line(one, shown=shown) for one in received).encode(),
    }
    cells = [(one.choice, one.channel, codes[one.unit].building, codes[one.unit].area) for one in counting]
    sealed = not shown or not texts.recountable(terms)
    outcome = texts.outcome_text(answer, texts.counts(terms, cells, shown=shown), files, sealed=sealed)
    entries = [*_entries(terms, rules, received), *map(canonical, drawn)]
    leaves = [leaf_hash(entry.encode()) for entry in entries]
    root = range_root(0, len(leaves), reader(leaves))
    proofs = [_proof(entries, leaves, place) for place in range(len(entries))]
    salts = ["", *(one.salt if shown else None for one in received), *("" for _ in drawn)]
    told = [texts.proof(*one, salt) for one, salt in zip(proofs[1:], salts, strict=False)]
    ballots = zip((one.ballot for one in received), told[1:], strict=False)
    return {
        "rules.json": rules.encode(),
        **files,
        "outcome.json": outcome.encode(),
        "proofs.json": "".join(texts.proofs_text(told[0], ballots, drawn=told[-1] if drawn else None)).encode(),
        "checkpoint": Checkpoint(ORIGIN, len(entries), root).sign(SEED).encode(),
    }


def _decided(
    terms: Terms, codes: dict[str, Entry], cast: Sequence[Cast], order: Sequence[str] = ()
) -> tuple[list[Received], str]:
    well, rejected, choices = [], {}, {}
    for place, one in enumerate(cast):
        why = _why_not(terms, codes.get(one.unit), one)
        if why:
            rejected[f"b{place}"] = why
        else:
            well.append(Ballot(f"b{place}", one.unit, one.choice, one.channel, one.seconds))
    count = counted(well, terms.precedence)
    for code, entry in codes.items():
        if code in count:
            choices[entry.key] = count[code].choice
    winning = {ballot.id for ballot in count.values()}
    received = [
        Received(
            f"b{place}",
            one.unit,
            one.choice,
            one.channel,
            utc(OPENS + timedelta(seconds=one.seconds)),
            "rejected" if f"b{place}" in rejected else "counted" if f"b{place}" in winning else "superseded",
            rejected.get(f"b{place}"),
            sha256(f"salt {place}".encode()).hexdigest(),
        )
        for place, one in enumerate(cast)
    ]
    why_not = tuple(Rejection(ballot, why) for ballot, why in rejected.items())
    sums = sum_roll(terms, codes.values(), choices)
    if terms.selection != ONE:
        found = replace(method_outcome(terms, sums, Counter(choices.values()), order), rejected=why_not)
    else:
        found = decision(terms, sums, why_not)
    return received, json.dumps(found.as_json(), ensure_ascii=False, separators=(",", ":"))


def _why_not(terms: Terms, entry: Entry | None, one: Cast) -> str:
    seats = terms.electorate == SEATS
    if entry is None or (entry.recused and not seats):
        return "unknown-seat" if seats else "unknown-unit"
    if seats and entry.recused:
        return "recused-seat"
    if seats and not entry.present:
        return "absent-seat"
    if one.seconds < 0:
        return "before-opening"
    return "after-closing" if one.seconds > (CLOSES - OPENS).total_seconds() else ""


def _entries(terms: Terms, rules: str, received: Sequence[Received]) -> list[str]:
    opened: dict[str, Json] = {
        **ABOUT,
        "event": "PollOpened",
        "commitment": sha256(rules.encode()).hexdigest(),
        "roll": str(json.loads(rules)["roll_sha256"]),
        "electorate": terms.electorate,
        "opens_at": utc(OPENS),
        "closes_at": utc(CLOSES),
    }
    cast: list[dict[str, Json]] = [
        {**ABOUT, "event": "BallotCast", "ballot": one.ballot, "commitment": texts.committed(one)} for one in received
    ]
    return [canonical({"event": "Other"}), canonical(opened), *map(canonical, cast)]


def _proof(entries: Sequence[str], leaves: Sequence[bytes], place: int) -> tuple[int, str, list[str]]:
    from base64 import b64encode

    path = inclusion_proof(place, len(leaves), reader(leaves))
    return place, entries[place], [b64encode(step).decode() for step in path]
