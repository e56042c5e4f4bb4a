"""What can happen to the register; numbers only, never a name."""

from dataclasses import dataclass
from typing import Literal

from app.core.words import N_


@dataclass(frozen=True, slots=True)
class RegisterImported:
    """A spreadsheet became the register, whole: its figures, and how many dwellings it added or changed.

    `area` is in 0.01 m², `owners` counts heads.
    """

    community_id: int
    import_id: int
    dwellings: int
    area: int
    owners: int
    residents: int
    added: int
    new_owners: int
    new_residents: int
    new_measures: int


@dataclass(frozen=True, slots=True)
class PersonLinked:
    """Somebody of the register can now act through an account."""

    community_id: int
    person_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class VoterProposed:
    """A co-owner said who shall cast the dwelling's ballot; the others are asked."""

    community_id: int
    dwelling_id: int
    naming_id: int


@dataclass(frozen=True, slots=True)
class VoterNamed:
    """The co-owners of a dwelling named one voter: all agreed, or their mandate lies at the desk."""

    community_id: int
    dwelling_id: int
    naming_id: int
    by: Literal["owners", "desk"]


@dataclass(frozen=True, slots=True)
class VoterNamingEnded:
    """A naming was taken back or replaced; until there is another, any co-owner casts the ballot."""

    community_id: int
    dwelling_id: int
    naming_id: int


WORDS = {
    VoterProposed: N_("共有人推选投票人，等其他共有人同意"),
    VoterNamed: N_("共有人推选了投票人"),
    VoterNamingEnded: N_("推选的投票人撤回了"),
    RegisterImported: N_("导入房屋名册：%(dwellings)s户，业主%(owners)s人"),
    PersonLinked: N_("名册里的一位与账号连上"),
}
