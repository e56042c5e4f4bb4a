"""A spreadsheet beside the register that exists."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.secrets import fingerprint
from app.register.queries.records import standing
from app.register.rules import Changes, Facts, Known, Reading, Someone, compare, facts


@dataclass(frozen=True, slots=True)
class Told:
    """A spreadsheet as facts: persons by key with their prints, dwellings by code with what can be compared."""

    people: Mapping[str, Someone]
    prints: Mapping[str, str]
    facts: Mapping[str, Facts]
    known: Mapping[str, Known]


def told(community_id: int, reading: Reading) -> Told:
    """What a spreadsheet says, with persons as this community's register recognises them."""
    people, all_facts = facts(reading.dwellings)
    prints = {key: fingerprint(f"{community_id}|{key}", "person") for key in people}
    known: dict[str, Known] = {}
    by_code: dict[str, Facts] = {}
    for fact in all_facts:
        dwelling = fact.dwelling
        code = dwelling.code
        by_code[code] = fact
        known[code] = Known(
            dwelling.area,
            dwelling.use,
            dwelling.basis,
            dwelling.developer,
            frozenset((prints[key], numerator, denominator) for key, numerator, denominator in fact.owners),
            frozenset((prints[key], relation) for key, relation, _ in fact.residents),
        )
    return Told(people, prints, by_code, known)


def foreseen_changes(community_id: int, reading: Reading) -> Changes:
    """What an import would change, without changing anything."""
    on_record = {code: one.known for code, one in standing(community_id).items()}
    return compare(on_record, told(community_id, reading).known)
