"""Who evaluates: how many, how many experts, who chairs, and who must stay away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.core.values import Refusal
from app.core.words import N_
from app.procurement.rules.basis import OPEN, Basis

EXPERT, BUYER = "expert", "buyer"
SEATS = {EXPERT: N_("评审专家"), BUYER: N_("采购人代表")}


@dataclass(frozen=True, slots=True)
class PanelSeat:
    """One member of the panel: account, kind, whether in the chair, what was declared (None: nothing yet)."""

    account_id: int
    kind: str
    chairs: bool = False
    conflicted: bool | None = None


def panel_size(method: str, budget: int, demanding: bool, basis: Basis) -> tuple[int, str]:
    """Five and more; seven from ten million yuan, or where complex or of high social impact; three in a consultation."""
    if method == OPEN and (demanding or budget >= basis.row("open.panel_large_from").whole):
        row = basis.row("open.panel_large")
    else:
        row = basis.row(f"{method}.panel")
    return row.whole, row.article


def panel_refusal(
    method: str, budget: int, seats: Sequence[PanelSeat], basis: Basis, demanding: bool = False
) -> Refusal | None:
    """A panel is large enough, odd, at least two thirds experts, chaired by one who does not stand for the buyer."""
    members = len(seats)
    least, article = panel_size(method, budget, demanding, basis)
    if members < least:
        return Refusal(
            N_("评审小组只有%(members)s人，至少要%(least)s人。"), {"members": members, "least": least}, article
        )
    if members % 2 == 0:
        return Refusal(N_("评审小组有%(members)s人，应当是单数。"), {"members": members}, article)
    experts = sum(seat.kind == EXPERT for seat in seats)
    row = basis.row("panel_experts")
    if Fraction(experts, members) < row.value:
        needed = -(-row.value.numerator * members // row.value.denominator)
        sentence = N_("评审专家只有%(experts)s人，不少于三分之二，%(members)s人里至少要%(needed)s人。")
        return Refusal(sentence, {"experts": experts, "members": members, "needed": needed}, article)
    if len({seat.account_id for seat in seats}) != members:
        return Refusal(N_("同一个人不能在评审小组里占两个位置。"))
    return _chair_refusal(seats, basis)


def _chair_refusal(seats: Sequence[PanelSeat], basis: Basis) -> Refusal | None:
    chairs = [seat for seat in seats if seat.chairs]
    row = basis.row("panel_chair")
    if any(seat.kind == BUYER for seat in chairs):
        return Refusal(N_("采购人代表不能当评审组长。"), article=row.article)
    if len(chairs) != 1:
        return Refusal(N_("评审小组要推选一位组长。"), article=row.article)
    return None


def member_refusal(bids_for: frozenset[int], bidders: frozenset[int]) -> Refusal | None:
    """Nobody evaluates a bid of an organisation to which they belong. Both sets hold organisations' numbers."""
    if bids_for & bidders:
        return Refusal(
            N_("这个人属于其中一家投标的机构，应当回避，不能参加评审。"), article=N_("政府采购法 12；平台评审规则")
        )
    return None


def replacing_refusal(
    before: Sequence[PanelSeat], handed_in: Collection[int], chosen: Collection[int] | None = None
) -> Refusal | None:
    """Once a member has handed in, only who declared a conflict is replaced, and the others go on (87号令 49).

    `handed_in` and `chosen` are accounts; without `chosen` the question is whether anybody may be replaced at all.
    """
    if not handed_in:
        return None
    if not any(seat.conflicted for seat in before):
        return Refusal(N_("已经有评委提交了评分，不能再换评审小组。"), article="87号令 47")
    if chosen is not None and not {seat.account_id for seat in before if not seat.conflicted} <= set(chosen):
        sentence = N_("已经有评委提交了评分，只能换下申报了利害关系的评委，其他人要留下。")
        return Refusal(sentence, article="87号令 49")
    return None


def scoring_refusal(seats: Sequence[PanelSeat], account_id: int) -> Refusal | None:
    """A member scores only after declaring, and not at all after declaring a conflict; all have declared first."""
    mine = next((seat for seat in seats if seat.account_id == account_id), None)
    if mine is None:
        return Refusal(N_("您不在这次的评审小组里。"), article="87号令 47")
    if mine.conflicted:
        return Refusal(N_("您申报了利害关系，已经回避，不能评分。"), article=N_("政府采购法 12；平台评审规则"))
    if mine.conflicted is None:
        return Refusal(N_("请先申报有没有利害关系，再评分。"), article=N_("政府采购法 12；平台评审规则"))
    return None
