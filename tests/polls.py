"""Polls for tests: four parties at a table, and houses whose owners vote."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, literal, select

from app.core import clock
from app.core.db import db
from app.core.house import house
from app.core.law.rows import law_row
from app.core.values import PARTIES, Actor, Entry, Grant, Ref
from app.voting import actions
from app.voting.models import Ballot, RollEntry
from app.voting.rules import Budget, council_terms, owners_terms, residents_terms
from app.voting.rules.terms import Option
from tests.world import World

TODAY = date(2026, 3, 2)
MATTER = Ref("story", 1)
QUESTION = "是否同意更换楼道灯？"


def seats(each: int = 2, **changes: dict[str, Any]) -> list[Entry]:
    """So many seats for each party: `branch-1`, voted by `seat:1` and so on. Changes by key (with _ for -)."""
    found = []
    for place, party in enumerate(PARTIES):
        for number in range(1, each + 1):
            key = f"{party}-{number}"
            entry = Entry(key, f"{party}席{number}", group=party, voters=(Ref("seat", place * 10 + number),))
            found.append(replace(entry, **changes.get(key.replace("-", "_"), {})))
    return found


def voter(entry: Entry, world: World) -> Actor:
    """Somebody who may cast the ballot of a line."""
    return Actor(world.accounts["member"], frozenset({Grant(world.community_id, "member")}), frozenset(entry.voters))


def open_council(world: World, roll: Iterable[Entry] | None = None, hours: int = 2, **terms: Any) -> int:
    """A vote of the council, open now."""
    now = clock.now()
    return actions.open_poll(
        world.actor("convener"),
        world.community_id,
        MATTER,
        QUESTION,
        replace(council_terms(TODAY, law_row), **terms),
        list(roll or seats()),
        now,
        now + timedelta(hours=hours),
    )


def units(buildings: int = 2, each: int = 6, area: int = 8950) -> list[Entry]:
    """So many units in so many buildings: `1-101`, voted by `person:1` and so on; every unit is its own head."""
    return [
        Entry(
            f"{tower}-{100 + number}",
            f"{tower}号楼{100 + number}",
            f"{tower}号楼",
            f"h{tower}-{number}",
            area=area,
            voters=(Ref("person", tower * 100 + number),),
        )
        for tower in range(1, buildings + 1)
        for number in range(1, each + 1)
    ]


def open_owners(
    world: World, roll: Iterable[Entry] | None = None, matter: int = 5, days: int = 10, **terms: Any
) -> int:
    """A vote of the owners, open now."""
    now = clock.now()
    return actions.open_poll(
        world.actor("secretary"),
        world.community_id,
        MATTER,
        QUESTION,
        replace(owners_terms(matter, TODAY, law_row), **terms),
        list(roll or units()),
        now,
        now + timedelta(days=days),
    )


IDEAS = (Option("1", "健身角"), Option("2", "充电棚"), Option("3", "儿童滑梯"))


def open_approval(world: World, many: int = 5, **terms: Any) -> int:
    """A residents' poll on three ideas, open now; voted by `person:1` and so on."""
    now = clock.now()
    roll = [Entry(f"r{number}", f"居民{number}", voters=(Ref("person", number),)) for number in range(1, many + 1)]
    return actions.open_poll(
        world.actor("secretary"),
        world.community_id,
        MATTER,
        "哪些可以办？",
        replace(residents_terms(TODAY, law_row, IDEAS), **terms),
        roll,
        now,
        now + timedelta(days=10),
    )


COSTED = (Option("1", "健身角", 50_000_00), Option("2", "充电棚", 60_000_00), Option("3", "儿童滑梯", 30_000_00))


def open_method(world: World, method: str, many: int = 5, budget: Budget | None = None, **terms: Any) -> int:
    """A residents' poll on three ideas by a counting method, open now; voted by `person:1` and so on."""
    now = clock.now()
    roll = [Entry(f"r{number}", f"居民{number}", voters=(Ref("person", number),)) for number in range(1, many + 1)]
    asked = residents_terms(TODAY, law_row, COSTED if budget else IDEAS, method, budget)
    return actions.open_poll(
        world.actor("secretary"),
        world.community_id,
        MATTER,
        "先办哪一件？",
        replace(asked, **terms),
        roll,
        now,
        now + timedelta(days=10),
    )


def marked(poll_id: int, key: str) -> str | None:
    """How the counted ballot of a line is marked, as it lies in the database."""
    return db.session.scalars(select(RollEntry.choice).filter_by(poll_id=poll_id, key=key)).one()


def ballots(poll_id: int) -> list[Ballot]:
    """Every ballot received, in its order."""
    return list(db.session.scalars(select(Ballot).filter_by(poll_id=poll_id).order_by(Ballot.id)))


def cast(world: World, poll_id: int, entry: Entry, choice: str) -> actions.Receipt:
    """One who may do so casts the ballot of a line."""
    return actions.cast_ballot(voter(entry, world), poll_id, entry.key, choice)


def speaks_for(account_id: int, *refs: Ref) -> None:
    """From now on an account may act for these references, as what slices hang up would say."""
    house().voices.extend(
        select(literal(ref.kind), literal(ref.id)).where(bindparam("account_id") == account_id) for ref in refs
    )


def after_close(poll_closes_at: datetime, clock_: Any) -> None:
    """The end has passed, and no ballot can be under way."""
    clock_.set(poll_closes_at + timedelta(seconds=31))
