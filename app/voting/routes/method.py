"""What a counting method found, as the pages show it: rows with their words, figures beside their wholes."""

from typing import Any

from app.core.i18n import _, said
from app.voting.forms import amount
from app.voting.queries import PollView
from app.voting.rules import Terms
from app.voting.rules.methods.difference import differences
from app.voting.rules.terms import BUDGET, BY_POINTS, IRV


def method_shown(terms: Terms, view: PollView) -> dict[str, Any] | None:
    """The tables of a method; None before the outcome, and where plain numbers are all there is."""
    details = view.details
    if details is None:
        return None
    labels = {option.key: option.label for option in terms.options}
    shown: dict[str, Any] = {
        "kind": terms.method,
        "labels": labels,
        "ties": [[labels[key] for key in tie] for tie in details["ties"]],
        "seed": view.lot.seed if view.lot else None,
        "lot": [labels[key] for key in details["lot"]],
    }
    if terms.method == BUDGET:
        return shown | _spending(terms, view)
    if terms.method == BY_POINTS:
        most = max((one["points"] for one in details["standings"]), default=0)
        return shown | {"most": most, "rows": [one | {"mean": _mean(one)} for one in details["standings"]]}
    if terms.method == IRV:
        return shown | {"rounds": [_round(one) for one in details["rounds"]], "order": details["order"]}
    return shown | {"pairs": details["pairs"], "order": details["order"], "condorcet": details["condorcet"]}


def _mean(one: dict[str, Any]) -> str:
    """Points for each ballot that gave a mark, with two decimals, rounded half up."""
    if not one["ballots"]:
        return ""
    hundredths = (one["points"] * 200 + one["ballots"]) // (2 * one["ballots"])
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _round(one: dict[str, Any]) -> dict[str, Any]:
    tally = sorted(one["tally"].items(), key=lambda item: -item[1])
    return {"tally": tally, "standing": sum(one["tally"].values()), "exhausted": one["exhausted"], "out": one["out"]}


def _spending(terms: Terms, view: PollView) -> dict[str, Any]:
    assert view.details is not None, "only a counted poll has spent its budget"
    assert terms.budget is not None, "a budget is spent only where there is one"
    wanted = {item.option: item.ballots for item in view.options}
    greedy, shares = view.details["greedy"], view.details["equal-shares"]
    rows = [
        {
            "label": option.label,
            "cost": amount(option.cost or 0, terms.budget),
            "ballots": wanted.get(option.key),
            "greedy": option.key in greedy["funded"],
            "shares": option.key in shares["funded"],
        }
        for option in sorted(terms.options, key=lambda option: -wanted.get(option.key, 0))
    ]
    numerator, denominator = shares["share"]
    return {
        "rows": rows,
        "ballots": bool(wanted),
        "ways": [
            {"name": _("按赞成多少先后"), "how": _("想办的人最多的先办，钱不够的跳过，看下一个。"), **_way(terms, greedy)},
            {"name": _("平均分配"), "how": _share(terms, numerator // denominator, shares), **_way(terms, shares)},
        ],
        "differences": [said(one) for one in differences(terms, view.details)],
        "budget": amount(terms.budget.amount, terms.budget),
        "whole": terms.budget.amount,
    }  # fmt: skip


def _way(terms: Terms, way: dict[str, Any]) -> dict[str, Any]:
    assert terms.budget is not None, "a budget is spent only where there is one"
    costs = {option.key: option for option in terms.options}
    return {
        "funded": [(costs[key].label, amount(costs[key].cost or 0, terms.budget)) for key in way["funded"]],
        "cost": way["cost"],
        "spent": amount(way["cost"], terms.budget),
        "left": amount(terms.budget.amount - way["cost"], terms.budget),
    }


def _share(terms: Terms, share: int, shares: dict[str, Any]) -> str:
    assert terms.budget is not None, "a budget is spent only where there is one"
    given = amount(share - share % terms.budget.scale, terms.budget)
    if shares["next_cost"] is None:
        return _("把钱平均分给每张选票，一个项目由想办它的人一起付。每张选票最后按%(share)s算。", share=given)
    return _(
        "把钱平均分给每张选票，一个项目由想办它的人一起付。每张选票最后按%(share)s算，再加就要用%(cost)s，超过预算。",
        share=given,
        cost=amount(shares["next_cost"], terms.budget),
    )
