"""Calling the owners or the residents to decide, and bringing in a poll that was held elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Literal, cast
from zoneinfo import ZoneInfo

from sqlalchemy import update

from app.assemblies import queries
from app.assemblies.events import AssemblyConvened
from app.assemblies.models import Assembly
from app.assemblies.permissions import CONVENE_ASSEMBLY
from app.assemblies.rules import LONGEST_TITLE, OWNERS, RESIDENTS, import_refusal, notice_refusal, title_refusal
from app.bylaws.queries import law
from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import HouseError, Refused, check
from app.core.numbers import next_number
from app.core.permissions import authorize
from app.core.values import Actor, Entry, Ref, Refusal, the_house
from app.core.words import N_
from app.journal.actions import record
from app.register.queries.rolls import residents_roll, roll
from app.voting import actions as voting
from app.voting.queries import PollRow, get_poll, rolls_due
from app.voting.rules import (
    Election,
    Option,
    Terms,
    freeze_refusal,
    owners_terms,
    residents_terms,
    roll_fault_refusal,
)
from app.voting.rules.terms import PAPER, UNITS


@dataclass(frozen=True, slots=True)
class Convened:
    """An assembly and its poll: ids, and the numbers by which people call them."""

    assembly_id: int
    number: int
    poll_id: int
    poll_number: int


@transactional
def convene_owners(
    actor: Actor, community_id: int, matter: int, title: str, question: str, opens_at: datetime, closes_at: datetime
) -> Convened:
    """All owners are called to decide one of their nine matters, by area and by head, with 15 days' notice.

    The roll is that of the register on the day on which the vote opens. Raises Forbidden and Refused. Source: 民法典 278, 物业管理条例 14.
    """
    today = clock.today(get_community(community_id).zone)
    here = partial(law, community_id)
    authorize(actor, CONVENE_ASSEMBLY, community_id)
    check(notice_refusal(clock.now(), opens_at, here("owners.notice", today)))
    terms = owners_terms(matter, today, here)
    return _convene(actor, community_id, OWNERS, title, question, terms, roll(community_id, today), opens_at, closes_at)


@transactional
def convene_residents(
    actor: Actor,
    community_id: int,
    title: str,
    question: str,
    opens_at: datetime,
    closes_at: datetime,
    options: Sequence[Option] = (),
) -> Convened:
    """Everybody who lives here is asked: yes or no, or which of several options they approve of; the answer advises.

    Raises Forbidden and Refused.
    """
    today = clock.today(get_community(community_id).zone)
    authorize(actor, CONVENE_ASSEMBLY, community_id)
    terms = residents_terms(today, partial(law, community_id), tuple(options))
    people = residents_roll(community_id, today)
    return _convene(actor, community_id, RESIDENTS, title, question, terms, people, opens_at, closes_at)


def _convene(
    actor: Actor,
    community_id: int,
    electorate: str,
    title: str,
    question: str,
    terms: Terms,
    people: Sequence[Entry],
    opens_at: datetime,
    closes_at: datetime,
) -> Convened:
    assembly = _assembly(actor, community_id, electorate, title, opens_at, closes_at)
    matter = Ref(queries.KIND, assembly.id)
    check(roll_fault_refusal(terms, people))
    poll_id = voting.announce_poll(actor, community_id, matter, question, terms, opens_at, closes_at)
    _hold(assembly.id, poll_id)
    if freeze_refusal(get_poll(poll_id).terms, clock.now()) is None:
        voting.freeze_roll(actor, poll_id, people)
    return Convened(assembly.id, assembly.number, poll_id, get_poll(poll_id).number)


def open_due() -> int:
    """Whoever is on the register on the day on which a vote opens is on its roll; answers how many were opened. Harmless twice."""
    return sum(_open(poll) for poll in rolls_due(clock.now()))


def _open(poll: PollRow) -> bool:
    if poll.matter.kind != queries.KIND:
        return False
    day = poll.opens_at.astimezone(ZoneInfo(get_community(poll.community_id).zone)).date()
    people = (roll if poll.terms.electorate == UNITS else residents_roll)(poll.community_id, day)
    try:
        return voting.freeze_roll(the_house(poll.community_id), poll.id, people)
    except HouseError:
        # Nobody is on the register: the poll stays announced, and the next round looks again.
        return False


def _assembly(
    actor: Actor,
    community_id: int,
    electorate: str,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    source: str = "",
) -> Assembly:
    authorize(actor, CONVENE_ASSEMBLY, community_id)
    check(title_refusal(title))
    assembly = Assembly(
        community_id=community_id,
        number=next_number(community_id, queries.KIND),
        electorate=electorate,
        title=title.strip(),
        source_sha256=source or None,
        created_at=clock.now(),
    )
    db.session.add(assembly)
    db.session.flush()
    event = AssemblyConvened(
        community_id,
        assembly.id,
        assembly.number,
        cast(Literal["owners", "residents"], electorate),
        opens_at,
        closes_at,
    )
    record(event, actor, Ref(queries.KIND, assembly.id))
    return assembly


def _hold(assembly_id: int, poll_id: int) -> None:
    db.session.execute(update(Assembly).where(Assembly.id == assembly_id).values(poll_id=poll_id))


@dataclass(frozen=True, slots=True)
class ImportedPoll:
    """A poll that came in: its number, how many options it has and how many ballots were taken."""

    poll_number: int
    options: int
    ballots: int


@transactional
def import_residents_poll(actor: Actor, community_id: int, election: Election, source_sha256: str) -> ImportedPoll:
    """A residents' poll that was held elsewhere comes in with its options and ballots, closed and counted by approval.

    Its voters are known by pseudonym only; nobody here may cast a ballot in it. A file comes in once. Raises Forbidden, and
    Refused for ballots of another kind, a window that is not over, a file that is here already.
    """
    authorize(actor, CONVENE_ASSEMBLY, community_id)
    check(import_refusal(election.vote_type, election.votes))
    known = queries.find_by_source(community_id, source_sha256)
    if known is not None:
        raise Refused(Refusal(N_("这个文件已经导入过了，是“%(title)s”。"), {"title": known.title}))
    zone = ZoneInfo(get_community(community_id).zone)
    opens_at, closes_at = _window(election, zone)
    title = (election.title or election.options[0].label)[:LONGEST_TITLE]
    assembly = _assembly(actor, community_id, RESIDENTS, title, opens_at, closes_at, source_sha256)
    imported = voting.import_poll(
        actor,
        community_id,
        Ref(queries.KIND, assembly.id),
        title,
        _approval(election, clock.today(zone.key), community_id),
        [Entry(vote.voter, vote.voter) for vote in election.votes],
        {vote.voter: vote.projects for vote in election.votes},
        opens_at,
        closes_at,
        len(election.rejected),
    )
    _hold(assembly.id, imported.poll_id)
    return ImportedPoll(imported.number, len(election.options), imported.ballots)


def _approval(election: Election, today: date, community_id: int) -> Terms:
    """The file's own bounds on a ballot, unless its ballots do not keep them: they were counted where they were cast."""
    lengths = [len(vote.projects) for vote in election.votes]
    terms = residents_terms(today, partial(law, community_id), election.options)
    most = election.most if election.most >= max(lengths) else 0
    return replace(terms, least=min(election.least, *lengths), most=most, channels=(PAPER,), changes=False)


def _window(election: Election, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The days that the file names, whole; where it names none, yesterday."""
    yesterday = clock.today(zone.key) - timedelta(days=1)
    begins, ends = election.begins or election.ends or yesterday, election.ends or election.begins or yesterday
    opens_at = datetime.combine(begins, time.min, zone)
    return opens_at.astimezone(UTC), datetime.combine(ends, time(23, 59, 59), zone).astimezone(UTC)
