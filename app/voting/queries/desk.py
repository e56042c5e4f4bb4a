"""What lies at the desk of a poll: received, waiting to be read, disputed. What was read on it is asked by actions alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, select
from sqlalchemy.orm import aliased

from app.core.db import ask, db
from app.core.values import Ref
from app.core.words import N_
from app.voting.models import Ballot, BallotIntake, BallotReading, Poll, RollEntry
from app.voting.queries.numbered import Numbered
from app.voting.queries.polls import PollRow
from app.voting.rules import READERS, Intake

KIND = "ballot_intake"


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """One arrival at the desk with the line that it is for; nothing of what is marked on it.

    `code` and `counted` are those of the ballot that was made of it, `rejected` why that ballot can never count.
    `against`: it differs from its mandate, which no page shows before the close; `weighed_at` when it was let stand.
    """

    id: int
    number: int
    entry_id: int
    key: str
    label: str
    channel: str
    paper_id: int | None
    mandate_id: int | None
    received_at: datetime
    received_by: int
    readings: int
    ballot_id: int | None
    void_at: datetime | None
    void_reason: str
    code: str
    counted: bool
    rejected: str
    against: bool
    weighed_at: datetime | None
    weighed_reason: str

    @property
    def to_weigh(self) -> bool:
        """Whether it differs from its mandate and nobody has weighed that yet."""
        return self.against and self.weighed_at is None and self.void_at is None

    @property
    def intake(self) -> Intake:
        """How it stands, as the rules see it."""
        return Intake(self.readings, self.ballot_id is not None, self.void_at is not None)

    @property
    def state(self) -> str:
        """Unread, read by one, disputed, read or void."""
        return self.intake.state


@dataclass(frozen=True, slots=True)
class DeskCount:
    """How many arrivals of a poll stand, and how many of them are read, wait for a reader, or are disputed.

    `readings` counts the readings that stand on those not finished; `lines` how many lines wait that have no counted ballot
    yet; `channels` how many stand by each way of coming in.
    """

    received: int = 0
    read: int = 0
    untouched: int = 0
    half: int = 0
    disputed: int = 0
    void: int = 0
    channels: Mapping[str, int] = field(default_factory=dict)

    @property
    def unread(self) -> int:
        """How many lack a reading: nobody, or only one, has read them."""
        return self.untouched + self.half


def intake_ref(intake_id: int) -> Ref:
    """What the scan of an arrival hangs on, and what its ballot rests on."""
    return Ref(KIND, intake_id)


def intake_rows() -> Select[BallotIntake, str, str, str, bool, str | None]:
    """Arrivals with their lines and the ballots that were made of them, for `intake_row`."""
    return (
        select(BallotIntake, RollEntry.key, RollEntry.label, Ballot.code, Ballot.counted, Ballot.rejected)
        .join(RollEntry, RollEntry.id == BallotIntake.entry_id)
        .outerjoin(Ballot, Ballot.id == BallotIntake.ballot_id)
    )


def intake_row(found: Any) -> IntakeRow:
    """One arrival as it was selected."""
    intake, key, label, code, counted, rejected = found
    return IntakeRow(
        intake.id,
        intake.number,
        intake.entry_id,
        key,
        label,
        intake.channel,
        intake.paper_id,
        intake.mandate_id,
        intake.received_at,
        intake.received_by,
        intake.readings,
        intake.ballot_id,
        intake.void_at,
        intake.void_reason or "",
        code or "",
        bool(counted),
        rejected or "",
        intake.against_at is not None,
        intake.weighed_at,
        intake.weighed_reason or "",
    )


INTAKES = Numbered(BallotIntake, intake_rows, intake_row, N_("这次表决没有收过这一号。"))
get_intake, hold_intake, intakes = INTAKES.get, INTAKES.hold, INTAKES.page


def standing_number(entry_id: int, channel: str, paper_id: int | None) -> int | None:
    """The number of an arrival that stands in the way of another: the same paper, or the same way and not read yet."""
    same = (
        BallotIntake.paper_id == paper_id
        if paper_id is not None
        else and_(BallotIntake.channel == channel, BallotIntake.ballot_id.is_(None))
    )
    wanted = select(func.min(BallotIntake.number)).where(
        BallotIntake.entry_id == entry_id, BallotIntake.void_at.is_(None), same
    )
    return db.session.scalar(wanted)


def desk_count(poll_id: int) -> DeskCount:
    """What stands at the desk of a poll; one statement."""
    waiting = BallotIntake.ballot_id.is_(None)
    group = case(
        (BallotIntake.void_at.is_not(None), "void"),
        (~waiting, "read"),
        (BallotIntake.readings >= READERS, "disputed"),
        (BallotIntake.readings == 1, "half"),
        else_="untouched",
    )
    wanted = (
        select(group, BallotIntake.channel, func.count())
        .where(BallotIntake.poll_id == poll_id)
        .group_by(group, BallotIntake.channel)
    )
    states: dict[str, int] = {}
    channels: dict[str, int] = {}
    for state, channel, many in db.session.execute(wanted):
        states[state] = states.get(state, 0) + many
        if state != "void":
            channels[channel] = channels.get(channel, 0) + many
    standing = sum(many for state, many in states.items() if state != "void")
    return DeskCount(standing, channels=channels, **states)


def unfinished(poll_id: int) -> tuple[int, int]:
    """How many arrivals lack a reading, and in how many two read differently; one statement."""
    unread, disputed = ask(unfinished_of, poll_id=poll_id).one()
    return int(unread), int(disputed)


def unfinished_of(poll_id: Any) -> Select[int, int]:
    """How many arrivals lack a reading, and in how many two read differently."""
    return select(
        func.coalesce(func.sum(case((BallotIntake.readings < READERS, 1), else_=0)), 0).label("unread"),
        func.coalesce(func.sum(case((BallotIntake.readings >= READERS, 1), else_=0)), 0).label("disputed"),
    ).where(BallotIntake.poll_id == poll_id, BallotIntake.ballot_id.is_(None), BallotIntake.void_at.is_(None))


def _unread_by(account_id: Any) -> Any:
    return ~exists().where(
        BallotReading.intake_id == BallotIntake.id,
        BallotReading.account_id == account_id,
        BallotReading.withdrawn_at.is_(None),
    )


def _for_reader(poll_id: int, account_id: int) -> list[Any]:
    return [
        BallotIntake.poll_id == poll_id,
        BallotIntake.ballot_id.is_(None),
        BallotIntake.void_at.is_(None),
        BallotIntake.readings < READERS,
        _unread_by(account_id),
    ]


def next_to_read(
    poll: PollRow, account_id: int, *, keys: Collection[str] = (), number: int | None = None
) -> IntakeRow | None:
    """The first arrival that this person may still read: not one that they read themselves; None when none is left.

    With `keys` or `number` one for these lines, or of this number.
    """
    wanted = intake_rows().where(*_for_reader(poll.id, account_id)).order_by(BallotIntake.number).limit(1)
    if keys:
        wanted = wanted.where(RollEntry.key.in_(keys))
    elif number is not None:
        wanted = wanted.where(BallotIntake.number == number)
    found = db.session.execute(wanted).first()
    return None if found is None else intake_row(found)


def left_to_read(poll_id: int, account_id: int) -> int:
    """How many arrivals this person may still read."""
    return db.session.scalar(select(func.count()).where(*_for_reader(poll_id, account_id))) or 0


def for_reader(community_id: Any, account_id: Any) -> Select[*tuple[Any, ...]]:
    """For each poll that has not been decided: which it is, how many arrivals this person may read, and how many settle."""
    fewer = case((BallotIntake.readings < READERS, 1), else_=0)
    return (
        select(Poll.id, Poll.number, Poll.question, Poll.closes_at, func.sum(fewer), func.sum(1 - fewer))
        .join(BallotIntake, BallotIntake.poll_id == Poll.id)
        .where(
            Poll.community_id == community_id,
            Poll.declared_at.is_(None),
            Poll.annulled_at.is_(None),
            BallotIntake.ballot_id.is_(None),
            BallotIntake.void_at.is_(None),
            _unread_by(account_id),
        )
        .group_by(Poll.id, Poll.number, Poll.question, Poll.closes_at)
        .order_by(Poll.closes_at, Poll.id)
    )


def last_read(poll: PollRow, account_id: int) -> IntakeRow | None:
    """What this person read last, while nobody else has read it: it may still be taken back."""
    mine = aliased(BallotReading)
    wanted = (
        intake_rows()
        .join(mine, (mine.intake_id == BallotIntake.id) & (mine.account_id == account_id) & mine.withdrawn_at.is_(None))
        .where(BallotIntake.poll_id == poll.id)
        .order_by(mine.at.desc(), mine.id.desc())
        .limit(1)
    )
    found = db.session.execute(wanted).first()
    if found is None:
        return None
    row = intake_row(found)
    return row if row.intake.state == "half-read" else None


def has_read(intake_id: int, account_id: int | None) -> bool:
    """Whether this person has read an arrival."""
    wanted = select(BallotReading.id).filter_by(intake_id=intake_id, account_id=account_id, withdrawn_at=None).limit(1)
    return account_id is not None and db.session.scalar(wanted) is not None


def readings(intake_id: int) -> list[str]:
    """What the readings say that stand, for the action that compares them; no page asks for it."""
    wanted = select(BallotReading.choice).filter_by(intake_id=intake_id, withdrawn_at=None)
    return list(db.session.scalars(wanted.order_by(BallotReading.place)))


def readers(intake_id: int) -> list[tuple[int, int, datetime, str]]:
    """Who read an arrival and when, with the reason of the third who settled it: place, account, time, reason."""
    wanted = (
        select(BallotReading.place, BallotReading.account_id, BallotReading.at, BallotReading.reason)
        .filter_by(intake_id=intake_id, withdrawn_at=None)
        .order_by(BallotReading.place)
    )
    return [(row.place, row.account_id, row.at, row.reason or "") for row in db.session.execute(wanted)]


def disputes(poll: PollRow) -> list[IntakeRow]:
    """What two people read differently and nobody has settled, oldest first."""
    wanted = intake_rows().where(
        BallotIntake.poll_id == poll.id,
        BallotIntake.ballot_id.is_(None),
        BallotIntake.void_at.is_(None),
        BallotIntake.readings >= READERS,
    )
    return [intake_row(found) for found in db.session.execute(wanted.order_by(BallotIntake.number))]
