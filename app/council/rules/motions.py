"""The motion: moved on a matter of the notice, seconded, its interested parties settled, put to the vote, decided."""

from dataclasses import dataclass
from datetime import datetime

from app.core.values import Refusal
from app.core.words import N_
from app.council.rules.meetings import CLOSED, Sitting, session_refusal
from app.council.rules.quorum import Quorum, quorum_refusal
from app.council.rules.seats import ARTICLE

MOVED, SECONDED, READY, VOTING, DECIDED, WITHDRAWN = "moved", "seconded", "ready", "voting", "decided", "withdrawn"
ADOPTED, REJECTED, NOT_QUORATE = "adopted", "rejected", "not-quorate"
OUTCOMES = (ADOPTED, REJECTED, NOT_QUORATE)
NINE_MATTERS: dict[int, str] = {
    1: N_("制定和修改业主大会议事规则"),
    2: N_("制定和修改管理规约"),
    3: N_("选举业主委员会或者更换业主委员会成员"),
    4: N_("选聘和解聘物业服务企业"),
    5: N_("使用建筑物及其附属设施的维修资金"),
    6: N_("筹集建筑物及其附属设施的维修资金"),
    7: N_("改建、重建建筑物及其附属设施"),
    8: N_("改变共有部分的用途或者利用共有部分从事经营活动"),
    9: N_("有关共有和共同管理权利的其他重大事项"),
}
LONGEST = 2000
MOST_MONEY = 10_000_000_000_00


@dataclass(frozen=True, slots=True)
class Course:
    """How far a motion has come; moments in UTC, seats by their numbers."""

    id: int
    moved_seat: int
    seconded_seat: int | None = None
    interests_at: datetime | None = None
    opened_at: datetime | None = None
    decided_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def stage(self) -> str:
        """Moved, seconded, ready (interests stated), voting, decided, or withdrawn."""
        if self.withdrawn_at is not None:
            return WITHDRAWN
        if self.decided_at is not None:
            return DECIDED
        if self.opened_at is not None:
            return VOTING
        if self.seconded_seat is None:
            return MOVED
        return READY if self.interests_at is not None else SECONDED

    @property
    def hangs(self) -> bool:
        """Whether this motion still waits for its result."""
        return self.stage not in (DECIDED, WITHDRAWN)


def text_refusal(text: str, ceiling: int | None, purpose: str) -> Refusal | None:
    """A motion says what is to be done; where it gives a mandate, how much at most and for what."""
    if not 4 <= len(text) <= LONGEST:
        return Refusal(N_("动议要写清做什么，4到2000个字。"), article=ARTICLE)
    if ceiling is None:
        return None
    if not 0 < ceiling <= MOST_MONEY:
        return Refusal(N_("费用上限要大于0，不超过一百亿元。"), article=ARTICLE)
    if len(purpose) < 2:
        return Refusal(N_("写了费用上限，就要写明这笔钱用来做什么。"), article=ARTICLE)
    return None


def move_refusal(
    sitting: Sitting, *, on_notice: bool, seat_present: bool, hanging: bool, decided: bool
) -> Refusal | None:
    """A present member moves on a matter of the notice, one motion at a time, each matter decided once in a meeting.

    `hanging`: another motion of this meeting waits for its result; `decided`: this matter was adopted in it.
    """
    refusal = session_refusal(sitting)
    if refusal is not None:
        return refusal
    if not on_notice:
        return Refusal(N_("这件事没有写在会议通知上，这次会议不能决定。可以列入下次议程。"), article=ARTICLE)
    if decided:
        return Refusal(N_("这件事在这次会议上已经有决议。"), article=ARTICLE)
    if hanging:
        return Refusal(N_("前一项动议还没有结果。一次只议一件事。"), article=ARTICLE)
    if not seat_present:
        return _absent()
    return None


