"""When bids may come, go and be opened, and how many there must be."""

from datetime import datetime, timedelta

from app.core.values import Fen, Refusal
from app.core.words import N_
from app.procurement.rules.basis import CONSULTATION, SERVICES, Basis

GRACE = timedelta(seconds=30)
"""What arrived before the deadline may still be under way for so long; nothing is opened earlier."""


def bidding_refusal(
    now: datetime, published_at: datetime | None, deadline: datetime, opened: bool, ended: str = ""
) -> Refusal | None:
    """Bids come in between the notice and the deadline; they may be replaced and withdrawn until then (87号令 34, 36)."""
    if published_at is None or now < published_at:
        return Refusal(N_("公告还没有发布，现在不能递交标书。"))
    if ended:
        return Refusal(N_("这次采购已经终止，不再收标书。"))
    if now >= deadline or opened:
        sentence = N_("递交标书的时间已经在%(deadline)s截止。以服务器收到的时间为准，没有人能通融。")
        return Refusal(sentence, {"deadline": deadline}, "87号令 33")
    return None


def price_refusal(price: int, ceiling: int) -> Refusal | None:
    """An offer is more than nothing and not above the published ceiling (87号令 63)."""
    if price <= 0:
        return Refusal(N_("报价要大于0元。"))
    if price > ceiling:
        sentence = N_("报价%(price)s高于最高限价%(ceiling)s，这样的标书会被判无效。")
        return Refusal(sentence, {"price": Fen(price), "ceiling": Fen(ceiling)}, "87号令 63")
    return None


def opening_refusal(now: datetime, deadline: datetime, opened: bool = False) -> Refusal | None:
    """Nothing is opened before the deadline, nor while what arrived in time is still being stored (87号令 39)."""
    if opened:
        return Refusal(N_("已经开标了。"))
    if now < deadline:
        return Refusal(N_("还没到截止时间，%(deadline)s以后才能开标。"), {"deadline": deadline}, "87号令 39")
    if now < deadline + GRACE:
        sentence = N_("截止前到达的标书还在登记，请过%(seconds)s秒再开标。")
        left = deadline + GRACE - now
        return Refusal(sentence, {"seconds": -(-left // timedelta(seconds=1))})
    return None


def fewest_bidders(method: str, category: str, basis: Basis) -> tuple[int, str]:
    """How many bidders a method needs, with the article: three; two where a consultation buys services."""
    row = basis.row(f"{method}.bidders")
    if method == CONSULTATION and category == SERVICES:
        row = basis.find(f"{method}.bidders_services") or row
    return row.whole, row.article


def bidders_refusal(bidders: int, method: str, category: str, basis: Basis) -> Refusal | None:
    """With fewer than three bidders nothing is opened; a consultation for services goes on with two, ends with one."""
    least, article = fewest_bidders(method, category, basis)
    if bidders < least:
        sentence = N_("截止时只有%(bidders)s家递交，不足%(least)s家，不开标，这次采购失败，标书原样封存。")
        return Refusal(sentence, {"bidders": bidders, "least": least}, article)
    return None


def qualified_refusal(qualified: int, method: str, category: str, basis: Basis) -> Refusal | None:
    """With fewer than three qualified bidders the tender has failed, and nothing is scored (87号令 44)."""
    least, article = fewest_bidders(method, category, basis)
    if qualified < least:
        sentence = N_("合格的投标人只有%(qualified)s家，不足%(least)s家，不能评审。")
        return Refusal(sentence, {"qualified": qualified, "least": least}, article)
    return None


def question_refusal(now: datetime, published_at: datetime | None, deadline: datetime) -> Refusal | None:
    """Questions are asked while bids may come."""
    if published_at is None or now < published_at:
        return Refusal(N_("公告还没有发布，现在不能提问。"))
    if now >= deadline:
        return Refusal(N_("递交标书的时间已经在%(deadline)s截止，不再收提问。"), {"deadline": deadline})
    return None


def answer_refusal(now: datetime, deadline: datetime, answered: bool) -> Refusal | None:
    """A question is answered once, to all, before the bids are due."""
    if answered:
        return Refusal(N_("这个问题已经答复过了。"))
    if now >= deadline:
        sentence = N_("已经过了截止时间%(deadline)s，答复不能再影响标书。")
        return Refusal(sentence, {"deadline": deadline}, "87号令 27")
    return None
