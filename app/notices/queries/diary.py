"""What is coming: meetings, the beginnings and ends of votes, the ends of tenders and of terms of posting."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from app.core import clock
from app.core.house import describe
from app.core.i18n import _
from app.council.queries import meetings
from app.council.queries.telling import meeting_title
from app.procurement.queries import tenders
from app.publication.queries import standing_postings
from app.publication.rules import OWNERS_NOTICE, RESIDENTS_NOTICE
from app.voting.queries import polls
from app.voting.rules import OPEN, PLANNED
from app.voting.rules.terms import SEATS

BACK = timedelta(days=90)
MEETING, OPENING, VOTE, TENDER, POSTING = "meeting", "vote-start", "vote", "tender", "posting"
LENGTH = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One thing in the diary. `ends` is None for the end of a term, which has no length; `place` may be empty."""

    kind: str
    id: int
    at: datetime
    ends: datetime | None
    title: str
    note: str
    place: str
    url: str
    cancelled: bool = False


def diary(community_id: int, since: datetime | None = None) -> list[Appointment]:
    """Everything in a community's diary from a moment on (three months back, unless it is given), by time.

    Five statements, whatever its length.
    """
    since = since or clock.now() - BACK
    found = [*_meetings(community_id), *_votes(community_id), *_tenders(community_id), *_postings(community_id)]
    return sorted((one for one in found if one.at >= since), key=lambda one: (one.at, one.kind, one.id))


def upcoming(community_id: int, limit: int = 5) -> list[Appointment]:
    """What comes next."""
    return [one for one in diary(community_id, clock.now()) if not one.cancelled][:limit]


def _meetings(community_id: int) -> list[Appointment]:
    return [
        Appointment(
            MEETING,
            one.id,
            one.starts_at,
            one.starts_at + LENGTH,
            meeting_title(one.number),
            "",
            one.place,
            url_for("council.meeting", number=one.number),
            one.cancelled_at is not None,
        )
        for one in meetings(community_id)
    ]


def _votes(community_id: int) -> list[Appointment]:
    running = [poll for poll in polls(community_id) if poll.state in (PLANNED, OPEN) and poll.terms.electorate != SEATS]
    named = describe(poll.matter for poll in running)
    found = []
    for poll in running:
        title = named[poll.matter].title if poll.matter in named else poll.question
        url, off = url_for("voting.poll", number=poll.number), poll.annulled_at is not None
        begins, ends = _("投票开始：%(title)s", title=title), _("投票截止：%(title)s", title=title)
        found += [
            Appointment(OPENING, poll.id, poll.opens_at, None, begins, "", "", url, off),
            Appointment(VOTE, poll.id, poll.closes_at, None, ends, _("随后自动公布结果"), "", url, off),
        ]
    return found


def _tenders(community_id: int) -> list[Appointment]:
    return [
        Appointment(
            TENDER,
            one.id,
            one.deadline,
            None,
            _("投标截止并开标：%(title)s", title=one.title),
            "",
            "",
            url_for("procurement.tender", number=one.number),
        )
        for one in tenders(community_id, "open")
    ]


def _postings(community_id: int) -> list[Appointment]:
    """The ends of what hangs now. A call to vote that hangs until its vote closes is in the diary by that close."""
    return [
        Appointment(
            POSTING,
            one.id,
            one.ends_at,
            None,
            _("公示期满：%(title)s", title=one.title),
            "",
            "",
            url_for("publication.posting", number=one.number),
        )
        for one in standing_postings(community_id)
        if one.kind not in (OWNERS_NOTICE, RESIDENTS_NOTICE)
    ]
