"""A case of the four-party council: seats, presence, recusals, one ballot a seat."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.values import PARTIES, Entry
from app.core.words import N_
from app.voting.rules.case.reading import Keyed, Malformed, fields, items, one_of, text, truth
from app.voting.rules.outcome import Outcome, Rejection, decision
from app.voting.rules.presets import Law, council_terms
from app.voting.rules.sums import sum_roll
from app.voting.rules.terms import ABSTAIN, NO, YES

FIELDS = ("kind", "seats", "ballots", "parties")
SEAT = ("seat", "party", "present", "recused")
BALLOT = ("seat", "choice")
_FRACTION = re.compile(r"([1-9][0-9]{0,2})/([1-9][0-9]{0,2})")


@dataclass(frozen=True, slots=True)
class CouncilCase:
    """A vote of the council as a file tells it: `ballots` are seat and choice, `parties` the fraction wanted in favour."""

    roll: tuple[Entry, ...]
    ballots: tuple[tuple[str, str], ...]
    parties: tuple[int, int]


def read_council(case: Keyed) -> CouncilCase:
    """Read a case of the council. Raises Malformed with the path of the first fault, in the order of the form."""
    fields(case, "", FIELDS)
    return CouncilCase(_roll(case["seats"]), _ballots(case["ballots"]), _fraction(case["parties"]))


def _roll(value: Any) -> tuple[Entry, ...]:
    seats = items(value, "seats")
    if not seats:
        raise Malformed("seats", N_("至少要有一席。"))
    roll: list[Entry] = []
    seen: set[str] = set()
    for place, raw in enumerate(seats):
        path = f"seats[{place}]"
        seat = fields(raw, path, SEAT)
        key = _once(text(seat["seat"], f"{path}.seat"), f"{path}.seat", seen)
        party = one_of(seat["party"], f"{path}.party", PARTIES)
        present = truth(seat["present"], f"{path}.present")
        recused = truth(seat["recused"], f"{path}.recused")
        roll.append(Entry(key, key, group=party, present=present, recused=recused))
    return tuple(roll)


def _ballots(value: Any) -> tuple[tuple[str, str], ...]:
    ballots: list[tuple[str, str]] = []
    seen: set[str] = set()
    for place, raw in enumerate(items(value, "ballots")):
        path = f"ballots[{place}]"
        ballot = fields(raw, path, BALLOT)
        key = _once(text(ballot["seat"], f"{path}.seat"), f"{path}.seat", seen)
        ballots.append((key, one_of(ballot["choice"], f"{path}.choice", (YES, NO, ABSTAIN))))
    return tuple(ballots)


def _once(key: str, path: str, seen: set[str]) -> str:
    if key in seen:
        raise Malformed(path, N_("这一席前面已经有了。"))
    seen.add(key)
    return key


def _fraction(value: Any) -> tuple[int, int]:
    parts = _FRACTION.fullmatch(value) if isinstance(value, str) else None
    if parts is None or int(parts[1]) > int(parts[2]):
        raise Malformed("parties", N_("这里应当是分数，写作3/4，分子不大于分母，分母不大于999。"))
    return int(parts[1]), int(parts[2])


def decide_council(case: CouncilCase, law: Law) -> Outcome:
    """Every party not recused is represented, more than half of the seats are present, enough parties are in favour.

    Recused seats leave every count. The case names no day: the rows that stand today apply. Source: 四方联席会议.
    """
    terms = council_terms(date.max, law, case.parties)
    seats = {entry.key: entry for entry in case.roll}
    choices: dict[str, str] = {}
    rejected: list[Rejection] = []
    for key, choice in case.ballots:
        why = _why_not(seats.get(key))
        if why:
            rejected.append(Rejection(key, why))
        else:
            choices[key] = choice
    return decision(terms, sum_roll(terms, case.roll, choices), tuple(rejected))


def _why_not(seat: Entry | None) -> str:
    if seat is None:
        return "unknown-seat"
    if seat.recused:
        return "recused-seat"
    return "" if seat.present else "absent-seat"
