"""Why something may not be received, read, settled or made void at the desk now; None where it may."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.core.values import Entry, Refusal
from app.core.words import N_
from app.voting.rules.choices import Marks, choice_refusal, given_points, written_choice
from app.voting.rules.refusals import COUNTING, OPEN, PLANNED, state
from app.voting.rules.terms import INVALID, LETTER, PAPER, PHONE, PROXY, SCORE, STALL, Terms

DESK_CHANNELS = (PAPER, STALL, PHONE, LETTER, PROXY)
"""What comes in at the desk, in the order in which the desk offers it."""
UNREAD, HALF_READ, DISPUTED, READ, VOID = "unread", "half-read", "disputed", "read", "void"
READERS = 2
_TERMS = N_("本次表决的规则")


@dataclass(frozen=True, slots=True)
class Intake:
    """How one arrival stands: readings that count, whether a ballot was made of it, whether it was made void."""

    readings: int = 0
    made: bool = False
    void: bool = False

    @property
    def state(self) -> str:
        """Unread, read by one, disputed (two read differently), read, or void."""
        if self.void:
            return VOID
        if self.made:
            return READ
        return (UNREAD, HALF_READ, DISPUTED)[min(self.readings, READERS)]


def intake_refusal(
    terms: Terms,
    entry: Entry | None,
    channel: str,
    now: datetime,
    *,
    declared: bool = False,
    voted: bool = False,
    waiting: int | None = None,
    frozen: bool = True,
    replaced: bool = False,
) -> Refusal | None:
    """A ballot is received at the desk within the window, for a line of the roll, by a way that the terms announced.

    Its time is its receipt: a late one is refused, however early it was filled in. `voted`: a ballot of this line already
    counts; `waiting`: the number of one that came the same way for this line, or on the same paper, and still stands;
    `frozen`: the roll is; `replaced`: another paper was issued in place of this one.
    """
    if channel not in DESK_CHANNELS or channel not in terms.channels:
        return Refusal(N_("这次表决没有公布这种投票方式，不能收。"), article=_TERMS)
    if channel == PROXY and terms.proxy_limit == 0:
        return Refusal(N_("这次表决不接受委托投票。"), article=_TERMS)
    stage = state(terms, now, declared)
    if stage == PLANNED or not frozen:
        return Refusal(N_("投票还没有开始，现在不能收票。"), article=_TERMS)
    if stage != OPEN:
        return Refusal(
            N_("投票已在%(closes_at)s截止。迟到的票不能算，请当面告诉交票的人。"),
            {"closes_at": terms.closes_at},
            _TERMS,
        )
    if entry is None:
        return Refusal(N_("名册里没有这一户，也没有这个码。请对着票再看一遍。"))
    if replaced:
        return Refusal(N_("这张票已经作废，换发了新的。请收新的那一张。"))
    if entry.recused or not entry.present:
        return Refusal(N_("“%(label)s”不参加这次表决。"), {"label": entry.label}, _TERMS)
    if waiting is not None:
        return Refusal(
            N_("“%(label)s”的票已经收过，是第%(number)s号。要另收一张，先把那一号作废并写明原因。"),
            {"label": entry.label, "number": waiting},
        )
    if voted and not terms.changes:
        return Refusal(N_("“%(label)s”已经投过票，这次表决投出的票不能更改。"), {"label": entry.label}, _TERMS)
    return None


def reading_refusal(terms: Terms, intake: Intake, chosen: Marks, *, mine: bool, declared: bool) -> Refusal | None:
    """Two different people read a ballot, each once, while its outcome is not frozen; after the close is in time.

    `mine`: who reads has read it already. Whoever reads marks what is on the paper, `invalid` included, also where a proxy's
    mandate says otherwise: who types could else find out what it says.
    """
    refusal = _standing_refusal(intake, declared)
    if refusal is not None:
        return refusal
    if mine:
        return Refusal(N_("这张票您已经录入过。要由另一个人再录一遍，互相不看。"))
    if intake.readings >= READERS:
        return Refusal(N_("这张票已经有两个人录入过。"))
    return marks_refusal(terms, chosen)


def marks_refusal(terms: Terms, chosen: Marks) -> Refusal | None:
    """What is read on a ballot is one of its options, or that it is invalid."""
    return None if _invalid(chosen) else choice_refusal(terms, chosen)


def instruction_refusal(terms: Terms, chosen: Marks, instructed: str | None) -> Refusal | None:
    """A proxy votes as the mandate says, where it says so."""
    if instructed is None or alike(terms, marks(terms, chosen), instructed):
        return None
    return Refusal(N_("委托书写明了怎么投，这一票和委托书不一致，不能投出。"), article=N_("指导规则 26"))


def alike(terms: Terms, one: str, other: str) -> bool:
    """Whether two ballots as they are stored say the same: no points for an option are no points, written or left out."""
    if terms.selection != SCORE or INVALID in (one, other):
        return one == other
    first, second = ({key: points for key, points in given_points(text).items() if points} for text in (one, other))
    return first == second


def weigh_refusal(
    terms: Terms, now: datetime, reason: str, *, against: bool, mine: bool, declared: bool
) -> Refusal | None:
    """A proxy's ballot that differs from the mandate is weighed by a third, after the close, before the outcome, with a reason."""
    if declared:
        return Refusal(N_("结果已经公布，不能再裁定。"), article=_TERMS)
    if state(terms, now, declared) != COUNTING or not against:
        return Refusal(N_("这张票现在没有要和委托书核对的。"))
    if mine:
        return Refusal(N_("这张票您录入过，要由没有录入过的第三个人裁定。"))
    if not reason.strip():
        return Refusal(N_("请写明这样裁定的理由。"))
    return None


