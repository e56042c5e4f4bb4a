"""What can happen to a mandate, a tender, a bid, a contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from app.core.values import Ref
from app.core.words import N_
from app.journal.events import Digest, ReceiptCode, Word


@dataclass(frozen=True, slots=True)
class MandateGranted:
    """A resolution allows something to be bought for at most so many fen."""

    community_id: int
    mandate: int
    resolution: Ref
    ceiling: int


@dataclass(frozen=True, slots=True)
class MandateWithdrawn:
    """The vote that gave a mandate was annulled; nothing more is bought under it."""

    community_id: int
    mandate: int


@dataclass(frozen=True, slots=True)
class TenderDrafted:
    """Somebody began to write a tender."""

    community_id: int
    tender: int
    mandate: int


@dataclass(frozen=True, slots=True)
class TenderPublished:
    """A tender is open for bids until its deadline; `findings` of its review stay on record with it."""

    community_id: int
    tender: int
    number: int
    method: Word
    ceiling: int
    deadline: datetime
    findings: int
    replayed: bool


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """Somebody asked; nobody reads who."""

    community_id: int
    tender: int
    question: int
    due_on: date


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """A question was answered to all; the deadline moved when `moved_to` is given."""

    community_id: int
    tender: int
    question: int
    moved_to: datetime | None


@dataclass(frozen=True, slots=True)
class BidSubmitted:
    """A sealed bid came in; held back until the deadline. The commitment binds what was sealed, and by whom."""

    community_id: int
    tender: int
    code: ReceiptCode
    commitment: Digest


@dataclass(frozen=True, slots=True)
class BidWithdrawn:
    """A sealed bid was withdrawn; held back until the deadline."""

    community_id: int
    tender: int
    code: ReceiptCode


@dataclass(frozen=True, slots=True)
class BidsOpened:
    """The bids were opened."""

    community_id: int
    tender: int
    bidders: int
    codes: tuple[ReceiptCode, ...]


@dataclass(frozen=True, slots=True)
class TenderFailed:
    """A tender ended without an award: too few bidders, or too few qualified ones."""

    community_id: int
    tender: int
    why: Literal["bidders", "qualified"]
    bidders: int


@dataclass(frozen=True, slots=True)
class BidQualified:
    """The buyer found a bidder qualified, or not."""

    community_id: int
    tender: int
    code: ReceiptCode
    qualified: bool


@dataclass(frozen=True, slots=True)
class PanelAppointed:
    """A panel was appointed; its names stay closed until the result."""

    community_id: int
    tender: int
    members: int
    experts: int


@dataclass(frozen=True, slots=True)
class ConflictDeclared:
    """A member of the panel declared whether there is a conflict of interest."""

    community_id: int
    tender: int
    member: int
    conflicted: bool


@dataclass(frozen=True, slots=True)
class ScoresSubmitted:
    """A member handed in points for every bid; the commitment binds them."""

    community_id: int
    tender: int
    member: int
    commitment: Digest


@dataclass(frozen=True, slots=True)
class ScoreChanged:
    """Points that were handed in changed, for one of the four reasons of the law; which points stays closed."""

    community_id: int
    tender: int
    member: int
    criterion: int
    reason: Word


@dataclass(frozen=True, slots=True)
class BidsRanked:
    """The evaluation ended with a ranking, which the commitment binds until it is published with the result."""

    community_id: int
    tender: int
    commitment: Digest
    decide_by: date


@dataclass(frozen=True, slots=True)
class AwardDecided:
    """The buyer decided, or said nothing in time, which means the first rank; for whom is published with the result."""

    community_id: int
    tender: int
    silent: bool


@dataclass(frozen=True, slots=True)
class AwardPublished:
    """The result is public, with every rank; it may be challenged until a day."""

    community_id: int
    tender: int
    number: int
    organisation: int
    price: int
    codes: tuple[ReceiptCode, ...]
    ranks: tuple[int, ...]
    challenge_until: date
    sign_by: date


@dataclass(frozen=True, slots=True)
class ContractSigned:
    """Buyer and winner signed."""

    community_id: int
    tender: int
    contract: int
    organisation: int
    amount: int
    milestones: int
    starts_on: date
    ends_on: date
    late: bool


@dataclass(frozen=True, slots=True)
class MilestoneCompleted:
    """A step of a contract was accepted."""

    community_id: int
    tender: int
    contract: int
    position: int
    amount: int


@dataclass(frozen=True, slots=True)
class ContractCompleted:
    """Every step of a contract was accepted."""

    community_id: int
    tender: int
    contract: int


WORDS: Mapping[type, str] = {
    MandateGranted: N_("决议授权了一项采购"),
    MandateWithdrawn: N_("一项采购授权随表决撤销而失效"),
    TenderDrafted: N_("开始起草一项采购"),
    TenderPublished: N_("采购第%(number)s号发布公告"),
    QuestionAsked: N_("有机构提出第%(question)s个问题"),
    QuestionAnswered: N_("答复了第%(question)s个问题"),
    BidSubmitted: N_("收到一份密封的标书"),
    BidWithdrawn: N_("撤回一份密封的标书"),
    BidsOpened: N_("开标，共%(bidders)s家"),
    TenderFailed: N_("采购失败，投标的共%(bidders)s家"),
    BidQualified: N_("审查了一家投标人的资格"),
    PanelAppointed: N_("组成%(members)s人的评审小组"),
    ConflictDeclared: N_("一位评委申报了利害关系"),
    ScoresSubmitted: N_("一位评委提交了评分"),
    ScoreChanged: N_("一位评委按规定改正了评分"),
    BidsRanked: N_("评分汇总，排出名次"),
    AwardDecided: N_("确定了中标人"),
    AwardPublished: N_("采购第%(number)s号公告结果"),
    ContractSigned: N_("签订合同"),
    MilestoneCompleted: N_("合同第%(position)s个节点通过验收"),
    ContractCompleted: N_("合同全部履行完毕"),
}
