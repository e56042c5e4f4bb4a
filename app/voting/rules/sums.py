"""Sums over a roll: all that an outcome needs to know, whether Python or the database added them up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.core.values import PARTIES, Entry
from app.voting.rules.terms import ABSTAIN, BY_PRESENCE, INVALID, LEFT_OUT, NO, YES, Terms


@dataclass(frozen=True, slots=True)
class Tally:
    """All, those who take part, those who agree: heads or seats, or area in 0.01 m²."""

    total: int = 0
    participating: int = 0
    agreeing: int = 0


@dataclass(frozen=True, slots=True)
class PartyTally:
    """One party's seats that are not recused, those present, those in favour."""

    party: str
    total: int = 0
    participating: int = 0
    agreeing: int = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """What was added up over a roll without its recused lines.

    A head agrees when all its counted ballots are yes. With the rest the count that follows the majority needs no second look
    at the roll: `opposing_area` is the area of counted no, `joining_area` of lines without a counted ballot, `joined_area` and
    `joined_heads` what takes part once these have joined; of those heads `without_dissent` agree when they join a yes,
    `unanimous` when they join a no.
    """

    heads: Tally = field(default_factory=Tally)
    area: Tally = field(default_factory=Tally)
    parties: tuple[PartyTally, ...] = ()
    opposing_area: int = 0
    joining_area: int = 0
    joined_area: int = 0
    joined_heads: int = 0
    without_dissent: int = 0
    unanimous: int = 0


@dataclass(slots=True)
class _Head:
    taking_part: int = 0
    agreeing: int = 0
    joining: int = 0
    joined: int = 0


def takes_part(terms: Terms, present: bool, choice: str | None) -> bool:
    """Abstaining and invalid ballots take part and do not agree, unless the terms leave them out."""
    if terms.participates == BY_PRESENCE:
        return present
    if choice is None:
        return False
    if choice == ABSTAIN:
        return terms.abstention != LEFT_OUT
    if choice == INVALID:
        return terms.invalid != LEFT_OUT
    return True


def joins(terms: Terms, present: bool, choice: str | None) -> bool:
    """A line joins the majority when it has no counted ballot and would take part with one."""
    return choice is None and takes_part(terms, present, YES)


def head_of(entry: Entry) -> str:
    """A line without a head of its own is one head: a seat, a person."""
    return entry.head or entry.key


def sum_roll(terms: Terms, roll: Iterable[Entry], choices: Mapping[str, str]) -> Sums:
    """Add up a roll with the counted choice of each line; recused lines leave every count.

    Source: 民法典 278, 区分所有权解释 9 (heads); 四方联席会议 (seats).
    """
    heads: dict[str, _Head] = {}
    parties: dict[str, list[int]] = {}
    area = [0] * 6
    for entry in roll:
        if entry.recused:
            continue
        choice = choices.get(entry.key)
        part = takes_part(terms, entry.present, choice)
        agrees, silent = part and choice == YES, joins(terms, entry.present, choice)
        head = heads.setdefault(head_of(entry), _Head())
        head.taking_part += part
        head.agreeing += agrees
        head.joining += silent
        head.joined += part or silent
        for slot, counts in enumerate((True, part, agrees, choice == NO, silent, part or silent)):
            area[slot] += entry.area if counts else 0
        if entry.group:
            party = parties.setdefault(entry.group, [0, 0, 0])
            for slot, counts in enumerate((True, part, agrees)):
                party[slot] += counts
    return Sums(
        heads=Tally(
            len(heads),
            sum(head.taking_part > 0 for head in heads.values()),
            sum(head.taking_part > 0 and head.agreeing == head.taking_part for head in heads.values()),
        ),
        area=Tally(*area[:3]),
        parties=tuple(PartyTally(party, *sums) for party, sums in sorted(parties.items(), key=_party_order)),
        opposing_area=area[3],
        joining_area=area[4],
        joined_area=area[5],
        joined_heads=sum(head.joined > 0 for head in heads.values()),
        without_dissent=sum(head.joined == head.agreeing + head.joining > 0 for head in heads.values()),
        unanimous=sum(head.joined == head.agreeing > 0 for head in heads.values()),
    )


def _party_order(item: tuple[str, list[int]]) -> tuple[int, str]:
    party = item[0]
    return (PARTIES.index(party) if party in PARTIES else len(PARTIES), party)


def following_majority(sums: Sums) -> Sums:
    """Lines without a counted ballot join whichever of yes and no has more area among the counted; on a tie they stay out.

    Ballots that the terms leave out are counted ones: who abstained has spoken and joins nobody. Only where the compound's
    own rules say so, and always beside the strict count: (2022)沪02民初16号.
    """
    heads, area = sums.heads, sums.area
    if area.agreeing == sums.opposing_area:
        return sums
    yes = area.agreeing > sums.opposing_area
    agreeing, joined = (sums.without_dissent, sums.joining_area) if yes else (sums.unanimous, 0)
    return replace(
        sums,
        heads=Tally(heads.total, sums.joined_heads, agreeing),
        area=Tally(area.total, sums.joined_area, area.agreeing + joined),
    )
