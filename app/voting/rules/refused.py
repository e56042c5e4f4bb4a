"""Ballots that come to the desk and cannot count: why, and how a refusal that was a mistake is undone."""

from collections.abc import Collection
from datetime import datetime

from app.core.values import Entry, Refusal
from app.core.words import N_
from app.voting.rules.refusals import OPEN, PLANNED, state
from app.voting.rules.terms import PROXY, Terms

LATE, UNKNOWN_CODE, UNKNOWN_UNIT, REPLACED = "after-closing", "unknown-code", "unknown-unit", "replaced"
NOT_VOTING, STANDS, NO_MANDATE, OWNER_VOTED = "not-voting", "already-voted", "no-mandate", "owner-voted"
REFUSED_WORDS = {
    LATE: N_("迟到"),
    UNKNOWN_CODE: N_("选票码不认得"),
    UNKNOWN_UNIT: N_("不在名册上"),
    REPLACED: N_("已换发新票"),
    NOT_VOTING: N_("不参加这次表决"),
    STANDS: N_("已经投过，不能更改"),
    NO_MANDATE: N_("没有有效的委托书"),
    OWNER_VOTED: N_("业主自己已经投票"),
}
"""Why a ballot is refused for good, in words; in the order in which they are told."""
_TERMS = N_("本次表决的规则")


def why_refused(
    terms: Terms,
    entry: Entry | None,
    channel: str,
    now: datetime,
    *,
    declared: bool = False,
    frozen: bool = True,
    voted: bool = False,
    replaced: bool = False,
    code: bool = False,
    mandate: bool = False,
    by_owner: bool = False,
) -> str | None:
    """Why a ballot can never count, by the terms alone; None where it can be received, not yet, or nothing comes that way.

    The first that applies: no such code or unit, too late, another paper in its place, no part in this vote, votes that
    stand, no mandate, the owner's own vote. `code`: what was typed has the form of a code. `mandate`: one stands for the line.
    """
    stage = state(terms, now, declared)
    announced = channel in terms.channels and (channel != PROXY or terms.proxy_limit != 0)
    if stage == PLANNED or not frozen or not announced:
        return None
    if entry is None:
        return UNKNOWN_CODE if code else UNKNOWN_UNIT
    proxy = channel == PROXY
    reasons = (
        (stage != OPEN, LATE),
        (replaced, REPLACED),
        (entry.recused or not entry.present, NOT_VOTING),
        (voted and not terms.changes, STANDS),
        (proxy and not mandate, NO_MANDATE),
        (proxy and by_owner, OWNER_VOTED),
    )
    return next((why for applies, why in reasons if applies), None)


def refuse_refusal(why: str | None, *, known: int | None = None, elsewhere: int | None = None) -> Refusal | None:
    """Only what the terms refuse is refused, once: the desk has no say in it.

    `known`: the number under which the same ballot was refused already; `elsewhere`: the number of the vote whose code it bears.
    """
    if elsewhere is not None:
        return elsewhere_refusal(elsewhere)
    if why is None:
        return Refusal(N_("这张票没有要拒收的原因，请照常收下。"), article=_TERMS)
    if known is not None:
        return Refusal(N_("这张票已经登记过，是拒收第%(number)s号。"), {"number": known})
    return None


def elsewhere_refusal(number: int) -> Refusal:
    """A ballot of another vote belongs to the desk of that vote."""
    return Refusal(
        N_("这是第%(number)s号表决的选票，不是这一次的。请到那次表决的收票台收，不要拒收。"), {"number": number}
    )


def came_late(terms: Terms, refused_at: datetime) -> bool:
    """Whether a ballot came after the close: then it never counts, whosever it is."""
    return state(terms, refused_at, declared=False) != OPEN


def undo_refusal(
    terms: Terms,
    refused_at: datetime,
    now: datetime,
    reason: str,
    *,
    undone: bool,
    mine: bool,
    declared: bool,
    received: bool = False,
) -> Refusal | None:
    """A refusal that was a mistake is undone with a reason before the outcome is frozen.

    What came late is never `received`; that it was recorded for the wrong unit, or that there is no such ballot, is put right at
    any time, since no outcome hangs on it. After the close somebody else than who refused it does so (`mine`).
    """
    late = came_late(terms, refused_at)
    if undone:
        return Refusal(N_("这一号拒收已经更正过。"))
    if late and received:
        return Refusal(N_("这张票来的时候投票已经截止，迟到的票不能再收。"), article=_TERMS)
    if declared and not late:
        return Refusal(N_("结果已经公布，拒收的票不能再更正。"), article=_TERMS)
    if mine and state(terms, now, declared=False) != OPEN:
        return Refusal(N_("投票已经截止，要由另一个人来更正，不能由登记拒收的人自己更正。"), article=_TERMS)
    if not reason.strip():
        return Refusal(N_("请写明为什么更正。"))
    return None


def same_refusal(before: Collection[str], after: Collection[str]) -> Refusal | None:
    """What is put right names other units than before."""
    if sorted(before) != sorted(after):
        return None
    return Refusal(N_("改成的和原来记的一样，没有要更正的。请对着票再看一遍。"))
