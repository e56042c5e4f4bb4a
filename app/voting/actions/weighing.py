"""A proxy's ballot that differs from the mandate: after the close somebody who read neither lets it stand or makes it void."""

from app.core import clock
from app.core.db import transactional
from app.core.errors import check
from app.core.permissions import authorize
from app.core.values import Actor
from app.journal.actions import record
from app.journal.events import ReceiptCode
from app.voting import queries
from app.voting.actions.holding import living_poll
from app.voting.actions.reading import digest, keep, named
from app.voting.actions.receiving import reject
from app.voting.events import IntakeVoided, ProxyBallotWeighed
from app.voting.permissions import SETTLE_BALLOT
from app.voting.rules import VOID, weigh_refusal


@transactional
def weigh_proxy_ballot(actor: Actor, poll_id: int, number: int, *, stands: bool, reason: str) -> None:
    """What a proxy's ballot says is held against the written mandate, with both at hand and a reason.

    It stands where the mandate was registered wrongly; it is void where the proxy did not vote as instructed. No outcome is
    declared before. Raises Forbidden, NotFound, Refused. Source: 业主大会和业主委员会指导规则 26.
    """
    poll = living_poll(poll_id, alone=False)
    authorize(actor, SETTLE_BALLOT, poll.community_id)
    intake = queries.hold_intake(poll, number)
    check(
        weigh_refusal(
            poll.terms,
            clock.now(),
            reason,
            against=intake.to_weigh,
            mine=queries.has_read(intake.id, actor.account_id),
            declared=poll.declared_at is not None,
        )
    )
    now, why = clock.now(), digest(reason)
    record(ProxyBallotWeighed(*named(poll, intake), stands=stands, reason=why), actor, poll.matter)
    if stands:
        keep(intake, weighed_at=now, weighed_by=actor.account_id, weighed_reason=reason[:500])
        return
    line = queries.hold_line(poll, intake.key)
    assert line is not None, "an arrival is for a line"
    assert intake.ballot_id is not None, "what differs is a ballot"
    reject(poll, line, intake.ballot_id, VOID)
    keep(intake, void_at=now, void_by=actor.account_id, void_reason=reason[:500])
    record(IntakeVoided(*named(poll, intake), reason=why, ballot=ReceiptCode(intake.code)), actor, poll.matter)
