"""What may be said, who may take it back or withhold it, and when a party owes an answer."""

from collections.abc import Container
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.core.formats import masked
from app.core.values import BRANCH, OWNERS, PARTIES, PROPERTY, RESIDENTS, Ref, Refusal
from app.core.words import N_
from app.core.workdays import Workdays

FOR, AGAINST, OTHER, REPLY = "for", "against", "other", "reply"
STANCES: tuple[str, ...] = (FOR, AGAINST, OTHER)
STANCE_WORDS = {FOR: N_("赞成"), AGAINST: N_("反对"), OTHER: N_("补充或提问")}
PARTY_WORDS = {BRANCH: N_("党支部"), RESIDENTS: N_("居委会"), OWNERS: N_("业委会"), PROPERTY: N_("物业公司")}
MOST = 500
MOST_ANSWER = 1000
MOST_REASON = 300
DUE_HOUR = time(18)
RULE = N_("本社区议事规则（待本社区确认）")
TITLES = (
    "女士",
    "先生",
    "奶奶",
    "爷爷",
    "阿姨",
    "叔叔",
    "大爷",
    "大妈",
    "老师",
    "医生",
    "师傅",
    "书记",
    "主任",
    "经理",
    "委员",
    "秘书",
    "社工",
    "律师",
    "会计",
)


def short_name(name: str) -> str:
    """A person in public: family name with how they are addressed (李女士), else the family name and two stars."""
    name = name.strip()
    if len(name) <= 5 and name.endswith(TITLES):
        return name
    return masked(name)


def public_label(name: str, building: str = "") -> str:
    """How somebody is named beside what they say: 李女士，2号楼."""
    return f"{short_name(name)}，{building}" if building else short_name(name)


def closed_refusal(closed_at: datetime | None, now: datetime) -> Refusal | None:
    """Nothing is said any more once a discussion has closed; what was said stays."""
    if closed_at is None or now < closed_at:
        return None
    return Refusal(N_("讨论在%(day)s结束了，不再收意见；已有的意见都保留。"), {"day": closed_at})


def text_refusal(text: str, most: int = MOST) -> Refusal | None:
    """One reason at a time: some words, and at most 500 signs."""
    if not any(sign.isalnum() for sign in text):
        return Refusal(N_("写一写您的理由，至少几个字。"))
    if len(text) > most:
        return Refusal(
            N_("写了%(length)s字，最多%(most)s字。一条只说一个理由，多的可以另发一条。"),
            {"length": len(text), "most": most},
        )
    return None


def gone_refusal(hidden: bool, withdrawn: bool) -> Refusal | None:
    """What was taken back or withheld is not endorsed, replied to or answered."""
    if withdrawn:
        return Refusal(N_("作者已经撤回这条意见。"))
    if hidden:
        return Refusal(N_("这条意见已经隐藏，理由写在它的位置上。"))
    return None


def reply_refusal(stance: str, hidden: bool, withdrawn: bool) -> Refusal | None:
    """A reply goes to a reason, not to another reply."""
    if stance == REPLY:
        return Refusal(N_("回应只有一层。请回应原来的那条意见。"))
    return gone_refusal(hidden, withdrawn)


def endorsement_refusal(mine: bool, hidden: bool, withdrawn: bool) -> Refusal | None:
    """Everybody but its author may say of a reason that it is a good one."""
    if mine:
        return Refusal(N_("这是您自己写的，请别人来表示“有道理”。"))
    return gone_refusal(hidden, withdrawn)


def withdrawal_refusal(mine: bool, hidden: bool, withdrawn: bool) -> Refusal | None:
    """Only its author takes a comment back, once; a hidden one stays with its reason."""
    if not mine:
        return Refusal(N_("只有作者本人可以撤回意见。"))
    return gone_refusal(hidden, withdrawn)


def hiding_refusal(reason: str, hidden: bool, withdrawn: bool) -> Refusal | None:
    """Nothing is hidden without a reason that everybody can read."""
    if not any(sign.isalnum() for sign in reason):
        return Refusal(N_("写上隐藏的理由。理由会公开，作者可以要求复核。"))
    if len(reason) > MOST_REASON:
        return Refusal(N_("理由最多%(most)s字，现在有%(length)s字。"), {"most": MOST_REASON, "length": len(reason)})
    return gone_refusal(hidden, withdrawn)


def asking_refusal(party: str, asked: bool, stance: str, hidden: bool, withdrawn: bool) -> Refusal | None:
    """One of the four parties is asked to answer a comment, once."""
    if party not in PARTIES:
        return Refusal(N_("请选择由哪一方答复。"))
    if stance == REPLY:
        return Refusal(N_("回应不用答复。请针对原来的那条意见。"))
    if asked:
        return Refusal(N_("已经请过一方答复这条意见。"))
    return gone_refusal(hidden, withdrawn)


def speaks_for(party: str, community_id: int, acts_as: Container[Ref]) -> bool:
    """Whether somebody speaks for a party: its reference, of the party's kind with the community's number."""
    return Ref(party, community_id) in acts_as


def answer_refusal(party: str | None, answered: bool, speaks: bool) -> Refusal | None:
    """The party that was asked answers, once, by somebody who speaks for it."""
    if party is None:
        return Refusal(N_("还没有请哪一方答复这条意见。"))
    if answered:
        return Refusal(N_("这条意见已经答复过了。"))
    if not speaks:
        return Refusal(N_("由%(party)s的委员答复，您现在不代表%(party)s。"), {"party": Refusal(PARTY_WORDS[party])})
    return None


def owes_answer(endorsements: int, least: int) -> bool:
    """Whether so many found a comment a good one that the party it concerns has to answer."""
    return endorsements >= least


def answer_due(asked_on: date, working_days: int, zone: str, calendar: Workdays) -> datetime:
    """The moment until which an answer is owed: 18:00 on the last of so many working days."""
    last = calendar.after_workdays(asked_on, working_days).last
    return datetime.combine(last, DUE_HOUR, ZoneInfo(zone))
