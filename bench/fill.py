"""A town told in bulk: communities, people, proposals, comments, votes and tenders as the pages expect to find them.

What is measured on (the first community's register, votes and the tender's notice) comes from the house's own actions;
what only makes the tables long is inserted by COPY or one prepared statement.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select, text, update

from app.communities.actions import create_community
from app.communities.models import Community
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import Base, db, transactional
from app.core.law import law_row
from app.core.numbers import Numbering
from app.core.permissions import OWNER, RESIDENT
from app.core.secrets import key
from app.core.values import Actor, Entry, Grant, Ref, the_house
from app.discussion.models import Comment, Thread
from app.identity.models import Account, LoginSession, RoleGrant
from app.identity.queries import token_hash
from app.identity.routes import signer
from app.journal.events import Digest, spelled
from app.journal.models import JournalEntry
from app.journal.rules import canonical, leaf_hash
from app.procurement import actions as procurement
from app.procurement import queries as tenders
from app.procurement.models import Tender, TenderCriterion
from app.procurement.rules import CHOICE, JUDGED, PRICE, Criterion, Scale, Step
from app.proposals.events import ProposalAdmitted, ProposalSubmitted
from app.proposals.models import Proposal, ProposalVersion
from app.register.models import Dwelling, Ownership, Person, Residence
from app.voting import actions as voting
from app.voting.models import Poll, RollEntry
from app.voting.rules import owners_terms

SLUG = "wutongli"
BATCH = 20_000
FIRST_DAY = date(2020, 1, 1)
TOPIC = "更换楼道感应灯并在西侧步行道加装扶手"
BODY = (
    "西侧坡道晚上没有灯，老人下楼要扶着墙走；去年冬天已经有三位邻居在这里摔倒。\n"
    "请物业公司报价，居委会和业委会一起看现场，费用从公共收益里支出。\n"
    "施工放在白天，分三天做完，每天留出一侧通道；换下的旧灯由物业公司回收登记。"
)
REASONS = (
    "我家住三楼，孩子下晚自习回来要走这一段路，早一天装好早一天放心，费用分摊下来每户也不多。",
    "先问清楚电费从哪里出，去年装的那一批就一直没有公布过账目，这一次要先公布再施工。",
    "建议同时把扶手做上，一次围挡把两件事办完，免得楼下再挖一遍路面，老人进出也方便。",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is; the first community holds half of it, and as many dwellings as `units`."""

    proposals: int
    comments: int
    communities: int = 1
    units: int = 600
    tenders: int = 60
    polls: int = 40


TINY = Size(60, 300, 2, 24, 6, 3)
SMALL = Size(1_000, 10_000)
LARGE = Size(100_000, 1_000_000, 1_000, 600, 2_000, 400)


@dataclass(slots=True)
class Reader:
    """Somebody who is signed in: the cookies of their browser, the token of its forms, the line that they may cast."""

    account_id: int
    cookie: str
    token: str
    key: str


@dataclass(slots=True)
class Town:
    """What was filled: numbers for addresses, and the people who read and vote."""

    community_id: int = 0
    talked: list[int] = field(default_factory=list)
    poll: int = 0
    ballot_poll: int = 0
    ballot_poll_id: int = 0
    tender: int = 0
    readers: list[Reader] = field(default_factory=list)


def fill(app: Flask, size: Size, say: Callable[[str], None] = lambda words: None) -> Town:
    """Make every table in an empty database and fill it; a few minutes at the largest size."""
    with app.app_context():
        db.create_all()
        town = Town(create_community(SLUG, "梧桐里社区", desk_hours="周一至周六 8:30–17:30", phone="5555 0100"))
        say("people")
        _people(town, size)
        say("communities")
        places = _communities(town, size)
        say("proposals")
        _proposals(town, size, places)
        say("votes and tenders")
        _votes(town, size)
        _tenders(town, size)
        _settle(places)
        db.session.remove()
        db.engine.dispose()
    return town


