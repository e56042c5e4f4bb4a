"""Why a poll may not be opened, voted in, closed, declared or looked into now; None where it may."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from app.core.values import PARTIES, Entry, Ref, Refusal
from app.core.words import N_
from app.voting.rules.terms import (
    AREA,
    BY_THE_CHAIR,
    COUNCIL,
    ELECTORATE,
    FIRST,
    NOBODY,
    PEOPLE,
    PUBLIC,
    SEATS,
    Terms,
)

PLANNED, OPEN, COUNTING, DECLARED = "planned", "open", "counting", "declared"
GRACE = timedelta(seconds=30)
"""How long a ballot that arrived in time may still be on its way to disk."""
AHEAD = timedelta(minutes=1)
"""How long before a poll opens its roll may be frozen, so that it is there at the first second."""
_TERMS = N_("本次表决的规则")


def state(terms: Terms, now: datetime, declared: bool) -> str:
    """A poll is planned, open (both ends of the window count), counting, and declared once its outcome is frozen."""
    if declared:
        return DECLARED
    if terms.opens_at is None or now < terms.opens_at:
        return PLANNED
    return COUNTING if terms.closes_at is not None and now > terms.closes_at else OPEN


def announce_refusal(terms: Terms) -> Refusal | None:
    """A poll is announced with a window and at least two options."""
    if terms.opens_at is None or terms.closes_at is None or terms.closes_at <= terms.opens_at:
        return Refusal(N_("投票的截止必须晚于开始。"))
    if len(terms.options) < 2 or len(set(terms.option_keys)) != len(terms.options):
        return Refusal(N_("选票上至少要有两个不同的选项。"))
    if not terms.changes and len(terms.channels) > 1 and terms.precedence != FIRST:
        return Refusal(N_("投出的票不能更改时，几种方式之间以最先收到的为准。请改一改规则。"))
    return None


def open_refusal(terms: Terms, roll: Sequence[Entry]) -> Refusal | None:
    """A poll opens with a window, at least two options, and a roll in which everybody stands once."""
    return announce_refusal(terms) or roll_fault_refusal(terms, roll)


def freeze_refusal(terms: Terms, now: datetime) -> Refusal | None:
    """The roll is frozen when the poll opens: one minute before at the earliest, and before it ends."""
    if terms.opens_at is None or now < terms.opens_at - AHEAD:
        return Refusal(N_("名册在投票开始时才确定。"), article=_TERMS)
    if terms.closes_at is not None and now > terms.closes_at:
        return Refusal(N_("投票时间已经过去，名册没有确定，这次投票没有开始过。"), article=_TERMS)
    return None


def roll_fault_refusal(terms: Terms, roll: Sequence[Entry]) -> Refusal | None:
    """On a roll everybody stands once, with the area that counts; somebody on it may vote."""
    if not roll:
        return Refusal(N_("名册是空的，没有人可以投票。"))
    seen: set[str] = set()
    for entry in roll:
        if entry.key in seen:
            return Refusal(N_("名册里“%(label)s”出现了两次。"), {"label": entry.label})
        seen.add(entry.key)
        refusal = _entry_refusal(terms, entry)
        if refusal is not None:
            return refusal
    if all(entry.recused for entry in roll):
        return Refusal(N_("所有人都回避了，这件事不能在这里表决。"))
    return None


def _entry_refusal(terms: Terms, entry: Entry) -> Refusal | None:
    if terms.weighs(AREA) and entry.area <= 0:
        return Refusal(N_("“%(label)s”没有面积，请先在房屋名册里补上。"), {"label": entry.label}, N_("民法典 278"))
    if terms.kind == COUNCIL and entry.group not in PARTIES:
        return Refusal(N_("“%(label)s”不属于四方中的任何一方。"), {"label": entry.label}, N_("四方联席会议"))
    return None


def ballot_refusal(
    terms: Terms,
    entry: Entry | None,
    acts_as: Collection[Ref],
    now: datetime,
    *,
    voted: bool = False,
    declared: bool = False,
    frozen: bool = True,
    named: bool = False,
) -> Refusal | None:
    """Whoever stands on the roll, is there and not recused, votes within the window; once, where a vote stands.

    `voted`: a ballot for this line is already counted. `declared`: the outcome is frozen. `frozen`: the roll is.
    `named`: whoever asks named another owner of the unit to cast it.
    """
    if not frozen:
        return _not_begun(terms)
    if entry is None or not any(voter in acts_as for voter in entry.voters):
        return _named() if named else _stranger(terms)
    if entry.recused:
        return Refusal(N_("您与这件事有利害关系，已经回避，不参加这次表决。"), article=N_("四方联席会议"))
    if not entry.present:
        return Refusal(N_("点名时您不在场，这次表决不能投票。"), article=N_("四方联席会议"))
    refusal = window_refusal(terms, now, declared=declared)
    if refusal is None and voted and not terms.changes:
        return Refusal(N_("您已经投过票。这次表决公开进行，投出的票不能更改。"), article=_TERMS)
    return refusal


def window_refusal(terms: Terms, now: datetime, *, declared: bool, frozen: bool = True) -> Refusal | None:
    """Ballots are cast from the opening to the close, on a frozen roll."""
    stage = state(terms, now, declared)
    if not frozen or stage == PLANNED:
        return _not_begun(terms)
    if stage == OPEN:
        return None
    if declared or terms.closes_at is None:
        return Refusal(N_("投票已经截止，结果已经公布。"))
    return Refusal(N_("投票已在%(closes_at)s截止。"), {"closes_at": terms.closes_at}, _TERMS)


def _not_begun(terms: Terms) -> Refusal:
    if terms.opens_at is None:
        return Refusal(N_("投票还没有开始。"))
    return Refusal(N_("投票还没有开始，%(opens_at)s开始。"), {"opens_at": terms.opens_at})


def _named() -> Refusal:
    return Refusal(N_("你们推选了另一位共有人投票，这一票由那一位来投。"), article=N_("指导规则 25"))


def _stranger(terms: Terms) -> Refusal:
    if terms.electorate == SEATS:
        return Refusal(N_("这次表决由四方委员投票，名册里没有您的席位。"), article=N_("四方联席会议"))
    if terms.electorate == PEOPLE:
        return Refusal(N_("您不在这次投票的名册里。如果弄错了，请联系服务台。"))
    return Refusal(N_("这次投票由业主参加，名册里没有您名下的房。如果弄错了，请联系服务台。"), article=N_("民法典 278"))


def close_refusal(terms: Terms, now: datetime, closed: bool) -> Refusal | None:
    """The chair closes a vote of the meeting; a window that was announced is not cut short."""
    if closed or state(terms, now, declared=False) == COUNTING:
        return Refusal(N_("投票已经截止。"))
    if terms.closing != BY_THE_CHAIR:
        return Refusal(
            N_("投票时间已经公布，到%(closes_at)s自动截止，不能提前结束。"), {"closes_at": terms.closes_at}, _TERMS
        )
    if state(terms, now, declared=False) == PLANNED:
        return Refusal(N_("投票还没有开始。"))
    return None


def declare_refusal(
    terms: Terms,
    now: datetime,
    *,
    outstanding: bool,
    closed_by_chair: bool,
    unread: int = 0,
    disputed: int = 0,
    against: int = 0,
    frozen: bool = True,
) -> Refusal | None:
    """An outcome is declared when no ballot that arrived in time can still be under way, and all at the desk are read.

    That is 30 seconds after the end; or at once where the chair closed the vote, every present seat has voted and votes
    stand: then no further ballot could be taken. `outstanding`: somebody who may vote has not. `unread` ballots lack a reading,
    in `disputed` ones two read differently, `against` ones of proxies differ from their mandates. `frozen`: there is a roll.
    """
    if not frozen:
        return Refusal(N_("这次投票的名册没有确定，没有结果可以公布。"))
    if state(terms, now, declared=False) != COUNTING and not closed_by_chair:
        return Refusal(N_("投票还没有截止，现在不能公布结果。"))
    if unread or disputed:
        return _at_the_desk(unread, disputed)
    if against:
        return Refusal(
            N_("还没有结果：%(against)s张受托人的票和委托书不一致，等第三个人裁定。"), {"against": against}, _TERMS
        )
    if closed_by_chair and not outstanding and not terms.changes:
        return None
    if terms.closes_at is not None and now < terms.closes_at + GRACE:
        return Refusal(N_("投票刚刚截止，还要等%(seconds)s秒，让按时交来的票都入账。"), {"seconds": GRACE.seconds})
    return None


def _at_the_desk(unread: int, disputed: int) -> Refusal:
    values = {"unread": unread, "disputed": disputed}
    if not disputed:
        return Refusal(N_("还没有结果：%(unread)s张收到的票还没有录入完。"), values, _TERMS)
    if not unread:
        return Refusal(N_("还没有结果：%(disputed)s张票两次录入不一致，等第三个人裁定。"), values, _TERMS)
    return Refusal(
        N_("还没有结果：%(unread)s张收到的票还没有录入完，%(disputed)s张票两次录入不一致，等第三个人裁定。"),
        values,
        _TERMS,
    )


def lot_refusal(tied: bool, seed: bytes) -> Refusal | None:
    """A lot is drawn where options are tied, from a seed of 32 bytes."""
    if not tied:
        return Refusal(N_("这次表决没有要抽签的并列。"))
    if len(seed) != 32:
        return Refusal(N_("抽签的种子应当是32个字节。"))
    return None


def results_refusal(terms: Terms, declared: bool) -> Refusal | None:
    """Results of a running vote are shown to nobody, unless it was declared live before it opened."""
    if declared or terms.live:
        return None
    return Refusal(N_("同意多少，现在谁也看不到。截止后自动公布。"), article=_TERMS)


def roll_refusal(terms: Terms, declared: bool) -> Refusal | None:
    """Who was entitled and who took part is public after the close: units for owners, seats for the council."""
    if terms.electorate == PEOPLE:
        return Refusal(N_("这次投票只公布人数，不公布谁投了票。"), article=_TERMS)
    if not declared and not terms.live:
        return Refusal(N_("哪些户参加了，截止以后公布。"), article=_TERMS)
    return None


def choices_refusal(terms: Terms, declared: bool, elector: bool) -> Refusal | None:
    """How each one voted is seen only in open ballots, by those whom the terms name, once results may be seen."""
    if terms.choices_visible == NOBODY:
        return Refusal(N_("这次投票只公布票数，不公布每个人怎么投。"), article=_TERMS)
    refusal = results_refusal(terms, declared)
    if refusal is not None or terms.choices_visible == PUBLIC:
        return refusal
    if terms.choices_visible == ELECTORATE and not elector:
        return Refusal(N_("各户怎么投，只有本次投票的业主登录后可以看。"), article=_TERMS)
    return None
