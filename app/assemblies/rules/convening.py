"""What the law says about calling the owners or the residents together."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.core.law.rows import LawRow
from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules.pabulib import VOTE_TYPES

OWNERS, RESIDENTS = "owners", "residents"
LONGEST_TITLE = 200


def title_refusal(title: str) -> Refusal | None:
    """Whoever is called together reads in one line what it is about."""
    if not title.strip():
        return Refusal(N_("请写上要表决的事，一句话。"))
    if len(title) > LONGEST_TITLE:
        return Refusal(N_("题目太长了，请不要超过%(most)s个字。"), {"most": LONGEST_TITLE})
    return None


def notice_refusal(now: datetime, opens_at: datetime, notice: LawRow) -> Refusal | None:
    """The owners are told at least 15 days before an assembly opens. Source: 物业管理条例 14."""
    if opens_at >= now + timedelta(days=notice.whole):
        return None
    return Refusal(
        N_("投票至少要提前%(days)s天通知全体业主，最早可以从%(earliest)s开始。"),
        {"days": notice.whole, "earliest": now + timedelta(days=notice.whole)},
        notice.article,
    )


def import_refusal(vote_type: str, votes: Sequence[object]) -> Refusal | None:
    """Ballots of a kind that can be counted are brought in, and a poll without a ballot is none."""
    if vote_type not in VOTE_TYPES:
        return Refusal(N_("文件里的选票是“%(kind)s”，这种选票不能导入。"), {"kind": vote_type or "?"})
    if not votes:
        return Refusal(N_("文件里没有可以计入的选票。"))
    return None
