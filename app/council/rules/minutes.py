"""The minutes are objected to, corrected, signed by the four parties, and then public; signing is not approving."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.values import PARTIES, Refusal
from app.core.words import N_
from app.council.rules.drafting import CORRECTABLE
from app.council.rules.seats import ARTICLE, PARTY_NAMES, Seating

DRAFT, SIGNING, PUBLISHED = "draft", "signing", "published"
SHORTEST, LONGEST = 4, 500


@dataclass(frozen=True, slots=True)
class Standing:
    """How far minutes have come; moments in UTC. Objections are heard up to and with `objections_until`."""

    drafted_at: datetime
    objections_until: datetime
    sign_by: datetime
    published_at: datetime | None = None

    def stage(self, now: datetime) -> str:
        """A draft while objections are heard, then waiting for signatures, then published."""
        if self.published_at is not None:
            return PUBLISHED
        return DRAFT if now <= self.objections_until else SIGNING


def terms_of_minutes(drafted_at: datetime, objection_hours: int, signing_hours: int) -> Standing:
    """When objections end and by when the parties should have signed, from the moment of the draft."""
    until = drafted_at + timedelta(hours=objection_hours)
    return Standing(drafted_at, until, until + timedelta(hours=signing_hours))


def object_refusal(standing: Standing, now: datetime, kind: str, reason: str, *, was_due: bool) -> Refusal | None:
    """A member objects within the term, to a paragraph that tells what was said; facts of the record stand as they are."""
    if not was_due:
        return Refusal(N_("应到会的委员才能对纪要提出异议。"), article=ARTICLE)
    if standing.stage(now) != DRAFT:
        return Refusal(N_("现在不能再提异议：异议期已在%(until)s结束。"), {"until": standing.objections_until}, ARTICLE)
    if kind not in CORRECTABLE:
        return Refusal(
            N_("决议文字、计票和标题来自会上的记录，不能在纪要里改。要改决定，请在下次会议上提出动议。"),
            article=ARTICLE,
        )
    return reason_refusal(reason)


def reason_refusal(reason: str) -> Refusal | None:
    """What is said against minutes or in answer is said in a sentence."""
    if SHORTEST <= len(reason) <= LONGEST:
        return None
    return Refusal(N_("请写%(least)s到%(most)s个字。"), {"least": SHORTEST, "most": LONGEST}, ARTICLE)


def answer_refusal(standing: Standing, *, answered: bool, accepted: bool, text: str, reason: str) -> Refusal | None:
    """Every objection is answered once: the paragraph gets a new text, or the refusal its reason."""
    if standing.published_at is not None:
        return Refusal(N_("纪要已经公布，不能再改。"), article=ARTICLE)
    if answered:
        return Refusal(N_("这条异议已经答复过。"), article=ARTICLE)
    return reason_refusal(text if accepted else reason)


def sign_refusal(
    standing: Standing,
    now: datetime,
    party: str,
    signed: Iterable[str],
    unanswered: int,
    *,
    was_present: bool,
    party_came: bool,
) -> Refusal | None:
    """Each party signs once, by somebody who was there, after the objections have been heard and answered.

    `party` is the one that the signer speaks for, empty for nobody; `party_came`: somebody of it was at the meeting.
    """
    if party not in PARTIES:
        return Refusal(N_("纪要由四方委员签署。您今天没有担任委员。"), article=ARTICLE)
    if party in signed:
        return Refusal(N_("%(party)s已经签署。"), {"party": Refusal(PARTY_NAMES[party])}, ARTICLE)
    if standing.stage(now) == DRAFT:
        return Refusal(N_("异议期到%(until)s才结束，结束以后才能签署。"), {"until": standing.objections_until}, ARTICLE)
    if unanswered:
        return Refusal(N_("还有%(count)s条异议没有答复，答复以后才能签署。"), {"count": unanswered}, ARTICLE)
    if party_came and not was_present:
        return Refusal(N_("要由到会的委员签署。您没有参加这次会议。"), article=ARTICLE)
    return None


def parties_to_sign(seats: Iterable[Seating]) -> tuple[str, ...]:
    """Which parties must sign: the four, except one all of whose seats are vacant."""
    seated = {seat.party for seat in seats if seat.present or not seat.vacant}
    return tuple(party for party in PARTIES if party in seated)
