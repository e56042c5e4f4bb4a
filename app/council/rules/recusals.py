"""Who is interested steps back: the convener says who, anyone may object, the rest decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.core.law import LawRow
from app.core.values import Refusal
from app.core.words import N_
from app.council.rules.meetings import Sitting, session_refusal
from app.council.rules.motions import READY, Course
from app.council.rules.seats import ARTICLE, Seating

STEP_BACK, TAKE_PART = "step-back", "take-part"
ANSWERS = (STEP_BACK, TAKE_PART)
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Claim:
    """That a party (or one of its seats) is interested in a motion.

    `proposed`: the convener said so; otherwise a member asked for it against the convener's list, and it is contested from
    the start. `upheld` is what the rest decided.
    """

    id: int
    party: str
    seat_id: int | None = None
    proposed: bool = True
    contested_at: datetime | None = None
    decided_at: datetime | None = None
    upheld: bool | None = None

    @property
    def open(self) -> bool:
        """Whether it is contested and not decided."""
        return self.contested_at is not None and self.decided_at is None

    @property
    def holds(self) -> bool:
        """Whether the seats concerned step back as things stand; while it is open, they do."""
        return (self.proposed and self.decided_at is None) or bool(self.upheld)

    def concerns(self, seat: Seating) -> bool:
        """Whether a seat is one of those that would step back."""
        return seat.party == self.party and self.seat_id in (None, seat.seat_id)


def with_recusals(seats: Iterable[Seating], claims: Sequence[Claim]) -> tuple[Seating, ...]:
    """The seats, with those marked that step back."""
    return tuple(replace(seat, recused=any(claim.holds and claim.concerns(seat) for claim in claims)) for seat in seats)


def the_rest(seats: Sequence[Seating], claims: Sequence[Claim], claim: Claim) -> tuple[Seating, ...]:
    """Who decides a contested claim: present seats that it does not concern and that do not step back for another reason."""
    others = [other for other in claims if other.id != claim.id]
    settled = with_recusals(seats, others)
    return tuple(seat for seat in settled if seat.present and not seat.recused and not claim.concerns(seat))


def claim_refusal(
    seats: Sequence[Seating], claims: Sequence[Claim], party: str, seat_id: int | None, reason: str
) -> Refusal | None:
    """A claim names a party or a seat of it once, with its reason."""
    wanted = Claim(0, party, seat_id)
    concerned = [seat for seat in seats if wanted.concerns(seat)]
    if not concerned:
        return Refusal(N_("没有这一方或这一席。"), article=ARTICLE)
    if len(reason) < SHORTEST:
        return Refusal(N_("请写明为什么要回避，至少4个字。"), article=ARTICLE)
    for claim in claims:
        if claim.party == party and claim.seat_id in (None, seat_id):
            return Refusal(N_("这一方或这一席的回避已经提出来了。"), article=ARTICLE)
    if all(seat.recused for seat in with_recusals(seats, [*claims, wanted])):
        return Refusal(N_("不能让所有席位都回避：那样就没有人可以决定了。"), article=ARTICLE)
    return None


def contest_refusal(
    sitting: Sitting, course: Course, claim: Claim | None, reason: str, *, seat_present: bool
) -> Refusal | None:
    """Any present member may object with a reason, before the vote opens: against a recusal, or for one that is missing."""
    refusal = session_refusal(sitting)
    if refusal is not None:
        return refusal
    if course.stage != READY:
        return _not_ready(course)
    if not seat_present:
        return Refusal(N_("到会的委员才能提出异议。"), article=ARTICLE)
    if len(reason) < SHORTEST:
        return Refusal(N_("请写明理由，至少4个字。"), article=ARTICLE)
    if claim is not None and claim.decided_at is not None:
        return Refusal(N_("这一项回避已经由其他委员决定。"), article=ARTICLE)
    if claim is not None and claim.contested_at is not None:
        return Refusal(N_("已经有人对这一项提出异议，由其他委员决定。"), article=ARTICLE)
    return None


def answer_refusal(
    course: Course, claim: Claim, seat: Seating | None, rest: Sequence[Seating], *, answered: bool
) -> Refusal | None:
    """The rest answer, each seat once; whoever is concerned does not judge in their own matter."""
    if course.stage != READY:
        return _not_ready(course)
    if not claim.open:
        return Refusal(N_("这一项现在没有异议要决定。"), article=ARTICLE)
    if seat is None or not seat.present:
        return Refusal(N_("到会的委员才能参加决定。"), article=ARTICLE)
    if claim.concerns(seat):
        return Refusal(N_("这一项说的是您这一方或这一席，由其他委员决定。"), article=ARTICLE)
    if seat.seat_id not in {one.seat_id for one in rest}:
        return Refusal(N_("您已经回避这项动议，不参加这个决定。"), article=ARTICLE)
    if answered:
        return Refusal(N_("您已经表过态。"), article=ARTICLE)
    return None


def decide_refusal(course: Course, claim: Claim, answers: int, rest: int, heard: LawRow) -> Refusal | None:
    """The question is decided when more than half of the rest have answered."""
    if course.stage != READY:
        return _not_ready(course)
    if not claim.open:
        return Refusal(N_("这一项现在没有异议要决定。"), article=ARTICLE)
    if not reaches(answers, rest, heard):
        return Refusal(
            N_("其他委员%(rest)s席，现在%(answers)s席表态，要超过一半才能决定。"),
            {"rest": rest, "answers": answers},
            heard.article,
        )
    return None


def recused_by(step_back: int, take_part: int, mark: LawRow) -> bool:
    """Whether those who answered decide that the seats step back; a tie fails, so that they take part."""
    return reaches(step_back, step_back + take_part, mark)


def reaches(part: int, whole: int, mark: LawRow) -> bool:
    """Whether a part of a whole reaches (≥) or passes (>) the mark of a row of law."""
    left, right = mark.value.denominator * part, mark.value.numerator * whole
    return left > right if mark.relation == ">" else left >= right


def _not_ready(course: Course) -> Refusal:
    if course.stage in ("moved", "seconded"):
        return Refusal(N_("召集人还没有说明谁要回避。"), article=ARTICLE)
    return Refusal(N_("表决已经开始或结束，回避不能再改。"), article=ARTICLE)
