"""What postings tell the pages that show every slice's things: titles, stations, turns, what waits, what is found."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import Select, and_, func, or_, select, tuple_

from app.core import clock
from app.core.db import built, db
from app.core.house import DONE, NOW, TO_COME, Hit, Link, Sought, Station, Todo, Turn
from app.core.i18n import _, ngettext, zone
from app.core.memory import remember
from app.core.permissions import may
from app.core.questions import Question
from app.core.values import Actor, Ref
from app.publication.models import DeliveryLine, Posting
from app.publication.permissions import PUBLISH_POSTING, RECORD_SERVICE
from app.publication.queries.postings import PostingRow, end_of, posting_row
from app.publication.queries.service import counts
from app.publication.rules import (
    ENDED,
    GENERAL,
    KINDS,
    OWNERS_NOTICE,
    PLANNED,
    RESIDENTS_NOTICE,
    ROLL,
    RUNNING,
    STATE_WORDS,
    WITHDRAWN,
    lines_missing,
    unserved_masks,
)
from app.publication.rules.service import ARTICLE

KIND = "posting"
MANY = 50
ON_THE_WAY = (OWNERS_NOTICE, RESIDENTS_NOTICE, ROLL, GENERAL)
STATES = {PLANNED: TO_COME, RUNNING: NOW, ENDED: DONE}
UNREACHED = or_(
    and_(Posting.kind == OWNERS_NOTICE, DeliveryLine.ways.in_(unserved_masks(OWNERS_NOTICE))),
    and_(Posting.kind != OWNERS_NOTICE, DeliveryLine.ways.in_(unserved_masks(""))),
)


def links(posting_ids: Sequence[int]) -> Mapping[int, Link]:
    """What several postings are called and where they stand; one statement."""
    wanted = select(Posting.id, Posting.number, Posting.title).where(Posting.id.in_(posting_ids))
    return {row.id: Link(row.title, _url(row.number), KIND) for row in db.session.execute(wanted)}


def _url(number: int) -> str:
    return url_for("publication.posting", number=number)


def _of(matters: Sequence[Ref]) -> list[PostingRow]:
    return remember(("posted of", *matters, zone().key), lambda: _read(matters))


def _read(matters: Sequence[Ref]) -> list[PostingRow]:
    named = tuple_(Posting.matter_kind, Posting.matter_id).in_([(matter.kind, matter.id) for matter in matters])
    rows = db.session.scalars(select(Posting).where(named).order_by(Posting.id))
    return [posting_row(row, zone().key) for row in rows]


def stations(*matters: Ref) -> list[Station]:
    """Whether a matter, under any of its names, hung, hangs or will hang before it is decided, and when; one statement.

    What is posted of a matter that is over (its outcome, its minutes) is no station on the way to it.
    """
    return [
        Station("notice", STATES[one.state], one.span.begins, one.span.last)
        for one in _of(matters)
        if one.kind in ON_THE_WAY and one.state != WITHDRAWN
    ]


def turns(matter: Ref, actor: Actor) -> list[Turn]:
    """The desk, while households on the list of something posted are not reached; two statements at most a posting."""
    found = []
    for one in _of([matter]):
        missing = lines_missing(one.kind, counts(one.id)) if one.state == RUNNING and one.lines else 0
        if missing:
            found.append(turn(one, missing, actor))
    return found


def papers(*matters: Ref) -> list[Link]:
    """What hangs or hung on the wall about a matter, with its state, also what was taken down; one statement."""
    return [
        Link(
            _("%(kind)s，第%(number)s号", kind=_(KINDS[one.kind]), number=one.number),
            _url(one.number),
            _(STATE_WORDS[one.state][0]),
        )
        for one in _of(matters)
    ]


def post_url(community_id: int, thing: Ref, actor: Actor) -> str:
    """Where somebody who may post writes a posting about a thing; empty for everybody else."""
    if not may(actor, PUBLISH_POSTING, community_id):
        return ""
    return url_for("publication.publish_posting", matter=str(thing))


def turn(one: PostingRow, missing: int, actor: Actor) -> Turn:
    """Who brings a posting to the households that it has not reached, and by when."""
    mine = may(actor, RECORD_SERVICE, one.community_id)
    return Turn(
        _("秘书和工作人员"),
        _("把公示送到还没有送达的%(missing)s户", missing=missing),
        one.ends_at,
        _("要投票的事须送到每一户；找不到人或不肯签收的，再在本楼张贴。")
        if one.kind == OWNERS_NOTICE
        else _("公示期内要让名单上的每一户都知道。"),
        _(ARTICLE) if one.kind == OWNERS_NOTICE else "",
        url_for("publication.record_service", number=one.number) if mine else _url(one.number),
        _("登记送达") if mine else _("看公示"),
        mine,
    )


def waiting(community_id: int, actor: Actor) -> list[Question[Todo]]:
    """What is posted and has not reached everybody on its list, for those who enter service."""
    if not may(actor, RECORD_SERVICE, community_id):
        return []
    values = {"community_id": community_id, "today_here": clock.today(zone().key)}
    return [Question(built(_unreached), values, lambda row: [_todo(*row)])]


def _unreached(community_id: Any, today_here: Any) -> Select[int, int, str, date, int]:
    return (
        select(Posting.id, Posting.number, Posting.title, Posting.last_day, func.count())
        .join(DeliveryLine, DeliveryLine.posting_id == Posting.id)
        .where(
            Posting.community_id == community_id,
            Posting.withdrawn_at.is_(None),
            Posting.begins <= today_here,
            Posting.last_day >= today_here,
            UNREACHED,
        )
        .group_by(Posting.id, Posting.number, Posting.title, Posting.last_day)
        .order_by(Posting.last_day, Posting.id)
        .limit(MANY)
    )


def _todo(number_id: int, number: int, title: str, last: date, many: int) -> Todo:
    return Todo(
        Ref(KIND, number_id),
        title,
        ngettext("公示期满前还有%(num)s户没有送达", "公示期满前还有%(num)s户没有送达", many),
        url_for("publication.record_service", number=number),
        _("登记送达"),
        end_of(last, zone().key),
    )


def search(community_id: int, words: str, actor: Actor) -> list[Sought]:
    """Postings whose title holds some words, the newest first."""
    del actor
    wanted = (
        select(Posting.number, Posting.title, Posting.posted_at, Posting.kind)
        .where(Posting.community_id == community_id, Posting.title.contains(words, autoescape=True))
        .order_by(Posting.id.desc())
        .limit(MANY)
    )
    return [Sought(wanted, lambda row: Hit(row[1], _url(row[0]), _(KINDS[row[3]]), row[2]))]
