"""Calling the owners or the residents to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal, cast
from zoneinfo import ZoneInfo

from sqlalchemy import update

from app.assemblies import queries
from app.assemblies.events import AssemblyConvened
from app.assemblies.models import Assembly
from app.assemblies.permissions import CONVENE_ASSEMBLY
from app.assemblies.rules import OWNERS, RESIDENTS, notice_refusal, title_refusal
from app.bylaws.queries import law
from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import HouseError, check
from app.core.numbers import next_number
from app.core.permissions import authorize
from app.core.values import Actor, Entry, Ref, the_house
from app.journal.actions import record
from app.register.queries.rolls import residents_roll, roll
from app.voting import actions as voting
from app.voting.queries import PollRow, get_poll, rolls_due
from app.voting.rules import (
    Budget,
    Option,
    Terms,
    freeze_refusal,
    offer_refusal,
    owners_terms,
    residents_terms,
    roll_fault_refusal,
)
from app.voting.rules.presets import OPINION
from app.voting.rules.terms import APPROVAL, UNITS


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
    method: str = "",
    budget: int | None = None,
) -> Convened:
    """Everybody who lives here is asked: yes or no, or about several options by a counting method; the answer advises.

    For a page that opens such a poll: `method` is one of `voting.rules.presets.METHODS` ("opinion" is yes or no, and needs
    no options; "approval", "score", "irv", "schulze", "budget" need 2 to 40; "" is opinion without and approval with options).
    `options` are `Option(key, label, cost)`: keys are short texts of your own ("1", "2", …), labels differ, `cost` in fen is
    wanted for "budget" and left out elsewhere. `budget` in fen is wanted for "budget" only. `voting.rules.offer_refusal(method,
    options, budget)` says beforehand, in a sentence, what does not fit; the same rule is asked here.
    Raises Forbidden and Refused.
    """
    today = clock.today(get_community(community_id).zone)
    authorize(actor, CONVENE_ASSEMBLY, community_id)
    method = method or (APPROVAL if options else OPINION)
    check(offer_refusal(method, options, budget))
    money = None if budget is None else Budget(budget)
    terms = residents_terms(today, partial(law, community_id), tuple(options), method, money)
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
    assembly = call(actor, community_id, electorate, title, opens_at, closes_at)
    matter = Ref(queries.KIND, assembly.id)
    check(roll_fault_refusal(terms, people))
    poll_id = voting.announce_poll(actor, community_id, matter, question, terms, opens_at, closes_at)
    hold(assembly.id, poll_id)
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


def call(
    actor: Actor,
    community_id: int,
    electorate: str,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    source: str = "",
) -> Assembly:
    """The body of calling, shared with bringing a poll in."""
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


def hold(assembly_id: int, poll_id: int) -> None:
    """From now on this poll decides the assembly's matter."""
    db.session.execute(update(Assembly).where(Assembly.id == assembly_id).values(poll_id=poll_id))
