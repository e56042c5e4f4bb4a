"""Where somebody lives, as far as it may be said beside their name."""

from datetime import date
from typing import Any

from sqlalchemy import Select, literal, or_, select, union_all

from app.core.db import built
from app.core.memory import rows
from app.register.models import Dwelling, Ownership, Person, Residence


def find_building(community_id: int, account_id: int, on: date) -> str:
    """The building in which the person of an account lives on a day, else owns; empty where the register knows none."""
    found = rows(built(_building), community_id=community_id, account_id=account_id, on=on)
    return found[0][0] if found else ""


def _building(community_id: Any, account_id: Any, on: Any) -> Select[str]:
    lives = (
        select(Dwelling.building, literal(0).label("rank"), Dwelling.id.label("dwelling_id"))
        .join(Residence, Residence.dwelling_id == Dwelling.id)
        .join(Person, Person.id == Residence.person_id)
        .where(
            Person.account_id == account_id,
            Person.community_id == community_id,
            or_(Residence.to_day.is_(None), Residence.to_day >= on),
        )
    )
    owns = (
        select(Dwelling.building, literal(1), Dwelling.id)
        .join(Ownership, Ownership.dwelling_id == Dwelling.id)
        .join(Person, Person.id == Ownership.person_id)
        .where(
            Person.account_id == account_id,
            Person.community_id == community_id,
            or_(Ownership.to_day.is_(None), Ownership.to_day >= on),
        )
    )
    both = union_all(lives, owns).subquery()
    return select(both.c.building).order_by(both.c.rank, both.c.dwelling_id).limit(1)
