"""What the database adds up over a roll: turnout at any time, all the rest only once it may be known."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select, union_all

from app.core.db import db
from app.core.errors import check
from app.core.values import PARTIES
from app.voting.models import RollEntry
from app.voting.queries.polls import PollRow
from app.voting.rules import OPEN, PLANNED, PartyTally, Sums, Tally, Terms, chosen_options, results_refusal
from app.voting.rules.terms import ABSTAIN, BY_PRESENCE, INVALID, LEFT_OUT, NO, YES


@dataclass(frozen=True, slots=True)
class BuildingTurnout:
    """How many lines of one building have a counted ballot, and what floor area they have (0.01 m²)."""

    building: str
    lines: int
    cast: int
    area: int = 0
    area_cast: int = 0


def buildings(poll_id: int) -> list[BuildingTurnout]:
    """Turnout by building, in the order of the buildings' names; choices do not come into it."""
    return sorted(
        (BuildingTurnout(row[0], *map(int, row[1:])) for row in db.session.execute(_by_building(), {"poll": poll_id})),
        key=_building_order,
    )


@cache
def _by_building() -> Select[Any]:
    return (
        _counting()
        .add_columns(
            RollEntry.building,
            func.count(),
            func.count(RollEntry.choice),
            func.sum(RollEntry.area),
            func.sum(case((RollEntry.choice.is_not(None), RollEntry.area), else_=0)),
        )
        .group_by(RollEntry.building)
    )


def _building_order(turnout: BuildingTurnout) -> tuple[int, str]:
    digits = "".join(sign for sign in turnout.building if sign.isascii() and sign.isdigit())
    return (int(digits[:9] or 0), turnout.building)


def turnout(poll: PollRow) -> Sums:
    """How many take part, by heads and by area, at any time; nothing of how they vote."""
    found = _heads_and_area(poll)
    return Sums(
        Tally(found.heads.total, found.heads.participating),
        Tally(found.area.total, found.area.participating),
        tuple(PartyTally(one.party, one.total, one.participating) for one in _parties(poll)),
    )


def sums(poll: PollRow) -> Sums:
    """All that the outcome needs, added up by the database.

    Raises Refused while the poll has not closed, unless it was declared live before it opened.
    """
    if poll.state in (PLANNED, OPEN):
        check(results_refusal(poll.terms, declared=False))
    found = _heads_and_area(poll)
    return replace(found, parties=_parties(poll))


def _taking_part(terms: Terms) -> ColumnElement[bool]:
    if terms.participates == BY_PRESENCE:
        return RollEntry.present.is_(True)
    out = [word for word, how in ((ABSTAIN, terms.abstention), (INVALID, terms.invalid)) if how == LEFT_OUT]
    cast = RollEntry.choice.is_not(None)
    return cast & RollEntry.choice.not_in(out) if out else cast


def _joining(terms: Terms) -> ColumnElement[bool]:
    silent = RollEntry.choice.is_(None)
    return silent & RollEntry.present.is_(True) if terms.participates == BY_PRESENCE else silent


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _counting() -> Select[Any]:
    """The lines of a poll (`:poll`) that are not recused."""
    return select().where(RollEntry.poll_id == bindparam("poll"), RollEntry.recused.is_(False))


def _heads_and_area(poll: PollRow) -> Sums:
    row = db.session.execute(_by_head(_way(poll.terms)), {"poll": poll.id}).one()
    heads, taking, agreeing, total, part_area, agree_area, *rest = (int(value) for value in row)
    return Sums(Tally(heads, taking, agreeing), Tally(total, part_area, agree_area), (), *rest)


def _way(terms: Terms) -> Terms:
    """The terms without what does not matter for adding up, so that one statement serves all polls alike."""
    return Terms(
        "", "", date.min, (), participates=terms.participates, abstention=terms.abstention, invalid=terms.invalid
    )


