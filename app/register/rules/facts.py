"""What a register says of persons: each one once, and their ownerships and residences as facts about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.register.rules.people import person_key
from app.register.rules.values import SELF, Dwelling


@dataclass(frozen=True, slots=True)
class Facts:
    """One dwelling with its people by their keys: owners (key, numerator, denominator), residents (key, relation, since)."""

    dwelling: Dwelling
    owners: tuple[tuple[str, int, int], ...]
    residents: tuple[tuple[str, str, date | None], ...]


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the register: name, and phone or nothing."""

    name: str
    phone: str


def facts(dwellings: Iterable[Dwelling]) -> tuple[dict[str, Someone], list[Facts]]:
    """Every person by key, each once, and the facts of each dwelling; an owner who lives at home is one person."""
    people: dict[str, Someone] = {}
    told: list[Facts] = []
    for dwelling in dwellings:
        code = dwelling.code
        owners: list[tuple[str, int, int]] = []
        by_name: dict[str, str] = {}
        for owner in dwelling.owners:
            key = person_key(owner.name, owner.phone, code)
            owners.append((key, owner.numerator, owner.denominator))
            by_name.setdefault(owner.name, key)
            if key not in people or (owner.phone and not people[key].phone):
                people[key] = Someone(owner.name, owner.phone)
        residents: dict[tuple[str, str], date | None] = {}
        for one in dwelling.residents:
            own = by_name.get(one.name) if one.relation == SELF else None
            key = own or person_key(one.name, one.phone, code)
            people.setdefault(key, Someone(one.name, one.phone))
            if residents.get((key, one.relation)) is None:
                residents[key, one.relation] = one.since
        told.append(Facts(dwelling, tuple(owners), tuple((*who, since) for who, since in residents.items())))
    return people, told


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """The order in which people list buildings and rooms: 2 before 10, digits before letters."""
    parts: list[tuple[int, int, str]] = []
    for piece in _pieces(text):
        parts.append((0, int(piece), "") if piece.isdigit() else (1, 0, piece))
    return tuple(parts)


def _pieces(text: str) -> Sequence[str]:
    pieces: list[str] = []
    for char in text:
        if pieces and pieces[-1][-1].isdigit() == char.isdigit():
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def place_words(building: str, unit: str, room: str) -> str:
    """A dwelling's place as it is written on a letter: 1号楼2单元301室; A栋301室 where a building has no number."""
    return f"{building}{'号楼' if building.isdigit() else '栋'}{f'{unit}单元' if unit else ''}{room}室"
