"""One step after the other: mandate, draft, notice, opening, evaluation, award, contract."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from app.core.values import Ref, Refusal
from app.core.words import N_

STAGES: Mapping[str, str] = {
    "draft": N_("草稿"),
    "bidding": N_("收标中"),
    "sealed": N_("等待开标"),
    "failed": N_("采购失败"),
    "opened": N_("评审中"),
    "ranked": N_("等待定标"),
    "awarded": N_("等待公告结果"),
    "result": N_("结果已公告"),
    "challenge": N_("质疑期"),
    "signing": N_("等待签约"),
    "signed": N_("履约中"),
    "completed": N_("已完成"),
}
DECLARATIONS: Mapping[str, str] = {
    "clean": N_("参加采购前三年内，没有重大违法记录"),
    "capable": N_("具备履行合同所需的人员和能力，依法纳税、缴纳社会保险"),
    "independent": N_("和采购人、其他投标人没有控股、管理关系，没有串通"),
    "whole": N_("报价包含完成全部服务的一切费用"),
}
FARTHEST = timedelta(days=366)


def step_refusal(stage: str, *allowed: str) -> Refusal | None:
    """A step is taken when the tender stands there, not before and not twice."""
    if stage in allowed:
        return None
    return Refusal(N_("这项采购现在是“%(stage)s”，不能走这一步。"), {"stage": Refusal(STAGES[stage])})


def mandate_refusal(ceiling: int, purpose: str) -> Refusal | None:
    """A mandate says for what, and how much at most."""
    if ceiling <= 0:
        return Refusal(N_("授权的金额要大于0元。"))
    if not purpose.strip():
        return Refusal(N_("授权要写明用来买什么。"))
    return None


def withdrawn_refusal(withdrawn: bool) -> Refusal | None:
    """Nothing more is bought under a mandate whose vote was annulled."""
    if withdrawn:
        return Refusal(N_("给这项授权的表决已经撤销，不能再按它采购。"), article="民法典 280")
    return None


def draft_refusal(in_use: bool) -> Refusal | None:
    """One mandate, one tender at a time: another one only after the first has failed."""
    if in_use:
        return Refusal(N_("这项授权已经有一次采购在进行或者已经完成。"))
    return None


def deadline_refusal(now: datetime, deadline: datetime) -> Refusal | None:
    """A deadline lies ahead, and not years ahead."""
    if deadline <= now:
        return Refusal(N_("截止时间%(deadline)s已经过去了，请改成以后的时间。"), {"deadline": deadline})
    if deadline > now + FARTHEST:
        sentence = N_("截止时间%(deadline)s在一年以后，多半是写错了，请核对年份。")
        return Refusal(sentence, {"deadline": deadline})
    return None


def speaker_refusal(acts_as: Collection[Ref], organisation_id: int) -> Refusal | None:
    """Questions and bids come from registered organisations, by those who act for them."""
    if not any(ref.kind == "organisation" for ref in acts_as):
        return Refusal(N_("提问和投标要以机构的名义。请先登记您的机构，只要一次。"), article="102号令 6")
    if Ref("organisation", organisation_id) not in acts_as:
        return Refusal(N_("您没有登记为这个机构的人，不能替它办事。"))
    return None


def declarations_refusal(given: Collection[str]) -> Refusal | None:
    """A bidder declares what every supplier must be able to declare (政府采购法 22)."""
    missing = [words for key, words in DECLARATIONS.items() if key not in given]
    if missing:
        return Refusal(
            N_("还有%(missing)s项声明没有勾选，缺一项就不能投标。"), {"missing": len(missing)}, "政府采购法 22"
        )
    return None


def withdrawal_refusal(exists: bool) -> Refusal | None:
    """Only a bid that is there is withdrawn."""
    if not exists:
        return Refusal(N_("贵机构现在没有可以撤回的标书。"))
    return None


def reason_refusal(qualified: bool, reason: str) -> Refusal | None:
    """Whoever is found not qualified is told why (87号令 68)."""
    if not qualified and not reason.strip():
        return Refusal(N_("认定不合格要写明理由，结果公布时会告诉投标人。"), article="87号令 68")
    return None


def assessed_refusal(findings: Collection[bool | None]) -> Refusal | None:
    """Bids are scored once the qualification of every bidder was examined (87号令 44)."""
    left = sum(found is None for found in findings)
    if left:
        return Refusal(N_("还有%(left)s家没有审查资格，审完才能评分。"), {"left": left}, "87号令 44")
    return None


def repanel_refusal(submitted: int) -> Refusal | None:
    """A panel stays as it is once a member has handed in scores."""
    if submitted:
        return Refusal(N_("已经有评委提交了评分，不能再换评审小组。"), article="87号令 47")
    return None


def ranking_refusal(submitted: Collection[bool], conflicted: Collection[bool | None]) -> Refusal | None:
    """Bids are ranked when every member has handed in, and nobody with a conflict is left on the panel."""
    if not submitted:
        return Refusal(N_("还没有组成评审小组。"))
    if any(conflicted):
        return Refusal(N_("有评委申报了利害关系，要先换人。"), article=N_("政府采购法 12；平台评审规则"))
    left = sum(not done for done in submitted)
    if left:
        return Refusal(N_("还有%(left)s位评委没有提交评分。"), {"left": left})
    return None


def choice_refusal(equals: int, reason: str) -> Refusal | None:
    """Among several equal first ranks the buyer chooses, and says why."""
    if equals > 1 and not reason.strip():
        sentence = N_("有%(equals)s家并列第一，请写明按什么办法选定。")
        return Refusal(sentence, {"equals": equals}, "87号令 68")
    return None


def span_refusal(starts_on: date, ends_on: date, latest: date) -> Refusal | None:
    """A contract ends after it starts, and within the term of its tender."""
    if ends_on <= starts_on:
        return Refusal(N_("合同的结束日期要晚于开始日期。"))
    if ends_on > latest:
        sentence = N_("合同最晚到%(latest)s结束，不能超过公告写明的服务期。")
        return Refusal(sentence, {"latest": latest}, "102号令 24")
    return None


def acceptance_refusal(completed: bool) -> Refusal | None:
    """A step of a contract is accepted once."""
    if completed:
        return Refusal(N_("这个节点已经验收过了。"))
    return None
