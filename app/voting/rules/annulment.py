"""Annulling a vote, holding it again, and until when a court may be asked."""

from datetime import date

from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules.terms import SEATS, Terms

SHORTEST_REASON, LONGEST_REASON = 10, 1000


def annul_refusal(terms: Terms, annulled: bool, reason: str) -> Refusal | None:
    """A vote of owners or residents is annulled once, with a reason that everybody can read; the council moves again."""
    if terms.electorate == SEATS:
        return Refusal(N_("四方会议的表决不能撤销；可以在下一次会议上重新提出动议。"), article=N_("四方联席会议"))
    if annulled:
        return Refusal(N_("这次投票已经撤销。"))
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        return Refusal(N_("请写清为什么撤销，10到1000个字，大家都会看到。"))
    return None


def annulled_refusal(annulled: bool) -> Refusal | None:
    """Nothing is received, declared or printed for a vote that was annulled."""
    return Refusal(N_("这次投票已经撤销，不再收票。理由写在投票的页面上。")) if annulled else None


def succession_refusal(annulled: bool, succeeded: bool) -> Refusal | None:
    """A vote is held again once, after the first was annulled."""
    if not annulled:
        return Refusal(N_("原来的投票没有撤销，不用重新投票。"))
    return Refusal(N_("已经安排了重新投票。")) if succeeded else None


def challenge_until(told: date, years: int) -> date:
    """The last day on which a court may be asked to revoke, counted from the day on which the outcome was told.

    One year from knowing (民法典 280, 区分所有权解释 12): whoever learned of it later has longer. 29 February ends on the 28th.
    """
    try:
        return told.replace(year=told.year + years)
    except ValueError:
        return told.replace(year=told.year + years, day=28)