def marks(terms: Terms, chosen: Marks) -> str:
    """What was read, as a ballot stores it."""
    return INVALID if _invalid(chosen) else written_choice(terms, chosen)


def _invalid(chosen: Marks) -> bool:
    return chosen == INVALID or (not isinstance(chosen, Mapping) and tuple(chosen) == (INVALID,))


def settle_refusal(
    terms: Terms, intake: Intake, chosen: Marks, reason: str, *, mine: bool, declared: bool
) -> Refusal | None:
    """Where two read differently a third settles it, who has read neither, with the ballot at hand and a reason."""
    refusal = _standing_refusal(intake, declared)
    if refusal is not None:
        return refusal
    if intake.state != DISPUTED:
        return Refusal(N_("这张票没有不一致的录入，不用裁定。"))
    if mine:
        return Refusal(N_("这张票您录入过，要由没有录入过的第三个人裁定。"))
    if not reason.strip():
        return Refusal(N_("请写明这样裁定的理由。"))
    return marks_refusal(terms, chosen)


def withdraw_refusal(intake: Intake, *, mine: bool, declared: bool) -> Refusal | None:
    """Whoever mistyped takes back what they read, as long as nobody else has read the same ballot."""
    refusal = _standing_refusal(intake, declared)
    if refusal is not None:
        return refusal
    if not mine:
        return Refusal(N_("这张票不是您录入的，不能由您撤回。"))
    if intake.readings >= READERS:
        return Refusal(N_("另一个人也录入过了。两次不一致的，由第三个人裁定。"))
    return None


def void_refusal(intake: Intake, reason: str, *, declared: bool) -> Refusal | None:
    """What was received by mistake is made void with a reason, before the outcome is frozen; it stays on record as void."""
    if declared:
        return Refusal(N_("结果已经公布，收到的票不能再作废。"), article=_TERMS)
    if intake.void:
        return Refusal(N_("这一号已经作废。"))
    if not reason.strip():
        return Refusal(N_("请写明为什么作废。"))
    return None


def _standing_refusal(intake: Intake, declared: bool) -> Refusal | None:
    if declared:
        return Refusal(N_("结果已经公布，不能再录入。"), article=_TERMS)
    if intake.void:
        return Refusal(N_("这一号已经作废，不用录入。"))
    if intake.made:
        return Refusal(N_("这张票已经录入完，入账了。"))
    return None


def mandate_refusal(
    terms: Terms, entry: Entry | None, now: datetime, *, held: int, standing: bool, declared: bool
) -> Refusal | None:
    """A written mandate is registered for a line of the roll, as many for one proxy as the terms allow, until the close.

    `held`: how many the proxy already holds in this poll. `standing`: one is already registered for this line.
    """
    if terms.proxy_limit == 0 or PROXY not in terms.channels:
        return Refusal(N_("这次表决不接受委托投票。"), article=_TERMS)
    if state(terms, now, declared) not in (PLANNED, OPEN):
        return Refusal(N_("投票已经截止，不能再登记委托。"), article=_TERMS)
    if entry is None:
        return Refusal(N_("名册里没有这一户，也没有这个码。请对着票再看一遍。"))
    if standing:
        return Refusal(N_("“%(label)s”已经登记过一份委托。要换人，先撤销那一份。"), {"label": entry.label})
    if terms.proxy_limit is not None and held >= terms.proxy_limit:
        return Refusal(
            N_("一个人最多接受%(limit)s份委托，这位受托人已经有%(held)s份。"),
            {"limit": terms.proxy_limit, "held": held},
            N_("指导规则 26"),
        )
    return None


def revoke_refusal(*, revoked: bool, owner: bool, desk: bool, declared: bool) -> Refusal | None:
    """The owner takes a mandate back at any time before the outcome, online or at the desk; what was cast by then stays cast."""
    if not (owner or desk):
        return Refusal(N_("委托由业主本人撤销，或由业主到服务台办理。"), article=N_("指导规则 26"))
    if revoked:
        return Refusal(N_("这份委托已经撤销。"))
    if declared:
        return Refusal(N_("结果已经公布，委托已经用完。"))
    return None


def proxy_refusal(terms: Terms, *, by_owner: bool = False) -> Refusal | None:
    """A proxy votes where the terms announced it, and as long as the owner has not voted in person."""
    if PROXY not in terms.channels or terms.proxy_limit == 0:
        return Refusal(N_("这次表决不接受委托投票。"), article=_TERMS)
    if by_owner:
        return Refusal(N_("业主自己已经投票，委托不再使用。"), article=N_("指导规则 26"))
    return None
