"""All that a poll's page shows, gathered in as few statements as there are kinds of things."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.core.db import db
from app.core.values import PARTIES, Ref, Refusal
from app.voting.models import PollLot, PollOutcome
from app.voting.queries.adding import BuildingTurnout, option_tally, sums
from app.voting.queries.compounds import windows
from app.voting.queries.lots import LotRow
from app.voting.queries.polls import PollRow
from app.voting.queries.rolls import Line, OwnLine, own_and_told, roll_lines
from app.voting.queries.told import ToldLine
from app.voting.queries.turnouts import Turnout, standing_turnout
from app.voting.rules import (
    DECLARED,
    PLANNED,
    Count,
    Explanation,
    OptionTally,
    PartyTally,
    Sums,
    Tally,
    count,
    explanations,
    outcome_from_json,
    results_refusal,
    standings,
    sum_roll,
)
from app.voting.rules.terms import APPROVAL, PARTICIPATION, SEATS


@dataclass(frozen=True, slots=True)
class PartySide:
    """What one party does at the table: its seats, those present, how many are in favour, and whether it is."""

    party: str
    tally: PartyTally
    cast: int
    recused: int
    in_favour: bool


@dataclass(frozen=True, slots=True)
class PollView:
    """A poll for a reader.

    `explained` holds every condition that may be seen now: all once results may be seen, else those of participation, and
    none before there is a roll.
    `count` is None while results are sealed, `sealed` then says why. `seats` is the council's roll with choices blanked where
    they may not be seen; `options` the standings of an approval poll; `details` what a method counted, `lot` what decides a
    tie; `channels` how many counted ballots came each way.
    """

    poll: PollRow
    count: Count | None
    follow: Count | None
    sealed: Refusal | None
    explained: tuple[Explanation, ...]
    follow_explained: tuple[Explanation, ...]
    participating: Tally
    cast: int
    sides: tuple[PartySide, ...]
    seats: tuple[Line, ...]
    buildings: tuple[BuildingTurnout, ...]
    windows: Mapping[str, tuple[str, ...]]
    options: tuple[OptionTally, ...]
    winners: tuple[str, ...]
    details: Mapping[str, Any] | None
    lot: LotRow | None
    mine: tuple[OwnLine, ...]
    told: tuple[ToldLine, ...]
    channels: tuple[tuple[str, int], ...] = ()


def view(poll: PollRow, refs: Collection[Ref] = ()) -> PollView:
    """A poll as a reader with these references may see it; at most five statements, whatever the size of the roll."""
    declared = poll.state == DECLARED
    sealed = results_refusal(poll.terms, declared)
    mine, told = own_and_told(poll, refs)
    seats = tuple(roll_lines(poll, elector=bool(mine))) if poll.terms.electorate == SEATS else ()
    part = None if seats else standing_turnout(poll)
    towers = part.buildings if part else ()
    follow: Count | None = None
    options: tuple[OptionTally, ...] = ()
    winners: tuple[str, ...] = ()
    details: Mapping[str, Any] | None = None
    drawn: LotRow | None = None
    if declared:
        text, drawn = _final(poll.id)
        outcome = outcome_from_json(json.loads(text))
        details = outcome.details
        counted, follow, options, winners = outcome.strict, outcome.follow_majority, outcome.options, outcome.winners
    else:
        counted = count(poll.terms, _standing(poll, seats, part, results=sealed is None))
        if sealed is None and poll.terms.selection == APPROVAL:
            options = standings(option_tally(poll))
    explained = explanations(poll.terms, counted) if poll.frozen_at is not None else ()
    if sealed is not None:
        explained = tuple(item for item in explained if item.stage == PARTICIPATION)
    return PollView(
        poll,
        None if sealed else counted,
        follow,
        sealed,
        explained,
        explanations(poll.terms, follow) if follow else (),
        counted.heads if not sealed else Tally(counted.heads.total, counted.heads.participating),
        sum(tower.cast for tower in towers) if towers else sum(seat.voted for seat in seats),
        _sides(seats, explained),
        seats,
        tuple(tower for tower in towers if tower.building),
        windows(poll, tuple(towers)),
        options,
        winners,
        details,
        drawn,
        tuple(mine),
        tuple(told),
        part.channels if part else (),
    )


def _standing(poll: PollRow, seats: tuple[Line, ...], part: Turnout | None, *, results: bool) -> Sums:
    if poll.state == PLANNED:
        return Sums(Tally(poll.heads), Tally(poll.area))
    if part is None:
        choices = {seat.entry.key: seat.choice for seat in seats if seat.choice is not None} if results else {}
        return sum_roll(poll.terms, [seat.entry for seat in seats], choices)
    return sums(poll) if results else part.sums


def _answer(poll_id: int) -> str:
    return db.session.scalars(select(PollOutcome.answer).filter_by(poll_id=poll_id)).one()


def _final(poll_id: int) -> tuple[str, LotRow | None]:
    """The answer that stands: the frozen one, or the one that followed a lot."""
    lots = select(PollOutcome.answer, PollLot.answer, PollLot.frozen_at, PollLot.seed, PollLot.drawn_at)
    wanted = lots.outerjoin(PollLot, PollLot.poll_id == PollOutcome.poll_id).where(PollOutcome.poll_id == poll_id)
    frozen, answer, *drawn = tuple[Any, ...](db.session.execute(wanted).one())
    return answer or frozen, LotRow(poll_id, *drawn) if drawn[0] is not None else None


def get_answer(poll: PollRow) -> str | None:
    """The frozen answer of a poll in its exact text, None before it is declared."""
    return _answer(poll.id) if poll.state == DECLARED else None


def answers(poll_ids: Collection[int]) -> dict[int, str]:
    """The frozen answers of several polls in their exact text, those that are declared; one statement."""
    wanted = select(PollOutcome.poll_id, PollOutcome.answer).where(PollOutcome.poll_id.in_(poll_ids))
    return {row.poll_id: row.answer for row in db.session.execute(wanted)}


def _sides(seats: tuple[Line, ...], explained: tuple[Explanation, ...]) -> tuple[PartySide, ...]:
    favour = {item.party: item.holds for item in explained if item.party}
    sides: list[PartySide] = []
    for party in PARTIES:
        own = [seat for seat in seats if seat.entry.group == party]
        there = [seat for seat in own if not seat.entry.recused]
        present = [seat for seat in there if seat.entry.present]
        tally = PartyTally(party, len(there), len(present), sum(seat.choice == "yes" for seat in present))
        cast = sum(seat.voted for seat in present)
        if own:
            sides.append(PartySide(party, tally, cast, len(own) - len(there), favour.get(party, False)))
    return tuple(sides)
