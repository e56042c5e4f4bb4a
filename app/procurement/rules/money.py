"""The money of a tender: ceiling, bonds, prices that are suspiciously low, milestones that add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.core.values import Fen, Refusal
from app.core.words import N_
from app.procurement.rules.basis import Basis, Finding, finding
from app.procurement.rules.terms import FULL, TenderTerms


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of a contract: what is due, by when, and the money paid for it in fen."""

    title: str
    due: date
    amount: int


def money_findings(terms: TenderTerms, basis: Basis) -> list[Finding]:
    """The ceiling keeps to the budget, no minimum price, bid bond ≤ 2 % of budget, performance bond ≤ 10 %."""
    found: list[Finding] = []
    if terms.ceiling > terms.budget:
        sentence = N_("最高限价%(ceiling)s超过了授权的%(budget)s。")
        values = {"ceiling": Fen(terms.ceiling), "budget": Fen(terms.budget)}
        found.append(finding("ceiling-over-budget", basis.row("ceiling"), "ceiling", sentence, **values))
    if terms.minimum_price is not None:
        sentence = N_("不能设最低限价（这里写了%(price)s）。")
        row = basis.row("minimum_price")
        found.append(finding("minimum-price", row, "minimum_price", sentence, price=Fen(terms.minimum_price)))
    bid = basis.row("bid_bond")
    if terms.bid_bond > bid.value * terms.budget:
        most = Fen(int(bid.value * terms.budget))
        sentence = N_("投标保证金%(bond)s超过了预算的2%%（%(most)s）。")
        found.append(finding("bid-bond-too-high", bid, "bid_bond", sentence, bond=Fen(terms.bid_bond), most=most))
    performance = basis.row("performance_bond")
    if Fraction(terms.performance_bond, FULL) > performance.value:
        sentence = N_("履约保证金不能超过合同金额的10%%。")
        found.append(finding("performance-bond-too-high", performance, "performance_bond", sentence))
    return found


def low_price_findings(prices: Sequence[int], price: int, ceiling: int, basis: Basis) -> list[Finding]:
    """A price so low that the bidder is asked to explain it; being asked is not being rejected.

    `prices` are all compliant prices, this one among them (fen). Source: 财库〔2026〕2号, to be confirmed locally.
    """
    rows = {name: basis.find(f"low_price.{name}") for name in ("mean", "next", "ceiling")}
    found: list[Finding] = []
    mean, following, share = rows["mean"], rows["next"], rows["ceiling"]
    if mean and prices and price * len(prices) < mean.value * sum(prices):
        sentence = N_("报价%(price)s低于全部有效报价平均数的一半，要请投标人说明。")
        found.append(finding("low-price-mean", mean, "price", sentence, price=Fen(price)))
    dearer = [other for other in prices if other > price]
    if following and dearer and price < following.value * min(dearer):
        sentence = N_("报价%(price)s低于次低报价%(next)s的一半，要请投标人说明。")
        found.append(finding("low-price-next", following, "price", sentence, price=Fen(price), next=Fen(min(dearer))))
    if share and price < share.value * ceiling:
        sentence = N_("报价%(price)s低于最高限价的45%%，要请投标人说明。")
        found.append(finding("low-price-ceiling", share, "price", sentence, price=Fen(price)))
    return found


def contract_refusal(price: int, awarded: int, milestones: Sequence[Milestone]) -> Refusal | None:
    """A contract is signed at the price of the winning bid, and its milestones add up to it (政府采购法 46)."""
    if price != awarded:
        sentence = N_("合同金额应当等于中标价%(awarded)s，现在写的是%(price)s。")
        return Refusal(sentence, {"awarded": Fen(awarded), "price": Fen(price)}, "政府采购法 46")
    if not milestones:
        return Refusal(N_("合同至少要有一个付款节点。"))
    if any(milestone.amount < 0 for milestone in milestones):
        return Refusal(N_("付款不能是负数。"))
    total = sum(milestone.amount for milestone in milestones)
    if total != price:
        sentence = N_("各个节点加起来是%(total)s，应当正好等于合同金额%(price)s，差%(gap)s。")
        return Refusal(sentence, {"total": Fen(total), "price": Fen(price), "gap": Fen(abs(price - total))})
    return None


def addition_refusal(contract: int, additions: int, basis: Basis) -> Refusal | None:
    """What is added to a contract is at most ten percent of it (政府采购法 49)."""
    row = basis.row("contract_additions")
    if additions > row.value * contract:
        sentence = N_("追加的金额一共不能超过原合同的10%%（%(most)s）。")
        return Refusal(sentence, {"most": Fen(int(row.value * contract))}, row.article)
    return None