def second_refusal(sitting: Sitting, course: Course, seat_id: int, *, seat_present: bool) -> Refusal | None:
    """A motion needs the support of one other present member before it is discussed."""
    refusal = session_refusal(sitting) or _over_refusal(course)
    if refusal is not None:
        return refusal
    if course.seconded_seat is not None:
        return Refusal(N_("这项动议已经有人附议。"), article=ARTICLE)
    if not seat_present:
        return _absent()
    if seat_id == course.moved_seat:
        return Refusal(N_("这是您自己提的动议，要由另一位委员附议。"), article=ARTICLE)
    return None


def withdraw_refusal(sitting: Sitting, course: Course, seat_ids: frozenset[int], *, presides: bool) -> Refusal | None:
    """Until the vote opens the mover may take a motion back, or whoever presides may rule it out."""
    refusal = session_refusal(sitting) or _over_refusal(course)
    if refusal is not None:
        return refusal
    if course.moved_seat not in seat_ids and not presides:
        return Refusal(N_("动议只能由提出的人或召集人撤回。"), article=ARTICLE)
    return None


def interests_refusal(sitting: Sitting, course: Course) -> Refusal | None:
    """The convener says who is interested after the motion is seconded and before the vote; once."""
    refusal = session_refusal(sitting) or _over_refusal(course)
    if refusal is not None:
        return refusal
    if course.seconded_seat is None:
        return Refusal(N_("还没有人附议。附议以后再说明谁要回避。"), article=ARTICLE)
    if course.interests_at is not None:
        return Refusal(N_("已经说明过谁要回避。有不同意见可以提出异议。"), article=ARTICLE)
    return None


def put_to_vote_refusal(sitting: Sitting, course: Course, found: Quorum, contested: int) -> Refusal | None:
    """The vote opens after the roll call and the recusals, while enough are there; both are frozen then.

    `contested`: how many questions of recusal are not decided yet.
    """
    refusal = session_refusal(sitting) or _over_refusal(course)
    if refusal is not None:
        return refusal
    if course.seconded_seat is None:
        return Refusal(N_("还没有人附议，不能表决。"), article=ARTICLE)
    if course.interests_at is None:
        return Refusal(N_("召集人还没有说明谁要回避，不能表决。"), article=ARTICLE)
    if contested:
        return Refusal(N_("谁要回避还有异议，先由其他委员决定，再表决。"), article=ARTICLE)
    return quorum_refusal(found)


def end_vote_refusal(course: Course) -> Refusal | None:
    """Whoever presides closes a vote that is open."""
    if course.stage == VOTING:
        return None
    if course.stage == DECIDED:
        return Refusal(N_("表决已经有结果。"), article=ARTICLE)
    return Refusal(N_("表决还没有开始。"), article=ARTICLE)


def dissent_refusal(
    sitting: Sitting, course: Course, *, outcome: str, choice: str | None, recorded: bool
) -> Refusal | None:
    """Who voted against the outcome may have their reason written into the minutes, until the meeting closes.

    `choice`: how the member voted, None where they did not. Whoever abstained may differ from either outcome.
    """
    if course.stage != DECIDED:
        return Refusal(N_("表决有结果以后，才能记下不同意见。"), article=ARTICLE)
    if sitting.stage == CLOSED:
        return Refusal(N_("会议已经结束。可以在异议期内对纪要提出更正。"), article=ARTICLE)
    if choice is None:
        return Refusal(N_("您没有参加这次表决。"), article=ARTICLE)
    if choice == ("yes" if outcome == ADOPTED else "no"):
        return Refusal(N_("您的投票和结果一致，没有不同意见要记。"), article=ARTICLE)
    if recorded:
        return Refusal(N_("您的不同意见已经记下。"), article=ARTICLE)
    return None


def _over_refusal(course: Course) -> Refusal | None:
    """Before the vote opens everything may still be said; from then on nothing changes."""
    match course.stage:
        case "withdrawn":
            return Refusal(N_("这项动议已经撤回。"), article=ARTICLE)
        case "decided":
            return Refusal(N_("这项动议已经有结果。"), article=ARTICLE)
        case "voting":
            return Refusal(N_("表决已经开始，动议、到会和回避都不能再改。"), article=ARTICLE)
        case _:
            return None


def _absent() -> Refusal:
    return Refusal(N_("要先签到，到会的委员才能提出或附议。"), article=ARTICLE)
