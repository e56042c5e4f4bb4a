"""What the council charges a party with, and until when."""

from datetime import date, timedelta

from app.core.values import PARTIES, Refusal
from app.core.words import N_
from app.council.rules.meetings import Sitting, session_refusal
from app.council.rules.seats import ARTICLE

FARTHEST = timedelta(days=3 * 366)
SHORTEST, LONGEST = 4, 200


def assign_refusal(sitting: Sitting, party: str, due: date, text: str, today: date) -> Refusal | None:
    """A task has a party that owes it, a day that is still to come, and words; it is given while the meeting is in session."""
    refusal = session_refusal(sitting)
    if refusal is not None:
        return refusal
    if party not in PARTIES:
        return Refusal(N_("请选由哪一方来办。"), article=ARTICLE)
    if not SHORTEST <= len(text) <= LONGEST:
        return Refusal(N_("要办的事请写4到200个字。"), article=ARTICLE)
    if not today <= due <= today + FARTHEST:
        return Refusal(N_("办结日期要在今天以后、三年以内。"), article=ARTICLE)
    return None


def finish_refusal(*, done: bool, published: bool, of_party: bool, note: str) -> Refusal | None:
    """The party that owes a task reports how it was done, once, after the minutes are public."""
    if done:
        return Refusal(N_("这件事已经办结。"), article=ARTICLE)
    if not published:
        return Refusal(N_("纪要公布以后，交办事项才开始。"), article=ARTICLE)
    if not of_party:
        return Refusal(N_("这件事由另一方办理，要由那一方的委员报告办结。"), article=ARTICLE)
    if not SHORTEST <= len(note) <= LONGEST:
        return Refusal(N_("请用4到200个字写明怎么办的。"), article=ARTICLE)
    return None
