"""What may be put to residents: by which method, about which options, within which budget."""

from collections.abc import Sequence

from app.core.values import Fen, Refusal
from app.core.words import N_
from app.voting.rules.presets import METHODS, OPINION
from app.voting.rules.terms import BUDGET, Option

MOST_OPTIONS = 40
LONGEST_LABEL = 200
MOST_MONEY = 10**13


def offer_refusal(method: str, options: Sequence[Option], budget: int | None = None) -> Refusal | None:
    """Yes or no needs no options; every other method needs some, and a budget needs what each of them costs.

    `budget` and costs are in fen.
    """
    if method not in METHODS:
        return Refusal(N_("请选一种计票方法。"))
    if method == OPINION:
        return Refusal(N_("问同意不同意的投票不用另写选项。")) if options else _no_budget(budget)
    if not 2 <= len(options) <= MOST_OPTIONS:
        return Refusal(N_("请写2到%(most)s个选项。"), {"most": MOST_OPTIONS})
    labels = [option.label.strip() for option in options]
    if not all(labels) or any(len(label) > LONGEST_LABEL for label in labels):
        return Refusal(N_("每个选项要有名称，不超过%(most)s个字。"), {"most": LONGEST_LABEL})
    if len(set(labels)) < len(labels) or len({option.key for option in options}) < len(options):
        return Refusal(N_("有两个选项的名称一样，请改成不同的。"))
    return _budget_refusal(options, budget) if method == BUDGET else _no_budget(budget)


def _no_budget(budget: int | None) -> Refusal | None:
    return None if budget is None else Refusal(N_("只有按预算选项目的投票才有预算。"))


def _budget_refusal(options: Sequence[Option], budget: int | None) -> Refusal | None:
    if budget is None or not 0 < budget <= MOST_MONEY:
        return Refusal(N_("请写一共有多少钱可以用。"))
    for option in options:
        if option.cost is None or not 0 < option.cost <= MOST_MONEY:
            return Refusal(N_("请写“%(label)s”要多少钱。"), {"label": option.label})
        if option.cost > budget:
            return Refusal(N_("“%(label)s”要%(cost)s，比一共可用的%(budget)s还多，选上也办不成。"),
                           {"label": option.label, "cost": Fen(option.cost), "budget": Fen(budget)})  # fmt: skip
    return None
