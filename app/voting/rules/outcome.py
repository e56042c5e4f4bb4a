"""Sums become inequalities, and inequalities an outcome: the one place where a decision is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.voting.rules.sums import PartyTally, Sums, Tally, following_majority
from app.voting.rules.terms import (
    AGREEMENT,
    AREA,
    CONSENT,
    MORE,
    PARTICIPATION,
    PARTIES,
    PARTY,
    SHOWN,
    Terms,
    Threshold,
)

ADOPTED, REJECTED, NOT_QUORATE, COUNTED = "adopted", "rejected", "not-quorate", "counted"


@dataclass(frozen=True, slots=True)
class Inequality:
    """One condition as whole numbers after cross-multiplication, so that anyone can check it by hand."""

    name: str
    left: int
    right: int
    relation: str
    article: str

    @property
    def holds(self) -> bool:
        """The plain truth, even of 0 ≥ 0."""
        return self.left > self.right if self.relation == MORE else self.left >= self.right


@dataclass(frozen=True, slots=True)
class Count:
    """One way of counting: its inequalities and what follows from them. `area` is None where area does not count."""

    outcome: str
    inequalities: tuple[Inequality, ...]
    heads: Tally
    area: Tally | None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A ballot that was received and cannot count, and why."""

    ballot: str
    why: str


@dataclass(frozen=True, slots=True)
class OptionTally:
    """How many ballots approve of one option."""

    option: str
    ballots: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a poll decided: the strict count, beside it the one that follows the majority where the terms ask for it.

    `details`: how options were counted by the method of the terms (`rules.methods`), as its answer says it; `ties` in it
    are options between which a lot is to decide, `lot` the order that was drawn.
    """

    strict: Count
    follow_majority: Count | None = None
    rejected: tuple[Rejection, ...] = ()
    options: tuple[OptionTally, ...] = ()
    winners: tuple[str, ...] = ()
    details: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """The answer as everybody's programs read it (`flask voting decide`); polls about several options add theirs."""
        answer = {
            **_count_as_json(self.strict),
            "strict": True,
            "follow_majority": None if self.follow_majority is None else _count_as_json(self.follow_majority),
            "rejected": [{"ballot": item.ballot, "why": item.why} for item in self.rejected],
        }
        if self.options:
            answer["winners"] = list(self.winners)
            answer["options"] = [{"option": item.option, "ballots": item.ballots} for item in self.options]
        if self.details is not None:
            answer["winners"] = list(self.winners)
            answer["details"] = self.details
        return answer


def outcome_from_json(answer: Mapping[str, Any]) -> Outcome:
    """An outcome read back from its answer, so that a decision is shown for ever as it was frozen."""
    follow = answer["follow_majority"]
    return Outcome(
        _count_from_json(answer),
        None if follow is None else _count_from_json(follow),
        tuple(Rejection(item["ballot"], item["why"]) for item in answer["rejected"]),
        tuple(OptionTally(item["option"], item["ballots"]) for item in answer.get("options", ())),
        tuple(answer.get("winners", ())),
        answer.get("details"),
    )


def _count_from_json(data: Mapping[str, Any]) -> Count:
    return Count(
        data["outcome"],
        tuple(
            Inequality(item["name"], item["left"], item["right"], item["relation"], item["article"])
            for item in data["inequalities"]
        ),
        Tally(**data["heads"]),
        None if data["area"] is None else Tally(**data["area"]),
    )


def _count_as_json(count: Count) -> dict[str, Any]:
    return {
        "outcome": count.outcome,
        "inequalities": [
            {
                "name": item.name,
                "left": item.left,
                "right": item.right,
                "relation": item.relation,
                "holds": item.holds,
                "article": item.article,
            }
            for item in count.inequalities
        ],
        "heads": _tally_as_json(count.heads),
        "area": None if count.area is None else _tally_as_json(count.area),
    }


def _tally_as_json(tally: Tally) -> dict[str, int]:
    return {"total": tally.total, "participating": tally.participating, "agreeing": tally.agreeing}


def count(terms: Terms, sums: Sums) -> Count:
    """A failed participation leaves no quorum; else a failed agreement rejects; else it is adopted.

    A party against, or a consensus that was missed, is shown and not fatal. Without any threshold the poll is counted and
    decides nothing.
    """
    inequalities: list[Inequality] = []
    fatal: set[str] = set()
    for threshold in terms.thresholds:
        if threshold.stage == PARTY:
            inequalities += [_of_party(threshold, party) for party in sums.parties]
            continue
        inequality = _of_all(threshold, terms, sums)
        inequalities.append(inequality)
        if not inequality.holds and threshold.stage not in SHOWN:
            fatal.add(threshold.stage)
    if PARTICIPATION in fatal:
        outcome = NOT_QUORATE
    elif fatal:
        outcome = REJECTED
    else:
        outcome = ADOPTED if any(item.stage in (AGREEMENT, CONSENT) for item in terms.thresholds) else COUNTED
    return Count(outcome, tuple(inequalities), sums.heads, sums.area if terms.weighs(AREA) else None)


def decision(terms: Terms, sums: Sums, rejected: tuple[Rejection, ...] = ()) -> Outcome:
    """The strict count decides; the count that follows the majority stands beside it, never instead."""
    follow = count(terms, following_majority(sums)) if terms.follow_majority else None
    return Outcome(count(terms, sums), follow, rejected)


def parties_in_favour(terms: Terms, parties: tuple[PartyTally, ...]) -> int:
    """A party is in favour when enough of its present seats are; a party of which nobody came is not."""
    marks = [threshold for threshold in terms.thresholds if threshold.stage == PARTY]
    return sum(all(_of_party(mark, party).holds for mark in marks) for party in parties)


def _of_party(threshold: Threshold, party: PartyTally) -> Inequality:
    return _inequality(threshold, party.agreeing, party.participating, f"{threshold.name}-{party.party}")


def _of_all(threshold: Threshold, terms: Terms, sums: Sums) -> Inequality:
    tally = _tally(threshold.of, terms, sums)
    if threshold.stage == PARTICIPATION:
        return _inequality(threshold, tally.participating, tally.total)
    whole = tally.total if threshold.stage == CONSENT else tally.participating
    return _inequality(threshold, tally.agreeing, whole)


def _tally(of: str, terms: Terms, sums: Sums) -> Tally:
    if of == AREA:
        return sums.area
    if of == PARTIES:
        seated = sum(party.participating > 0 for party in sums.parties)
        return Tally(len(sums.parties), seated, parties_in_favour(terms, sums.parties))
    return sums.heads


def _inequality(threshold: Threshold, part: int, whole: int, name: str = "") -> Inequality:
    return Inequality(
        name or threshold.name,
        threshold.denominator * part,
        threshold.numerator * whole,
        threshold.relation,
        threshold.article,
    )
