"""Whether enough have come: every party represented, and more than half of the seats; recused seats leave both counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.values import PARTIES, Entry, Ref, Refusal
from app.core.words import N_
from app.council.rules.seats import ARTICLE, PARTY_NAMES, Seating
from app.voting.rules import Terms, count, least_needed, sum_roll

SEAT_TERM = "seat-term"
SEATS_MARK, PARTIES_MARK = "quorum-seats", "quorum-parties"
BY_PARTIES, BY_SEATS = "parties", "seats"


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many have come, how many must, and which parties nobody came for (all without recused seats)."""

    present: int
    total: int
    needed: int
    parties: tuple[str, ...]
    missing: tuple[str, ...]
    holds: bool

    @property
    def short(self) -> int:
        """How many more seats must be filled."""
        return max(self.needed - self.present, 0)


def roll(seats: Iterable[Seating]) -> tuple[Entry, ...]:
    """The roll of a vote: one line a seat, cast by whoever came for it and by nobody else, presence and recusal frozen."""
    lines = []
    for seat in seats:
        person = seat.came or seat.holder
        lines.append(
            Entry(
                key=seat.code,
                label=f"{seat.title} {seat.name}".strip(),
                group=seat.party,
                voters=(Ref(SEAT_TERM, person.id),) if person is not None else (),
                present=seat.present,
                recused=seat.recused,
            )
        )
    return tuple(lines)


def quorum(terms: Terms, seats: Sequence[Seating]) -> Quorum:
    """Whether enough have come, by the same inequalities by which a vote would be counted. Vacant seats count as absent."""
    sums = sum_roll(terms, roll(seats), {})
    marks = [mark for mark in count(terms, sums).inequalities if mark.name in (SEATS_MARK, PARTIES_MARK)]
    needed = [least_needed(mark, sums.heads.total) for mark in terms.thresholds if mark.name == SEATS_MARK]
    counted = [seat for seat in seats if not seat.recused]
    parties = tuple(party for party in PARTIES if any(seat.party == party for seat in counted))
    came = {seat.party for seat in counted if seat.present}
    return Quorum(
        present=sums.heads.participating,
        total=sums.heads.total,
        needed=max(needed, default=0),
        parties=parties,
        missing=tuple(party for party in parties if party not in came),
        holds=bool(counted) and all(mark.holds for mark in marks),
    )


def quorum_refusal(found: Quorum) -> Refusal | None:
    """Nothing is opened or decided before enough have come; the sentence says who is missing."""
    if found.holds:
        return None
    if not found.total:
        return Refusal(N_("没有可以表决的席位。"), article=ARTICLE)
    if found.short:
        return Refusal(
            N_("到会%(present)s席，共%(total)s席，还差%(short)s席。到会要超过一半。"),
            {"present": found.present, "total": found.total, "short": found.short},
            ARTICLE,
        )
    missing = Refusal(PARTY_NAMES[found.missing[0]]) if found.missing else ""
    return Refusal(N_("%(party)s还没有人到会。四方都要有人到会。"), {"party": missing}, ARTICLE)


def deciding_mark(terms: Terms) -> str:
    """The share that a motion needs, as it is kept with it: `3/4` of the parties, or `seats 1/2` of those present."""
    for one in terms.thresholds:
        if one.name in (BY_PARTIES, BY_SEATS):
            share = f"{one.numerator}/{one.denominator}"
            return share if one.name == BY_PARTIES else f"{BY_SEATS} {share}"
    return ""