@cache
def _by_head(way: Terms) -> Select[Any]:
    """Made once for each way of taking part: putting it together takes longer than running it on a small roll."""
    part = _taking_part(way)
    agrees = part & (RollEntry.choice == YES)
    silent = _joining(way)
    joined = part | silent
    area = RollEntry.area
    areas = [
        area,
        *(case((one, area), else_=0) for one in (part, agrees, RollEntry.choice == NO, silent, joined)),
    ]
    # A head with one line agrees when its line does: only the others have to be grouped.
    lone = (
        _counting()
        .where(RollEntry.lone.is_(True))
        .add_columns(
            func.count().label("heads"),
            func.sum(_number(part)).label("taking"),
            func.sum(_number(agrees)).label("agreeing"),
            *(func.sum(one).label(f"area{at}") for at, one in enumerate(areas)),
            func.sum(_number(joined)).label("joined"),
            func.sum(_number(agrees | silent)).label("with_yes"),
            func.sum(_number(agrees)).label("with_no"),
        )
    )
    c = (
        _counting()
        .where(RollEntry.lone.is_(False))
        .add_columns(
            func.sum(_number(part)).label("part"),
            func.sum(_number(agrees)).label("agree"),
            func.sum(_number(silent)).label("silent"),
            func.sum(_number(joined)).label("joined"),
            *(func.sum(one).label(f"area{at}") for at, one in enumerate(areas)),
        )
        .group_by(RollEntry.head)
        .subquery()
        .c
    )
    grouped = select(
        func.count(),
        func.sum(_number(c.part > 0)),
        func.sum(_number((c.part > 0) & (c.agree == c.part))),
        *(func.sum(c[f"area{at}"]) for at in range(len(areas))),
        func.sum(_number(c.joined > 0)),
        func.sum(_number((c.joined > 0) & (c.joined == c.agree + c.silent))),
        func.sum(_number((c.joined > 0) & (c.joined == c.agree))),
    )
    both = union_all(lone, grouped).subquery()
    return select(*(func.coalesce(func.sum(column), 0) for column in both.c))


def _parties(poll: PollRow) -> tuple[PartyTally, ...]:
    if not poll.terms.weighs("parties"):
        return ()
    rows = db.session.execute(_by_party(_way(poll.terms)), {"poll": poll.id})
    found = {party: PartyTally(party, *map(int, rest)) for party, *rest in rows}
    return tuple(found[party] for party in PARTIES if party in found)


@cache
def _by_party(way: Terms) -> Select[Any]:
    part = _taking_part(way)
    agrees = part & (RollEntry.choice == YES)
    return (
        _counting()
        .add_columns(RollEntry.party, func.count(), func.sum(_number(part)), func.sum(_number(agrees)))
        .where(RollEntry.party != "")
        .group_by(RollEntry.party)
    )


def choice_tally(poll: PollRow) -> dict[str, int]:
    """How often each choice stands on counted ballots, as it is stored. Raises Refused as `sums` does."""
    if poll.state in (PLANNED, OPEN):
        check(results_refusal(poll.terms, declared=False))
    wanted = (
        select(RollEntry.choice, func.count())
        .where(RollEntry.poll_id == poll.id, RollEntry.recused.is_(False), RollEntry.choice.is_not(None))
        .group_by(RollEntry.choice)
    )
    return {choice: many for choice, many in db.session.execute(wanted) if choice is not None}


def option_tally(poll: PollRow) -> dict[str, int]:
    """How many counted ballots name each option. Raises Refused as `sums` does."""
    found = dict.fromkeys(poll.terms.option_keys, 0)
    for choice, many in choice_tally(poll).items():
        for key in chosen_options(poll.terms, choice):
            if key in found:
                found[key] += many
    return found


def silent_lines(poll_id: int) -> int:
    """How many lines that may vote have no counted ballot."""
    wanted = select(func.count()).where(
        RollEntry.poll_id == poll_id,
        RollEntry.recused.is_(False),
        RollEntry.present.is_(True),
        RollEntry.choice.is_(None),
    )
    return db.session.scalar(wanted) or 0
