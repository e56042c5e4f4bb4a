"""Which events everybody is told of, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.words import N_

MOMENT, DAY, MONEY, OUTCOME = "moment", "day", "money", "outcome"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice: its tag (word, colour, sign), its heading around `%(about)s`, its figures, where it leads.

    `facts` are label, field of the event, and how it is written; `endpoint` is a page and `keys` the fields that it wants.
    """

    word: str
    colour: str
    sign: str
    heading: str
    endpoint: str
    keys: tuple[str, ...] = ("number",)
    facts: tuple[tuple[str, str, str], ...] = ()


KINDS: Mapping[str, Kind] = {
    "ProposalAdmitted": Kind(N_("已受理"), "open", "meeting", N_("受理提案：%(about)s"), "proposals.proposal"),
    "MeetingConvened": Kind(
        N_("会议通知"),
        "open",
        "meeting",
        N_("会议通知：第%(number)s次四方联席会议"),
        "council.meeting",
        facts=((N_("开会"), "starts_at", MOMENT),),
    ),
    "MeetingCancelled": Kind(
        N_("会议取消"), "plain", "off", N_("会议取消：第%(number)s次四方联席会议"), "council.meeting"
    ),
    "MinutesPublished": Kind(
        N_("会议纪要"), "plain", "file", N_("会议纪要：第%(meeting)s次四方联席会议"), "council.minutes", ("meeting",)
    ),
    "ResolutionAdopted": Kind(
        N_("决议"),
        "good",
        "yes",
        N_("决议：%(about)s"),
        "council.resolution",
        ("year", "number"),
        ((N_("最多可以花"), "ceiling", MONEY),),
    ),
    "AssemblyConvened": Kind(
        N_("投票通知"),
        "open",
        "vote",
        N_("投票通知：%(about)s"),
        "assemblies.assembly",
        ("number",),
        ((N_("开始投票"), "opens_at", MOMENT), (N_("截止投票"), "closes_at", MOMENT)),
    ),
    "OutcomeDeclared": Kind(
        N_("表决结果"),
        "plain",
        "vote",
        N_("表决结果：%(about)s"),
        "voting.poll",
        facts=((N_("结果"), "outcome", OUTCOME),),
    ),
    "TenderPublished": Kind(
        N_("采购公告"),
        "open",
        "tender",
        N_("采购公告：%(about)s"),
        "procurement.tender",
        facts=((N_("最高限价"), "ceiling", MONEY), (N_("投标截止"), "deadline", MOMENT)),
    ),
    "TenderFailed": Kind(
        N_("采购终止"), "plain", "pause", N_("采购终止：%(about)s"), "procurement.tender", ("tender_number",)
    ),
    "AwardPublished": Kind(
        N_("中标公告"),
        "good",
        "yes",
        N_("中标公告：%(about)s"),
        "procurement.tender",
        facts=((N_("成交价"), "price", MONEY), (N_("质疑截止"), "challenge_until", DAY)),
    ),
    "PostingPublished": Kind(
        N_("公示"),
        "open",
        "bell",
        N_("公示：%(about)s"),
        "publication.posting",
        facts=((N_("公示到"), "last_day", DAY),),
    ),
    "PostingWithdrawn": Kind(N_("公示撤下"), "plain", "off", N_("公示撤下：%(about)s"), "publication.posting"),
    "PostingEnded": Kind(N_("公示期满"), "plain", "yes", N_("公示期满：%(about)s"), "publication.posting"),
    "ContractSigned": Kind(
        N_("合同公告"),
        "plain",
        "file",
        N_("合同公告：%(about)s"),
        "procurement.tender",
        ("tender_number",),
        ((N_("合同金额"), "amount", MONEY), (N_("开始"), "starts_on", DAY), (N_("结束"), "ends_on", DAY)),
    ),
}


def worth_telling(event: str, told: Mapping[str, object], *, by_council: bool = False) -> bool:
    """Whether everybody is told of an event.

    An outcome of the council's own that was adopted is told as a resolution; what is posted because of an event that is
    told itself (`automatic`) is not told again, and the end of a term only where households had to be reached.
    """
    if event == "OutcomeDeclared":
        return not (by_council and told.get("outcome") in ("adopted", "not-quorate"))
    if event == "PostingPublished":
        return not told.get("automatic")
    if event == "PostingEnded":
        return bool(told.get("lines"))
    return event in KINDS