def more(town: Town, size: Size) -> None:
    """As much again in the first community, for whoever asks what longer lists cost; within an application context."""
    last = int(db.session.scalar(select(func.max(Proposal.id))) or 0)
    numbered = int(db.session.scalar(select(func.max(Proposal.number)).filter_by(community_id=town.community_id)) or 0)
    now = clock.now()
    plans = [(last + n, town.community_id, numbered + n, now) for n in range(1, size.proposals + 1)]
    put(Proposal, (_proposal(*plan, size.units) for plan in plans))
    put(Thread, (_thread(n, home, 5, at) for n, home, _, at in plans))
    put(JournalEntry, (row for plan in plans for row in _entries(*plan)))
    talk = db.session.execute(select(Thread.id).order_by(Thread.id)).scalars().all()
    put(Comment, (row for n in talk for row in _comments(n, town.community_id, 5, now, size.units)))
    first = db.session.scalars(select(Tender).filter_by(community_id=town.community_id).order_by(Tender.number)).all()
    put(Poll, _older_polls(town, size.polls + 30))
    _copy_tenders(town, first[0], first[-1].number, size.tenders + 30)
    db.session.remove()


def put(table: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert very many rows, some thousands in a transaction."""
    turn = iter(rows)
    while some := list(islice(turn, BATCH)):
        transactional(insert_many)(table, some)


def _people(town: Town, size: Size) -> None:
    """Each dwelling has one owner who lives in it and is signed in."""
    here, now, units = town.community_id, clock.now(), range(1, size.units + 1)
    known = [secrets.token_urlsafe(32) for _ in units]
    accounts = ("name", "login_print", "login_sealed", "password_hash")
    put(Account, [{"id": n, **dict.fromkeys(accounts, f"邻居{n}"), "created_at": now} for n in units])
    ends = now + timedelta(days=30)
    put(
        LoginSession,
        [
            {"token_hash": token_hash(token), "account_id": n, "created_at": now, "expires_at": ends}
            for n, token in zip(units, known, strict=True)
        ],
    )
    roles = [(n, role) for n in units for role in (RESIDENT, OWNER)]
    put(RoleGrant, [{"community_id": here, "account_id": n, "role": role, "from_day": FIRST_DAY} for n, role in roles])
    put(
        Dwelling,
        [
            {
                "id": n,
                "community_id": here,
                "building": f"{n % 12 + 1}号楼",
                "unit": "1单元",
                "room": str(n),
                "code": f"{n % 12 + 1}-1-{n}",
                "area": 8_000 + n % 37 * 100,
                "use": "dwelling",
                "basis": "certificate",
            }
            for n in units
        ],
    )
    put(
        Person,
        [{"id": n, "community_id": here, "name": f"邻居{n}", "key_print": f"{n:064x}", "account_id": n} for n in units],
    )
    lives = [{"community_id": here, "dwelling_id": n, "person_id": n} for n in units]
    put(Ownership, [{**one, "numerator": 1, "denominator": 1, "from_day": None, "to_day": None} for one in lives])
    put(Residence, [{**one, "relation": "owner", "since": None, "to_day": None} for one in lives])
    town.readers = [_reader(n, token) for n, token in zip(units, known, strict=True)]


def _reader(number: int, session: str) -> Reader:
    browser = secrets.token_urlsafe(32)
    mark = hmac.new(key("SECRET_KEY", "csrf"), browser.encode(), hashlib.sha256).hexdigest()
    token = "0" * 64 + mark  # under the mask that hides nothing
    return Reader(number, f"sf_session={signer().dumps(session)}; sf_browser={browser}", token, f"{number}")


def _communities(town: Town, size: Size) -> list[int]:
    now, others = clock.now(), range(town.community_id + 1, town.community_id + size.communities)
    put(
        Community,
        [
            {"id": n, "slug": f"shequ-{n}", "name": f"第{n}社区", "log_origin": f"bench/{n}", "created_at": now}
            for n in others
        ],
    )
    return [town.community_id, *others]


def _proposals(town: Town, size: Size, places: list[int]) -> None:
    now = clock.now()
    homes = [town.community_id if len(places) == 1 or n % 2 == 0 else places[1:][n // 2 % (len(places) - 1)]
             for n in range(size.proposals)]  # fmt: skip
    numbers: dict[int, int] = {}
    plans = []
    for n, home in enumerate(homes, 1):
        numbers[home] = numbers.get(home, 0) + 1
        plans.append((n, home, numbers[home], now - timedelta(minutes=size.proposals - n + 90)))
    town.talked = [number for n, home, number, _ in plans if home == town.community_id and _state(n) == "talked"][-40:]
    put(Proposal, (_proposal(*plan, size.units) for plan in plans))
    put(ProposalVersion, (_version(*plan) for plan in plans))
    busy = {n for n, home, number, _ in plans if home == town.community_id and number in town.talked}
    each = max(1, (size.comments - 100 * len(busy)) // max(1, size.proposals - len(busy)))
    counts = [(n, home, 100 if n in busy else each, at) for n, home, _, at in plans]
    put(Thread, (_thread(*count) for count in counts))
    put(Comment, (row for count in counts for row in _comments(*count, size.units)))
    put(JournalEntry, (row for plan in plans for row in _entries(*plan)))
    put(
        Numbering,
        [{"community_id": home, "kind": "proposal", "year": 0, "last": last} for home, last in numbers.items()],
    )


def _state(n: int) -> str:
    return ("talked", "agenda", "settled")[n // 4 % 3]


def _proposal(n: int, home: int, number: int, at: datetime, people: int) -> dict[str, Any]:
    state, later = _state(n), at + timedelta(minutes=20)
    return {
        "id": n,
        "community_id": home,
        "number": number,
        "account_id": n % people + 1,
        "label": f"陈女士，{n % 12 + 1}号楼",
        "title": f"{TOPIC}（{number}）",
        "body": BODY,
        "budget": 386_400_00,
        "supports": 18,
        "supports_now": 18,
        "submitted_at": at,
        "reached_at": at,
        "admitted_at": None if state == "talked" else later,
        "settled_at": later if state == "settled" else None,
        "outcome": "adopted" if state == "settled" else "",
    }


def _version(n: int, home: int, _number: int, at: datetime) -> dict[str, Any]:
    named = {"title": TOPIC, "body": BODY, "budget": 386_400_00, "salt": f"{n:064x}", "at": at}
    return {"proposal_id": n, "version": 1, "community_id": home, **named}


def _thread(n: int, home: int, many: int, _at: datetime) -> dict[str, Any]:
    sides = [sum(_stance(place) == stance for place in range(many)) for stance in ("for", "against", "other")]
    about = {"subject_kind": "proposal", "subject_id": n, "matter_kind": "proposal", "matter_id": n}
    return {"id": n, "community_id": home, **about, "pros": sides[0], "cons": sides[1], "others": sides[2]}


def _stance(place: int) -> str:
    return ("for", "against", "for", "other")[place % 4]


def _comments(n: int, home: int, many: int, at: datetime, people: int) -> Iterator[dict[str, Any]]:
    for place in range(many):
        yield {
            "community_id": home,
            "thread_id": n,
            "stance": _stance(place),
            "body": REASONS[place % 3],
            "label": f"王先生，{place % 12 + 1}号楼",
            "account_id": (n + place) % people + 1,
            "at": at + timedelta(seconds=place),
            "endorsements": place * 7 % 23,
        }


def _entries(n: int, home: int, number: int, at: datetime) -> Iterator[dict[str, Any]]:
    events: list[Any] = [ProposalSubmitted(home, n, number, False, Digest(f"{n:064x}"))]
    if _state(n) != "talked":
        events.append(ProposalAdmitted(home, n, number, 1, None))
    for event in events:
        told = canonical(spelled(event, Ref("proposal", n), at))
        yield {
            "community_id": home,
            "event": type(event).__name__,
            "matter_kind": "proposal",
            "matter_id": n,
            "at": at,
            "public_from": at,
            "text": told,
            "leaf": leaf_hash(told.encode()),
        }


def _votes(town: Town, size: Size) -> None:
    """Two votes of all owners, opened by the house: one to look at, half cast; one to cast in. And older ones."""
    now, house = clock.now(), the_house(town.community_id)
    terms = owners_terms(5, now.date(), law_row)
    lines = [
        Entry(one.key, f"{one.key}室", f"{n % 12 + 1}号楼", f"h{n}", "", 8_000 + n % 37 * 100, (Ref("person", n),))
        for n, one in enumerate(town.readers, 1)
    ]
    question = "您是否同意使用维修资金486,200.00元，更新消防管网和地下室排水泵？"
    matter = Ref("proposal", 1)
    window = (now - timedelta(days=3), now + timedelta(days=9))
    with clock.at(now - timedelta(days=20)):
        looked = voting.open_poll(house, town.community_id, matter, question, terms, lines, *window)
        cast = voting.open_poll(house, town.community_id, Ref("proposal", 2), question, terms, lines, *window)
    transactional(_cast_half)(looked)
    first, second = db.session.get_one(Poll, looked), db.session.get_one(Poll, cast)
    town.poll, town.ballot_poll, town.ballot_poll_id = first.number, second.number, cast
    put(Poll, _older_polls(town, size.polls))


def _older_polls(town: Town, many: int) -> list[dict[str, Any]]:
    here, now = town.community_id, clock.now()
    first = db.session.scalars(select(Poll).filter_by(community_id=here, number=town.poll)).one()
    last = int(db.session.scalar(select(func.max(Poll.number)).filter_by(community_id=here)) or 0)
    row = {column.name: getattr(first, column.name) for column in Poll.__table__.columns if column.name != "id"}
    ended = {"opens_at": now - timedelta(days=40), "closes_at": now - timedelta(days=30), "outcome": "adopted"}
    return [
        {**row, **ended, "declared_at": ended["closes_at"], "number": last + n, "matter_id": last + n}
        for n in range(1, many + 1)
    ]


def _cast_half(poll_id: int) -> None:
    half = update(RollEntry).where(RollEntry.poll_id == poll_id, RollEntry.place % 2 == 0)
    db.session.execute(half.values(choice="yes"))


def _tenders(town: Town, size: Size) -> None:
    """One tender by the house's own steps, and copies of it in every stage."""
    here, now, house = town.community_id, clock.now(), the_house(town.community_id)
    steps = Scale(CHOICE, (Step("写明做法", 6_000),))
    criteria = (
        Criterion("服务方案", 6_000, JUDGED, "", (steps,)),
        Criterion("团队", 2_500, JUDGED, "", (Scale(CHOICE, (Step("写明做法", 2_500),)),)),
        Criterion("价格", 1_500, PRICE, "price"),
    )
    draft = procurement.TenderDraft(
        title="独居老人助餐和探访服务",
        summary="为63位独居老人每天送一顿热饭，每周探访一次。",
        requirements=BODY,
        beneficiaries="63位独居老人",
        buyer="梧桐里社区居民委员会",
        ceiling=28_600_000,
        deadline=now + timedelta(days=25),
        criteria=criteria,
    )
    mandate = procurement.grant_mandate(house, here, Ref("resolution", 1), Ref("proposal", 3), 28_600_000, "助餐")
    buyer = Actor(None, frozenset({Grant(here, "secretary")}), frozenset())
    town.tender = procurement.draft_tender(buyer, here, mandate, draft)
    first = tenders.get_tender(here, town.tender)
    procurement.publish_tender(buyer, first.id)
    db.session.expire_all()
    _copy_tenders(town, first, first.number, size.tenders)
    assert db.session.scalar(select(func.count()).select_from(TenderCriterion)), "the tender has its criteria"


def _copy_tenders(town: Town, first: Tender, last: int, many: int) -> None:
    skipped = ("id", "number", "mandate_id")
    row = {one.name: getattr(first, one.name) for one in Tender.__table__.columns if one.name not in skipped}
    stages = ("bidding", "opened", "signed", "completed", "failed")
    copies = [
        {**row, "number": last + n, "stage": stages[n % 5], "title": f"{first.title}（{n}）"}
        for n in range(1, many + 1)
    ]
    transactional(lambda: db.session.execute(insert(Tender), copies))()


def _settle(places: list[int]) -> None:
    """Figures of the tables for the planner, and what was written on disk before anybody measures; PostgreSQL's counters go on
    after the ids that were given here."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name != "postgresql":
            connection.execute(text("ANALYZE"))
            return
        for table in ("account", "dwelling", "person", "community", "proposal", "thread"):
            connection.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
            )
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("CHECKPOINT"))
