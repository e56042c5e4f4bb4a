"""A case of the owners: units, ballots, a window; two denominators."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.core.values import Entry
from app.core.words import N_
from app.voting.rules.case.reading import Keyed, Malformed, day, fields, instant, items, one_of, text, truth, whole
from app.voting.rules.outcome import Outcome, Rejection, decision
from app.voting.rules.precedence import Ballot, counted
from app.voting.rules.presets import MATTERS, Law, owners_terms
from app.voting.rules.sums import sum_roll
from app.voting.rules.terms import CHANNELS, CHOICES, PRECEDENCES

FIELDS = (
    "kind",
    "matter",
    "on",
    "units",
    "ballots",
    "opens_at",
    "closes_at",
    "precedence",
    "follow_majority",
)
UNIT = ("unit", "area", "owners", "developer")
BALLOT = ("ballot", "unit", "choice", "channel", "time")
LARGEST_AREA = 10**9
DEVELOPER = "developer"


@dataclass(frozen=True, slots=True)
class OwnersCase:
    """An owners' vote as a file tells it; instants are microseconds of UTC, both ends of the window count."""

    matter: int
    on: date
    roll: tuple[Entry, ...]
    ballots: tuple[Ballot, ...]
    opens_at: int
    closes_at: int
    precedence: str
    follow_majority: bool


def read_owners(case: Keyed) -> OwnersCase:
    """Read a case of the owners. Raises Malformed with the path of the first fault, in the order of the form."""
    fields(case, "", FIELDS)
    matter = whole(case["matter"], "matter", MATTERS[0], MATTERS[-1])
    on = day(case["on"], "on")
    roll = _roll(case["units"])
    ballots = _ballots(case["ballots"])
    opens_at = instant(case["opens_at"], "opens_at")
    closes_at = instant(case["closes_at"], "closes_at")
    if closes_at <= opens_at:
        raise Malformed("closes_at", N_("截止必须晚于开始。"))
    precedence = one_of(case["precedence"], "precedence", PRECEDENCES)
    follow = truth(case["follow_majority"], "follow_majority")
    return OwnersCase(matter, on, roll, ballots, opens_at, closes_at, precedence, follow)


def _roll(value: Any) -> tuple[Entry, ...]:
    units = items(value, "units")
    if not units:
        raise Malformed("units", N_("至少要有一套房。"))
    roll: list[Entry] = []
    seen: set[str] = set()
    for place, raw in enumerate(units):
        path = f"units[{place}]"
        unit = fields(raw, path, UNIT)
        key = text(unit["unit"], f"{path}.unit")
        if key in seen:
            raise Malformed(f"{path}.unit", N_("这套房前面已经有了。"))
        seen.add(key)
        area = whole(unit["area"], f"{path}.area", 1, LARGEST_AREA)
        owners = _owners(unit["owners"], f"{path}.owners")
        developer = truth(unit["developer"], f"{path}.developer")
        if not owners and not developer:
            raise Malformed(f"{path}.owners", N_("只有建设单位的房可以没有业主。"))
        roll.append(Entry(key, key, head=DEVELOPER if developer else head(owners), area=area))
    return tuple(roll)


def _owners(value: Any, path: str) -> list[str]:
    owners = [text(owner, f"{path}[{place}]") for place, owner in enumerate(items(value, path))]
    if len(set(owners)) != len(owners):
        raise Malformed(path, N_("同一位业主写了两次。"))
    return owners


def head(owners: list[str]) -> str:
    """A head is the exact set of a unit's owners: one owner of three units is one, a couple is another.

    Written as a JSON list, so that no two sets share a text and none is the developer's. Source: 区分所有权解释 9.
    """
    return json.dumps(sorted(owners), ensure_ascii=False)


def _ballots(value: Any) -> tuple[Ballot, ...]:
    ballots: list[Ballot] = []
    seen: set[str] = set()
    for place, raw in enumerate(items(value, "ballots")):
        path = f"ballots[{place}]"
        ballot = fields(raw, path, BALLOT)
        name = text(ballot["ballot"], f"{path}.ballot")
        if name in seen:
            raise Malformed(f"{path}.ballot", N_("这张票前面已经有了。"))
        seen.add(name)
        ballots.append(
            Ballot(
                name,
                text(ballot["unit"], f"{path}.unit"),
                one_of(ballot["choice"], f"{path}.choice", CHOICES),
                one_of(ballot["channel"], f"{path}.channel", CHANNELS),
                instant(ballot["time"], f"{path}.time"),
            )
        )
    return tuple(ballots)


def decide_owners(case: OwnersCase, law: Law) -> Outcome:
    """Two thirds of all owners take part by area and by head; of these more than half agree, or three quarters.

    Source: 民法典 278. Raises LawGap where no law is in force on the case's day.
    """
    terms = replace(
        owners_terms(case.matter, case.on, law),
        precedence=case.precedence,
        follow_majority=case.follow_majority,
    )
    known = {entry.key for entry in case.roll}
    received: list[Ballot] = []
    rejected: list[Rejection] = []
    for ballot in case.ballots:
        why = _why_not(ballot, known, case)
        if why:
            rejected.append(Rejection(ballot.id, why))
        else:
            received.append(ballot)
    choices = {key: ballot.choice for key, ballot in counted(received, terms.precedence).items()}
    return decision(terms, sum_roll(terms, case.roll, choices), tuple(rejected))


def _why_not(ballot: Ballot, known: set[str], case: OwnersCase) -> str:
    if ballot.key not in known:
        return "unknown-unit"
    if ballot.instant < case.opens_at:
        return "before-opening"
    if ballot.instant > case.closes_at:
        return "after-closing"
    return ""
