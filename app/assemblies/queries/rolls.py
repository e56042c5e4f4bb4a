"""The roll of an assembly: the register of the day on which it opens, with the corrections that were accepted."""

from collections.abc import Collection
from datetime import date
from functools import partial

from sqlalchemy import select

from app.assemblies.models import RollCorrection
from app.assemblies.queries.lists import items_of
from app.assemblies.rules import OWNERS, Change, corrected, corrected_people
from app.assemblies.rules.corrections import MINE
from app.bylaws.queries import law
from app.core.db import db
from app.core.law import LawGap
from app.core.values import Actor, Entry, Ref
from app.register.queries.people import persons_of
from app.register.queries.records import dwelling_ids
from app.register.queries.rolls import RollLine, resident_lines, residents_roll, roll, roll_preview
from app.register.rules.voters import BY_RULE, counting_uses
from app.voting import queries as voting
from app.voting.rules.terms import PEOPLE


def roll_on(assembly_id: int, community_id: int, electorate: str, on: date) -> list[Entry]:
    """Who may vote on a day: units whose use counts by the compound's own rule, or everybody who lives here; as corrected.

    `assembly_id` 0 is no assembly: the register alone.
    """
    changes = accepted_changes(assembly_id)
    if electorate == OWNERS:
        return corrected(roll(community_id, on, uses_on(community_id, on)), changes)
    homes = {change.person.id: change.key for change in changes if change.kind == MINE}
    lines = resident_lines(community_id, homes) if homes else {}
    return corrected_people(residents_roll(community_id, on), changes, lines)


def homes_of(community_id: int, electorate: str) -> Collection[str] | None:
    """The homes that somebody may name who corrects a roll of residents; None for a roll of owners, whose lines are units."""
    return None if electorate == OWNERS else dwelling_ids(community_id)


def preview_on(community_id: int, on: date) -> list[RollLine]:
    """The same from the register alone, with what each line rests on, the units that do not count included."""
    return roll_preview(community_id, on)


def uses_on(community_id: int, on: date) -> frozenset[str]:
    """The uses that count here on a day."""
    here = partial(law, community_id)
    switches = {}
    for use in BY_RULE:
        try:
            switches[use] = here(f"owners.counts.{use}", on).whole
        except LawGap:
            continue
    return counting_uses(switches)


def accepted_changes(assembly_id: int) -> list[Change]:
    """The corrections that the desk accepted for an assembly, in the order in which they were asked for; one statement."""
    wanted = select(RollCorrection).where(RollCorrection.assembly_id == assembly_id, RollCorrection.accepted.is_(True))
    return [
        Change(row.key, row.kind, Ref("person", row.person_id), row.area)
        for row in db.session.scalars(wanted.order_by(RollCorrection.number))
    ]


def person_of(actor: Actor, community_id: int) -> Ref | None:
    """The person of this community's register for whom the actor speaks, or None."""
    known = persons_of(community_id, [ref.id for ref in actor.refs("person")])
    return Ref("person", min(known)) if known else None


def is_frozen(assembly_id: int) -> bool:
    """Whether the roll of an assembly is frozen."""
    return any(item.poll and item.poll.frozen_at for item in items_of([assembly_id])[assembly_id])


def frozen_keys(assembly_id: int, person: Ref | None) -> tuple[Collection[str], bool]:
    """The units of the frozen roll of an assembly's first vote (of residents: the homes), and whether somebody stands on it."""
    first = next((item.poll for item in items_of([assembly_id])[assembly_id] if item.poll), None)
    if first is None:
        return frozenset(), False
    people = first.terms.electorate == PEOPLE
    keys = dwelling_ids(first.community_id) if people else {line.entry.key for line in voting.roll_lines(first)}
    whose = person is not None and bool(voting.lines_of(first, [person]) or voting.told_lines(first, [person]))
    return keys, whose
