"""What the home page of a community shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.core import clock, formats
from app.core.context import CommunityValue
from app.core.house import describe
from app.core.i18n import _, lang, zone
from app.core.values import PARTIES, Ref
from app.core.words import N_
from app.council.queries import council
from app.council.rules.seats import PARTY_NAMES
from app.notices.queries.board import Told, notices
from app.procurement.queries import TenderRow, tenders
from app.procurement.rules import STAGES
from app.proposals.queries import ListedProposal, Overview, overview
from app.proposals.rules import STATE_WORDS
from app.publication.queries import PostingRow, standing_postings
from app.voting.queries import PollRow, polls
from app.voting.queries.turnouts import standing_turnout
from app.voting.rules import OPEN, Sums, count, explanations
from app.voting.rules.explain import AREA_UNIT
from app.voting.rules.terms import OWNERS, PARTICIPATION

MANY, FEW = 4, 3
SUFFIX = "社区"
PROPOSAL = "proposal"
BIDDING, GONE = "bidding", frozenset({"draft", "failed"})
Tag = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: where it leads, its state, one sentence."""

    title: str
    url: str
    tag: Tag
    meta: str


@dataclass(frozen=True, slots=True)
class Purchase:
    """A tender as a line of what the money is for; `share` of the largest of them, in percent."""

    title: str
    url: str
    ceiling: int
    meta: str
    share: int


@dataclass(frozen=True, slots=True)
class Tower:
    """A building with a window for each dwelling; `lit` are those whose ballot has come."""

    label: str
    total: int
    lit: int


@dataclass(frozen=True, slots=True)
class Party:
    """One of the four parties: its name, its seats, and who holds the first of them."""

    name: str
    seats: int
    first: str


@dataclass(frozen=True, slots=True)
class Home:
    """The owners' vote that is open, what is talked about, bought and done, what hangs on the wall, and who the four are."""

    place: str
    poll: PollRow | None
    title: str
    received: int
    missing: str
    towers: Sequence[Tower]
    talked: Sequence[Row]
    bought: Sequence[Purchase]
    done: Sequence[Row]
    parties: Sequence[Party]
    told: Sequence[Told]
    posted: Sequence[PostingRow]


def home(here: CommunityValue) -> Home:
    """The home page of a community, in a fixed number of statements."""
    community_id = here.id
    running = [poll for poll in polls(community_id) if poll.state == OPEN]
    owners = next((poll for poll in running if poll.terms.kind == OWNERS), None)
    bought = tenders(community_id, limit=MANY)
    proposed = overview(community_id, MANY, [poll.matter.id for poll in running if poll.matter.kind == PROPOSAL])
    titles = _titles(running, proposed)
    return Home(
        here.name.removesuffix(SUFFIX),
        owners,
        titles[owners.id] if owners else "",
        *_standing(owners),
        _talked(proposed.living, [(poll, titles[poll.id]) for poll in running if poll is not owners], bought),
        _bought(bought),
        [_proposal(one) for one in proposed.settled],
        _parties(here),
        notices(community_id, None, FEW)[0],
        standing_postings(community_id)[:FEW],
    )


def _standing(poll: PollRow | None) -> tuple[int, str, list[Tower]]:
    if poll is None:
        return 0, "", []
    turnout = standing_turnout(poll)
    towers = [Tower(_building(one.building), one.lines, one.cast) for one in turnout.buildings]
    return sum(tower.lit for tower in towers), _missing(poll, turnout.sums), towers


def _missing(poll: PollRow, sums: Sums) -> str:
    """What is still missing until the vote is valid: 还差14人和1,340.55 m²; empty once nothing is."""
    short = [
        (one.unit, one.short)
        for one in explanations(poll.terms, count(poll.terms, sums))
        if one.stage == PARTICIPATION and one.short
    ]
    words = [
        formats.area(amount, lang()) if unit == AREA_UNIT else formats.count(amount, unit, lang())
        for unit, amount in sorted(short, key=lambda pair: pair[0] == AREA_UNIT)
    ]
    return _("还差%(amounts)s，投票才有效", amounts=_("和").join(words)) if words else ""


def _building(name: str) -> str:
    return _("%(number)s号楼", number=name) if name.isdigit() else name


def _titles(running: Sequence[PollRow], proposed: Overview) -> dict[int, str]:
    """What the matters of some votes are called, by vote; proposals are known already."""
    others = describe(poll.matter for poll in running if poll.matter.kind != PROPOSAL)
    known = {Ref(PROPOSAL, number): title for number, title in proposed.titles.items()}
    known |= {matter: link.title for matter, link in others.items()}
    return {poll.id: known.get(poll.matter, poll.question) for poll in running}


def _talked(
    listed: Sequence[ListedProposal], running: Sequence[tuple[PollRow, str]], bought: Sequence[TenderRow]
) -> list[Row]:
    calls = [
        Row(
            one.title,
            url_for("procurement.tender", number=one.number),
            (_(STAGES[BIDDING]), "open", "lock"),
            _until(one.deadline),
        )
        for one in bought
        if one.state == BIDDING
    ]
    votes = [
        Row(title, url_for("voting.poll", number=poll.number), (_(N_("投票中")), "open", "vote"), "")
        for poll, title in running
    ]
    voted = {poll.matter for poll, _title in running}
    others = [one for one in listed if Ref(PROPOSAL, one.id) not in voted]
    return [*votes, *calls, *map(_proposal, others)][: MANY + 1]


def _proposal(one: ListedProposal) -> Row:
    word, kind, sign = STATE_WORDS[one.state]
    at = one.settled_at or one.at
    return Row(one.title, url_for("proposals.proposal", number=one.number), (_(word), kind, sign), _day(at))


def _bought(found: Sequence[TenderRow]) -> list[Purchase]:
    shown = [one for one in found if one.state not in GONE][:MANY]
    most = max((one.ceiling for one in shown), default=1)
    return [
        Purchase(
            one.title,
            url_for("procurement.tender", number=one.number),
            one.ceiling,
            _(STAGES[one.state]),
            one.ceiling * 100 // most,
        )
        for one in shown
    ]


def _parties(here: CommunityValue) -> list[Party]:
    seats = council(here.id, clock.today(here.zone))
    by_party = {party: [seat for seat in seats if seat.party == party] for party in PARTIES}
    return [
        Party(_(PARTY_NAMES[party]), len(mine), next((seat.name for seat in mine if seat.name), ""))
        for party, mine in by_party.items()
    ]


def _day(at: datetime) -> str:
    return formats.day(at.astimezone(zone()), clock.now().astimezone(zone()), lang())


def _until(at: datetime) -> str:
    return _("到%(day)s", day=_day(at))
