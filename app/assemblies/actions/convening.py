"""Calling the owners or the residents to decide, on one matter or several."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Literal, cast
from zoneinfo import ZoneInfo

from app.assemblies import queries
from app.assemblies.actions.opening import open_poll_of
from app.assemblies.events import AssemblyConvened
from app.assemblies.models import Assembly, AssemblyItem
from app.assemblies.permissions import CONVENE_ASSEMBLY
from app.assemblies.rules import (
    OWNERS,
    RESIDENTS,
    Draft,
    DraftItem,
    follow_refusal,
    kinds_refusal,
    matters_refusal,
    notice_refusal,
    title_refusal,
    window_order_refusal,
    window_refusal,
)
from app.bylaws.queries import law
from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.numbers import next_number
from app.core.permissions import authorize
from app.core.values import Actor, Ref
from app.journal.actions import record
from app.voting import actions as voting
from app.voting.queries import get_poll
from app.voting.rules import Budget, Option, Terms, offer_refusal, owners_terms, residents_terms, roll_fault_refusal
from app.voting.rules.presets import OPINION
from app.voting.rules.terms import APPROVAL


@dataclass(frozen=True, slots=True)
class Convened:
    """An assembly and the vote on its first matter: ids, and the numbers by which people call them."""

    assembly_id: int
    number: int
    poll_id: int
    poll_number: int


@transactional
def convene_owners(
    actor: Actor,
    community_id: int,
    matter: int,
    title: str,
    question: str,
    opens_at: datetime,
    closes_at: datetime,
    origin: Ref | None = None,
) -> Convened:
    """All owners are called to decide one of their nine matters, by area and by head, with 15 days' notice.

    The roll is that of the register on the day on which the vote opens. Raises Forbidden and Refused. Source: 民法典 278,
    物业管理条例 14.
    """
    item = DraftItem(title, question, matter, str(origin) if origin else "")
    return convene(actor, community_id, Draft(OWNERS, title, (item,)), opens_at, closes_at)


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
    budget: Budget | None = None,
) -> Convened:
    """Everybody who lives here is asked: yes or no, or about several options by a counting method; the answer advises.

    For a page that opens such a poll: `method` is one of `voting.rules.presets.METHODS` ("opinion" is yes or no, and needs
    no options; "approval", "score", "irv", "schulze", "budget" need 2 to 40; "" is opinion without and approval with options).
    `options` are `Option(key, label, cost)`: keys are short texts of your own ("1", "2", …), labels differ, `cost` in fen is
    wanted for "budget" and left out elsewhere. `budget` is `Budget(fen)`, wanted for "budget" only. Beforehand
    `voting.rules.offer_refusal(method, options, fen)` says in a sentence what does not fit; the same rule is asked here.
    Raises Forbidden and Refused.
    """
    method = method or (APPROVAL if options else OPINION)
    check(offer_refusal(method, options, None if budget is None else budget.amount))
    draft = Draft(RESIDENTS, title, (DraftItem(title, question),))
    return convene(actor, community_id, draft, opens_at, closes_at, options, method, budget)


@transactional
def convene(
    actor: Actor,
    community_id: int,
    draft: Draft,
    opens_at: datetime,
    closes_at: datetime,
    options: Sequence[Option] = (),
    method: str = "",
    budget: Budget | None = None,
) -> Convened:
    """An assembly is called as its notice says: every matter on it gets a vote of its own, and no other is decided.

    Owners are told 15 days ahead, and their votes last as long as the rules here want. `options`, `method` and `budget` are
    for the residents, whose answer advises. Raises Forbidden and Refused. Source: 物业管理条例 14, 杭州物业条例 19, 20.
    """
    authorize(actor, CONVENE_ASSEMBLY, community_id)
    zone = ZoneInfo(get_community(community_id).zone)
    today = clock.today(zone.key)
    here = partial(law, community_id)
    check(matters_refusal(draft))
    check(kinds_refusal(draft))
    check(window_order_refusal(opens_at, closes_at, clock.now()))
    if draft.electorate == OWNERS:
        check(notice_refusal(clock.now(), opens_at, here("owners.notice", today)))
        first, last = (at.astimezone(zone).date() for at in (opens_at, closes_at))
        shortest, longest = here("owners.window.shortest", today), here("owners.window.longest", today)
        check(window_refusal(first, last, shortest, longest))
        rule = here("owners.follow_majority", today)
        check(follow_refusal(draft.follow_majority, rule, local=rule.jurisdiction.startswith("community")))
    assembly = put_assembly(
        actor, community_id, draft.electorate, draft.title, opens_at, closes_at,
        notice=draft.notice, extraordinary=draft.request > 0,
    )  # fmt: skip
    roll = queries.roll_on(assembly.id, community_id, draft.electorate, first_day(opens_at, zone))
    polls = []
    for place, item in enumerate(draft.items, 1):
        terms = terms_of(community_id, draft, item, today, options, method, budget)
        check(roll_fault_refusal(terms, roll))
        matter = item.ref or Ref(queries.KIND, assembly.id)
        made = put_item(assembly, place, item, None)
        if item.ref is None and len(draft.items) > 1:
            matter = Ref(queries.ITEM, made.id)
        question = item.question.strip()
        old = item.succeeds or None
        made.poll_id = voting.announce_poll(actor, community_id, matter, question, terms, opens_at, closes_at, old)
        db.session.flush()
        polls.append(get_poll(made.poll_id))
        open_poll_of(actor, polls[-1], assembly.id)
    return Convened(assembly.id, assembly.number, polls[0].id, polls[0].number)


def first_day(opens_at: datetime, zone: ZoneInfo) -> date:
    """The day on which a vote opens, on the wall calendar here: its register is the roll."""
    return opens_at.astimezone(zone).date()


def terms_of(
    community_id: int,
    draft: Draft,
    item: DraftItem,
    on: date,
    options: Sequence[Option] = (),
    method: str = "",
    budget: Budget | None = None,
) -> Terms:
    """The terms of one matter as the notice tells them, with the figures that hold here on a day."""
    here = partial(law, community_id)
    if draft.electorate != OWNERS:
        return residents_terms(on, here, tuple(options), method, budget)
    return replace(
        owners_terms(item.matter, on, here),
        channels=tuple(draft.channels) or ("online",),
        precedence=draft.precedence,
        proxy_limit=draft.proxy_limit if "proxy" in draft.channels else 0,
        follow_majority=draft.follow_majority,
        choices_visible=draft.choices_visible,
        live=draft.live,
    )


def put_assembly(
    actor: Actor,
    community_id: int,
    electorate: str,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    *,
    source: str = "",
    notice: str = "",
    extraordinary: bool = False,
) -> Assembly:
    """The body of convening, shared with bringing a poll in."""
    authorize(actor, CONVENE_ASSEMBLY, community_id)
    check(title_refusal(title))
    assembly = Assembly(
        community_id=community_id,
        number=next_number(community_id, queries.KIND),
        electorate=electorate,
        title=title.strip(),
        source_sha256=source or None,
        created_at=clock.now(),
        notice=notice.strip(),
        extraordinary=extraordinary,
        opens_at=opens_at,
        closes_at=closes_at,
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


def put_item(assembly: Assembly, place: int, item: DraftItem, poll_id: int | None) -> AssemblyItem:
    """One matter on the notice."""
    origin = item.ref
    row = AssemblyItem(
        community_id=assembly.community_id,
        assembly_id=assembly.id,
        place=place,
        title=item.title.strip(),
        question=item.question.strip(),
        matter=item.matter or None,
        origin_kind=origin.kind if origin else None,
        origin_id=origin.id if origin else None,
        poll_id=poll_id,
    )
    db.session.add(row)
    db.session.flush()
    return row
