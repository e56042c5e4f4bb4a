"""Values that every floor shares: who acts, what is meant, why something may not be done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

BRANCH, RESIDENTS, OWNERS, PROPERTY = "branch", "residents", "owners", "property"
PARTIES: tuple[str, ...] = (BRANCH, RESIDENTS, OWNERS, PROPERTY)


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A thing of any slice, named without importing it: its kind and its number, stored as two columns."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read `kind:id` back. Raises ValueError for anything else."""
        kind, _, number = text.partition(":")
        if not kind or not number.isascii() or not number.isdigit():
            raise ValueError(f"not a reference: {text!r}")
        return cls(kind, int(number))


@dataclass(frozen=True, slots=True)
class Grant:
    """One role that an account holds in one community while its term lasts."""

    community_id: int
    role: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a detached value, safe to hand to rules. `acts_as` holds what the account may speak for."""

    account_id: int | None = None
    grants: frozenset[Grant] = frozenset()
    acts_as: frozenset[Ref] = frozenset()

    def roles(self, community_id: int) -> frozenset[str]:
        """The roles that this actor holds in one community; everybody is `anyone`, whoever signed in is `account`."""
        held = {grant.role for grant in self.grants if grant.community_id == community_id}
        held.add("anyone")
        if self.account_id is not None:
            held.add("account")
        return frozenset(held)

    def refs(self, kind: str) -> tuple[Ref, ...]:
        """What this actor speaks for of one kind, in the order of their numbers."""
        return tuple(sorted(ref for ref in self.acts_as if ref.kind == kind))


ANYONE = Actor()


def the_house(community_id: int) -> Actor:
    """The house itself, at the terminal and in jobs: no account, the operator's verbs in one community."""
    return Actor(None, frozenset({Grant(community_id, "operator")}))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the law or the state of a matter forbids a step now: a sentence with its values, and the article.

    `sentence` is the Chinese source text with %(name)s places; it is translated and its values (dates, numbers) are
    put into the reader's words where it is shown, so that rules stay free of language and web.
    """

    sentence: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    article: str = ""


@dataclass(frozen=True, slots=True)
class Fen:
    """An amount of money inside a refusal, in fen."""

    amount: int


@dataclass(frozen=True, slots=True)
class Area:
    """A floor area inside a refusal, in 0.01 m²."""

    amount: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a frozen roll: what gets one ballot (a unit, a seat, a person), and who may cast it.

    `head` and `area` are the two denominators (heads by equal text, area in 0.01 m², 0 where area does not count),
    `group` is the party, `voters` are the references that may cast the ballot, presence and recusal are settled before.
    `eligible_from` is the day since which they may, where it is known. `told` are those who named somebody else to cast it and
    are told that it was.
    """

    key: str
    label: str
    building: str = ""
    head: str = ""
    group: str = ""
    area: int = 0
    voters: tuple[Ref, ...] = ()
    present: bool = True
    recused: bool = False
    eligible_from: date | None = None
    told: tuple[Ref, ...] = ()

    @property
    def holders(self) -> tuple[Ref, ...]:
        """Whose the line is: those who may cast its ballot, and those who named somebody else to do so."""
        return (*self.voters, *self.told)
