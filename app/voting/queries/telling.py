"""What voting tells the pages that show every slice's things: titles, stations, turns, what waits, what is found."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, bindparam, func, literal, select, union_all

from app.core import clock
from app.core.db import BigId, Moment, built, db
from app.core.house import DONE, NOW, TO_COME, Hit, Link, Sought, Station, Todo, Turn
from app.core.i18n import _, zone
from app.core.permissions import may
from app.core.questions import Question
from app.core.values import Actor, Ref
from app.core.words import N_
from app.voting.models import COUNTED, Ballot, Poll, ProxyMandate, RollEntry, RollTold, RollVoter
from app.voting.permissions import READ_BALLOT, SETTLE_BALLOT
from app.voting.queries.against import against_by_poll
from app.voting.queries.desk import for_reader
from app.voting.queries.mandates import by_kind, held_by
from app.voting.queries.polls import PollRow, poll_row, terms_of
from app.voting.queries.rolls import lines_of, spoken_for
from app.voting.queries.told import told_refs
from app.voting.rules import DECLARED, OPEN, PLANNED
from app.voting.rules.terms import BY_THE_CHAIR, LETTER, ONLINE, PAPER, PHONE, PROXY, SEATS, STALL, UNITS

KIND = "poll"
VOTERS = {SEATS: N_("到会的委员"), UNITS: N_("业主")}
MANY = 50
TOLD_FOR = timedelta(days=3)
WAYS = {
    ONLINE: N_("%(label)s的票在网上投了，不是用您的账号。"),
    PAPER: N_("%(label)s的纸质票收到了，已经入账。"),
    STALL: N_("%(label)s在投票点投了票，已经入账。"),
    PHONE: N_("%(label)s用电话投了票，已经入账。"),
    PROXY: N_("%(label)s的票由受托人投了。"),
    LETTER: N_("%(label)s寄来的票收到了，已经入账。"),
}

_POLL = (Poll.id, Poll.number, Poll.question, Poll.closes_at, Poll.terms)


def links(poll_ids: Sequence[int]) -> Mapping[int, Link]:
    """What several polls are called and where they stand; one statement."""
    wanted = select(Poll.id, Poll.number, Poll.question).where(Poll.id.in_(poll_ids))
    return {row.id: Link(row.question, _url(row.number), KIND) for row in db.session.execute(wanted)}


def _url(number: int) -> str:
    return url_for("voting.poll", number=number)


def _of(matter: Ref) -> list[PollRow]:
    wanted = select(Poll).filter_by(matter_kind=matter.kind, matter_id=matter.id).order_by(Poll.id)
    now = clock.now()
    return [poll_row(row, now) for row in db.session.scalars(wanted)]


def stations(matter: Ref) -> list[Station]:
    """Whether a matter was, is or will be voted on, and when; one statement."""
    found = []
    for poll in _of(matter):
        if poll.annulled_at is not None:
            continue
        if poll.terms.advisory and poll.state == DECLARED:
            # Advice was given; the vote that decides is still to come.
            continue
        state = DONE if poll.state == DECLARED else TO_COME if poll.state == PLANNED else NOW
        since, until = (at.astimezone(zone()).date() for at in (poll.opens_at, poll.closes_at))
        found.append(Station("vote", state, since, until))
    return found


def turns(matter: Ref, actor: Actor) -> list[Turn]:
    """Whoever has not voted yet in an open poll of a matter; one statement, and one for each that is open."""
    found = []
    for poll in _of(matter):
        if poll.state != OPEN or poll.annulled_at is not None:
            continue
        mine = [own for own in lines_of(poll, actor.acts_as) if not own.line.voted]
        who = _(VOTERS.get(poll.terms.electorate, N_("居民")))
        found.append(
            Turn(
                who=who,
                act=_("您还没有投票") if mine else _("%(who)s投票", who=who),
                by=None if poll.terms.closing == BY_THE_CHAIR else poll.closes_at,
                why=_("由主持人宣布截止") if poll.terms.closing == BY_THE_CHAIR else "",
                url=_url(poll.number),
                button=_("去投票") if mine else _("看表决"),
                mine=bool(mine),
                now=poll.terms.closing == BY_THE_CHAIR,
            )
        )
    return found


@lru_cache(maxsize=64)
def _waiting(kinds: tuple[str, ...]) -> Select[Any]:
    """Ballots still to be cast (without a channel), and those that others cast for a unit of several owners (with it)."""
    rows = union_all(_unspoken(kinds), _cast_by_others(kinds), _cast_by_the_named(kinds)).subquery()
    return select(rows).order_by(rows.c.closes_at, rows.c.id).limit(MANY)


def _unspoken(kinds: tuple[str, ...]) -> Select[int, int, str, datetime, str, int, str, str, int]:
    now = bindparam("now", type_=Moment)
    own = select(RollVoter.entry_id).where(spoken_for(kinds))
    # Joined, not looked for among all lines: a city's open rolls are long, and the reader stands on few of them.
    lines = own.union_all(select(ProxyMandate.entry_id).where(held_by(kinds))).subquery()
    return (
        select(
            *_POLL,
            func.count(func.distinct(RollEntry.id)).label("many"),
            func.min(RollEntry.label).label("label"),
            literal("").label("channel"),
            literal(0).label("named"),
        )
        .join(RollEntry, RollEntry.poll_id == Poll.id)
        .join(lines, lines.c.entry_id == RollEntry.id)
        .where(
            Poll.community_id == bindparam("community_id"),
            Poll.declared_at.is_(None),
            Poll.closed_at.is_(None),
            Poll.annulled_at.is_(None),
            Poll.opens_at <= now,
            Poll.closes_at >= now,
            RollEntry.choice.is_(None),
            RollEntry.present.is_(True),
            RollEntry.recused.is_(False),
        )
        .group_by(*_POLL)
    )


def _cast_by_others(kinds: tuple[str, ...]) -> Select[int, int, str, datetime, str, int, str, str, int]:
    """For a unit that the reader may cast with others. Source: 指导规则 25."""
    own = select(RollVoter.entry_id).where(spoken_for(kinds))
    shared = select(RollVoter.entry_id).where(RollVoter.entry_id == RollEntry.id).group_by(RollVoter.entry_id)
    several = RollEntry.id.in_(shared.having(func.count() > 1))
    return _just_cast(0, RollEntry.id.in_(own), RollEntry.area > 0, several)


def _cast_by_the_named(kinds: tuple[str, ...]) -> Select[int, int, str, datetime, str, int, str, str, int]:
    """For a unit that somebody casts whom the reader named with the other owners."""
    own = select(RollVoter.entry_id).where(spoken_for(kinds))
    told = select(RollTold.entry_id).where(told_refs(kinds))
    return _just_cast(1, RollEntry.id.in_(told), RollEntry.id.not_in(own))


def _just_cast(named: int, *whose: ColumnElement[bool]) -> Select[int, int, str, datetime, str, int, str, str, int]:
    """Told for three days or until the vote closes, and never to the account that cast it."""
    return (
        select(*_POLL, literal(1), RollEntry.label, Ballot.channel, literal(named))
        .join(RollEntry, RollEntry.poll_id == Poll.id)
        .join(Ballot, (Ballot.entry_id == RollEntry.id) & COUNTED)
        .where(
            *whose,
            Ballot.account_id.is_distinct_from(bindparam("account_id", type_=BigId)),
            Ballot.at >= bindparam("since", type_=Moment),
            Poll.community_id == bindparam("community_id"),
            Poll.declared_at.is_(None),
            Poll.annulled_at.is_(None),
            Poll.closes_at >= bindparam("now", type_=Moment),
        )
    )


def waiting(community_id: int, actor: Actor) -> list[Question[Todo]]:
    """What the desk waits for, the open polls in which a ballot of the actor's is still to be cast, and what others cast
    for a unit that the actor owns with them, by the end of the polls."""
    now, mine = clock.now(), by_kind(actor.acts_as)
    values: dict[str, Any] = {"community_id": community_id, "account_id": actor.account_id, "now": now}
    found: list[Question[Todo]] = []
    reads, settles = may(actor, READ_BALLOT, community_id), may(actor, SETTLE_BALLOT, community_id)
    if reads or settles:
        found.append(Question(built(for_reader), values, lambda row: _at_desk(row, reads=reads, settles=settles)))
    if settles:
        found.append(Question(built(against_by_poll), values, lambda row: [_to_weigh(row)]))
    if mine:
        values = {**values, "since": now - TOLD_FOR, **mine}
        found.append(Question(_waiting(tuple(mine)), values, lambda row: [_todo(row)]))
    return found


def _todo(row: Any) -> Todo:
    ref, closes = Ref(KIND, row.id), row.closes_at
    if row.channel:
        more = (
            _("由你们推选的投票人来投，怎么投的这里不显示。不是推选的人投的，请告诉服务台。")
            if row.named
            else _("不是你们的意思，请看看投票的页面，或者告诉服务台。")
        )
        why = _(WAYS[row.channel], label=row.label) + more
        return Todo(ref, row.question, why, _url(row.number), _("看看"), closes)
    why = _("%(label)s还没有投票", label=row.label) if row.many == 1 else _("您有%(many)s张票还没有投", many=row.many)
    url = url_for("voting.cast_ballot", number=row.number)
    by_chair = terms_of(row.terms).closing == BY_THE_CHAIR
    return Todo(ref, row.question, why, url, _("去投票"), closes, now=by_chair)


def _at_desk(row: Any, *, reads: bool, settles: bool) -> Iterator[Todo]:
    """Ballots at the desk that the reader may read, or settle."""
    poll_id, number, question, closes_at, read, settle = row
    if reads and read:
        why = _("%(many)s张收到的票等您录入，要两个人各录一遍", many=read)
        url = url_for("voting.type_ballots", number=number)
        yield Todo(Ref(KIND, poll_id), question, why, url, _("去录入"), closes_at)
    if settles and settle:
        why = _("%(many)s张票两个人录得不一致，等第三个人裁定", many=settle)
        url = url_for("voting.desk", number=number)
        yield Todo(Ref(KIND, poll_id), question, why, url, _("去裁定"), closes_at)


def _to_weigh(row: Any) -> Todo:
    """Ballots of proxies that differ from their mandates, once a vote is over."""
    poll_id, number, question, many = row
    why = _("%(many)s张受托人的票和委托书不一致，等第三个人裁定", many=many)
    return Todo(Ref(KIND, poll_id), question, why, url_for("voting.desk", number=number), _("去裁定"))


def search(community_id: int, words: str, _actor: Actor) -> list[Sought]:
    """Polls whose question holds some words, the newest first."""
    wanted = (
        select(Poll.number, Poll.question, Poll.opens_at, literal(""))
        .where(Poll.community_id == community_id, Poll.question.contains(words, autoescape=True))
        .order_by(Poll.id.desc())
        .limit(MANY)
    )
    return [Sought(wanted, lambda row: Hit(row[1], _url(row[0]), _("表决"), row[2]))]
