"""What can happen to the register; numbers only, never a name."""

from dataclasses import dataclass

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


WORDS = {
    RegisterImported: N_("导入房屋名册：%(dwellings)s户，业主%(owners)s人"),
    PersonLinked: N_("名册里的一位与账号连上"),
}
