"""A budget to be spent on projects: what voters want, and how much they get from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Project:
    """One thing that may be paid for, and what it costs (a whole number)."""

    key: str
    cost: int


@dataclass(frozen=True, slots=True)
class Support:
    """So many voters marked their ballots alike: `satisfaction` is what each has from a project if it is funded."""

    voters: int
    satisfaction: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Spending:
    """What there is to decide. All amounts are whole numbers of one unit, `step` of which are the 1 of “raise by 1”."""

    projects: tuple[Project, ...]
    budget: int
    supports: tuple[Support, ...]
    step: int = 1

    @property
    def voters(self) -> int:
        """How many ballots there are, those that support nothing included."""
        return sum(support.voters for support in self.supports)

    def costs(self) -> dict[str, int]:
        """What each project costs."""
        return {project.key: project.cost for project in self.projects}


@dataclass(frozen=True, slots=True)
class Funding:
    """What is funded, in the order in which it was taken, and what that costs.

    `ties` holds groups of projects that were equal where only some of them could be taken: there the order of lots decides.
    """

    funded: tuple[str, ...]
    cost: int
    ties: tuple[tuple[str, ...], ...] = ()


def approvals(spending_projects: Sequence[Project], chosen: Mapping[tuple[str, ...], int]) -> tuple[Support, ...]:
    """Approval ballots (with how often each occurs): a voter has from a funded project what it costs."""
    costs = {project.key: project.cost for project in spending_projects}
    return tuple(Support(many, {key: costs[key] for key in keys}) for keys, many in chosen.items())


def satisfaction(spending: Spending) -> dict[str, int]:
    """What all voters together have from each project."""
    total = dict.fromkeys((project.key for project in spending.projects), 0)
    for support in spending.supports:
        for key, points in support.satisfaction.items():
            total[key] += support.voters * points
    return total
