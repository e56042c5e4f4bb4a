"""Counting a file by one rule, as `flask voting count` does: no poll, no roll, ties by key as text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules.approval import standings, winners
from app.voting.rules.methods.equal_shares import equal_shares, equal_shares_add1
from app.voting.rules.methods.funding import Funding, Project, Spending, Support, approvals
from app.voting.rules.methods.greedy import greedy
from app.voting.rules.methods.irv import irv
from app.voting.rules.methods.lots import by_text
from app.voting.rules.methods.schulze import schulze
from app.voting.rules.pabulib import APPROVAL, ORDINAL, Election

GREEDY, EQUAL_SHARES, EQUAL_SHARES_ADD1 = "greedy", "equal-shares", "equal-shares-add1"
IRV, SCHULZE = "irv", "schulze"
RULES = (GREEDY, EQUAL_SHARES, EQUAL_SHARES_ADD1, IRV, SCHULZE, APPROVAL)


@dataclass(frozen=True, slots=True)
class Counted:
    """Who wins, as text in its order, and the order that the rule gives: of funding, of votes, from the first place down."""

    rule: str
    winners: tuple[str, ...]
    order: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer of the contract."""
        return {"rule": self.rule, "winners": list(self.winners), "order": list(self.order)}


def count_refusal(election: Election, rule: str) -> Refusal | None:
    """A rule counts the ballots that it is made for: budgets need costs and a budget, run-offs need rankings."""
    if rule in (IRV, SCHULZE) and election.vote_type != ORDINAL:
        return Refusal(N_("%(rule)s要用排序的选票来数，文件里的选票是“%(kind)s”。"), {"rule": rule, "kind": election.vote_type or "?"})  # fmt: skip
    if rule == APPROVAL and election.vote_type != APPROVAL:
        return Refusal(N_("%(rule)s要用赞成票来数，文件里的选票是“%(kind)s”。"), {"rule": rule, "kind": election.vote_type or "?"})  # fmt: skip
    if rule in (GREEDY, EQUAL_SHARES, EQUAL_SHARES_ADD1) and election.budget is None:
        return Refusal(N_("%(rule)s要有总预算和各项目的金额，文件里没有写明预算。"), {"rule": rule})
    if not election.votes:
        return Refusal(N_("文件里没有可以计入的选票。"))
    return None


def count_election(election: Election, rule: str) -> Counted:
    """Count a file by one of RULES; ask `count_refusal` before. Raises ValueError for a rule that nobody knows."""
    keys = by_text(option.key for option in election.options)
    if rule == APPROVAL:
        tally = Counter[str](dict.fromkeys(keys, 0))
        for vote in election.votes:
            tally.update(dict.fromkeys(vote.projects, vote.times))
        order = standings(tally)
        return Counted(rule, winners(order), tuple(item.option for item in order))
    if rule == IRV:
        run_off = irv(keys, rankings(election), keys)
        return Counted(rule, (run_off.winner,), run_off.order)
    if rule == SCHULZE:
        ranked = schulze(keys, rankings(election), keys).order
        return Counted(rule, ranked[:1], ranked)
    funding = _funding(spending(election), rule, keys)
    return Counted(rule, by_text(funding.funded), funding.funded)


def _funding(task: Spending, rule: str, keys: Sequence[str]) -> Funding:
    if rule == GREEDY:
        return greedy(task, keys)
    if rule == EQUAL_SHARES:
        return equal_shares(task, keys)
    if rule == EQUAL_SHARES_ADD1:
        return equal_shares_add1(task, keys).funding
    raise ValueError(f"nobody counts by {rule}")


def rankings(election: Election) -> Counter[tuple[str, ...]]:
    """The orders on the ballots, with how often each was cast."""
    found = Counter[tuple[str, ...]]()
    for vote in election.votes:
        found[vote.projects] += vote.times
    return found


def spending(election: Election) -> Spending:
    """The budget of a file and what its voters have from each project: what it costs if they approve, else their points.

    Rankings without points give Borda's: as many as there are projects below on the ballot. Ballots that name nothing
    count as voters, with their share and without a wish.
    """
    projects = tuple(Project(option.key, option.cost or 0) for option in election.options)
    supports: tuple[Support, ...]
    if election.vote_type == APPROVAL:
        chosen = Counter[tuple[str, ...]]()
        for vote in election.votes:
            chosen[by_text(vote.projects)] += vote.times
        supports = approvals(projects, chosen)
    else:
        marks = Counter[tuple[tuple[str, int], ...]]()
        for vote in election.votes:
            points = vote.points if vote.points is not None else borda(len(vote.projects))
            marks[tuple(sorted(zip(vote.projects, points, strict=True)))] += vote.times
        supports = tuple(Support(many, dict(pairs)) for pairs, many in marks.items())
    if election.blank:
        supports = (*supports, Support(election.blank, {}))
    return Spending(projects, election.budget or 0, supports, election.scale)


def borda(places: int) -> tuple[int, ...]:
    """Borda's points for the places of one ranking: as many as there are places below."""
    return tuple(range(places - 1, -1, -1))
