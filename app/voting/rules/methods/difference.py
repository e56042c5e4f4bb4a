"""What two ways of spending the same budget differ in, and why, in plain sentences."""

from collections.abc import Mapping
from typing import Any

from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules.terms import Terms


def differences(terms: Terms, details: Mapping[str, Any]) -> tuple[Refusal, ...]:
    """Every project that only one way funds, with the reason; one sentence where both fund the same.

    The greedy way leaves out only what no longer fits when its turn comes; equal shares leave out only what its supporters
    cannot pay together out of what they have left.
    """
    greedy, shares = details["greedy"]["funded"], details["equal-shares"]["funded"]
    labels = {option.key: option.label for option in terms.options}
    found = [
        Refusal(N_("“%(project)s”只在平均分配时入选：想办它的人用自己的份额付得起；按先后排到它时，剩下的钱不够了。"), {"project": labels[key]})
        for key in shares
        if key not in greedy
    ] + [
        Refusal(N_("“%(project)s”只在按先后时入选：想办它的人多，钱也还够；平均分配时，这些人的份额大多已经用在别的项目上，合起来付不起它。"), {"project": labels[key]})
        for key in greedy
        if key not in shares
    ]  # fmt: skip
    return tuple(found) or (Refusal(N_("两种算法选出的项目一样。")),)
