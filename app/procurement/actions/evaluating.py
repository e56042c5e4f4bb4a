"""The panel: appointed, free of conflicts, scoring each for themselves, ranked together."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import NotFound, check
from app.core.permissions import authorize
from app.core.secrets import salt
from app.core.values import Actor, Refusal
from app.core.words import N_
from app.journal.actions import record
from app.journal.events import Digest, Word
from app.journal.rules import commitment
from app.organisations.queries import members_of
from app.procurement import queries, rules
from app.procurement.events import (
    BidsRanked,
    ConflictDeclared,
    PanelAppointed,
    ScoreChanged,
    ScoresSubmitted,
)
from app.procurement.models import OPENED, RANKED, BidRank, PanelMember, PanelScore, Tender, TenderCriterion
from app.procurement.permissions import APPOINT_PANEL, DECLARE_CONFLICT, RANK_BIDS, SCORE_BID


@transactional
def appoint_panel(actor: Actor, tender_id: int, seats: Sequence[rules.PanelSeat]) -> None:
    """After the opening a panel is appointed as the method requires; members with a conflict are replaced the same way.

    What kept members declared stays. Names stay closed until the result (87号令 45, 47). Raises Forbidden, Refused.
    """
    tender = queries.locked_tender(tender_id)
    authorize(actor, APPOINT_PANEL, tender.community_id)
    check(rules.step_refusal(tender.stage, OPENED))
    before = {row.account_id: row for row in queries.panel(tender_id)}
    check(panel_change_refusal(before.values(), {seat.account_id for seat in seats}))
    basis = queries.basis(tender.community_id, clock.today(queries.zone_of(tender.community_id).key))
    check(rules.panel_refusal(tender.method, tender.budget, seats, basis, tender.demanding))
    bidders = frozenset(bid.organisation_id for bid in queries.opened_bids(tender_id))
    belongs = members_of(sorted(bidders))
    for seat in seats:
        check(rules.member_refusal(belongs.get(seat.account_id, frozenset()), bidders))
    chosen = {seat.account_id for seat in seats}
    for account_id, row in before.items():
        if account_id not in chosen:
            _dismiss(row)
    for seat in seats:
        known = before.get(seat.account_id)
        if known is not None:
            known.kind, known.chairs = seat.kind, seat.chairs
        else:
            db.session.add(
                PanelMember(
                    community_id=tender.community_id,
                    tender_id=tender_id,
                    account_id=seat.account_id,
                    kind=seat.kind,
                    chairs=seat.chairs,
                )
            )
    experts = sum(seat.kind == rules.EXPERT for seat in seats)
    record(PanelAppointed(tender.community_id, tender_id, len(seats), experts), actor, tender.matter)


def panel_change_refusal(rows: Collection[PanelMember], chosen: Collection[int] | None = None) -> Refusal | None:
    """Why the panel stays as it is, or as far as it stays; asked by the page and by the action."""
    handed_in = [row.account_id for row in rows if row.submitted_at is not None]
    return rules.replacing_refusal([queries.seat_value(row) for row in rows], handed_in, chosen)


def _dismiss(row: PanelMember) -> None:
    for given in queries.points_of(row.id).values():
        db.session.delete(given)
    db.session.flush()
    db.session.delete(row)


@transactional
def declare_conflict(actor: Actor, tender_id: int, conflicted: bool) -> None:
    """A member of the panel declares, before scoring, whether there is a conflict of interest. Raises Forbidden, Refused."""
    tender = queries.locked_tender(tender_id)
    seat = _own_seat(tender, actor)
    check(rules.step_refusal(tender.stage, OPENED))
    authorize(actor, DECLARE_CONFLICT, tender.community_id)
    check(rules.repanel_refusal(seat.submitted_at is not None))
    seat.conflicted, seat.declared_at = conflicted, clock.now()
    record(ConflictDeclared(tender.community_id, tender_id, seat.id, conflicted), actor, tender.matter)


@transactional
def score_bid(actor: Actor, tender_id: int, position: int, points: Mapping[int, int], reason: str = "") -> None:
    """A member gives points to one bid, factor by factor (number of the factor → 0.01 point).

    After handing in, points change only for one of the four reasons, each change on record (87号令 64). Raises Refused.
    """
    tender = queries.locked_tender(tender_id)
    seat = _own_seat(tender, actor)
    authorize(actor, SCORE_BID, tender.community_id)
    check(scoring_refusal(tender, actor))
    bid = queries.get_opened(tender_id, position)
    if not bid.qualified:
        raise NotFound(N_("没有这份标书。"))
    factors = {row.id: row for row in queries.criteria(tender_id)}
    known = queries.points_of(seat.id)
    submitted = seat.submitted_at is not None
    for criterion_id, given in points.items():
        factor = factors.get(criterion_id)
        if factor is None:
            raise NotFound(N_("没有这一项评分因素。"))
        check(rules.score_refusal(queries.criterion_value(factor), given))
        old = known.get((bid.bid_id, criterion_id))
        if old is None:
            db.session.add(
                PanelScore(
                    member_id=seat.id,
                    bid_id=bid.bid_id,
                    criterion_id=criterion_id,
                    community_id=tender.community_id,
                    tender_id=tender_id,
                    points=given,
                )
            )
        elif old.points != given:
            check(rules.change_refusal(submitted, reason))
            old.points, old.reason = given, reason if submitted else ""
            if submitted:
                event = ScoreChanged(tender.community_id, tender_id, seat.id, criterion_id, Word(reason))
                record(event, actor, tender.matter)


@transactional
def submit_scores(actor: Actor, tender_id: int) -> None:
    """A member hands in points for every factor of every qualified bid. Raises Forbidden, Refused."""
    tender = queries.locked_tender(tender_id)
    seat = _own_seat(tender, actor)
    authorize(actor, SCORE_BID, tender.community_id)
    check(scoring_refusal(tender, actor))
    if seat.submitted_at is not None:
        return
    factors = queries.criteria(tender_id)
    bids = [bid.bid_id for bid in queries.opened_bids(tender_id) if bid.qualified]
    sheet = queries.sheets(tender_id, factors).get(seat.id, {})
    check(rules.sheet_refusal([queries.criterion_value(row) for row in factors], bids, sheet))
    seat.submitted_at, seat.salt = clock.now(), salt()
    told = {f"{bid}/{index}": given for (bid, index), given in sorted(sheet.items())}
    bound = Digest(commitment(bytes.fromhex(seat.salt), dict(told)))
    record(ScoresSubmitted(tender.community_id, tender_id, seat.id, bound), actor, tender.matter)


@transactional
def rank_bids(actor: Actor, tender_id: int) -> None:
    """When every member has handed in, points become totals and totals ranks; the report goes to the buyer.

    Raises Forbidden, Refused while a member is missing, has a conflict, or differs about an objective factor.
    """
    tender = queries.locked_tender(tender_id)
    authorize(actor, RANK_BIDS, tender.community_id)
    check(rules.step_refusal(tender.stage, OPENED))
    seats = queries.panel(tender_id)
    check(rules.ranking_refusal([row.submitted_at is not None for row in seats], [row.conflicted for row in seats]))
    today = clock.today(queries.zone_of(tender.community_id).key)
    basis = queries.basis(tender.community_id, today)
    values = [queries.seat_value(row) for row in seats]
    check(rules.panel_refusal(tender.method, tender.budget, values, basis, tender.demanding))
    factors = queries.criteria(tender_id)
    criteria = [queries.criterion_value(row) for row in factors]
    offers = [rules.Offer(bid.bid_id, bid.price) for bid in queries.opened_bids(tender_id) if bid.qualified]
    sheets = list(queries.sheets(tender_id, factors).values())
    check(rules.differences_refusal(criteria, [offer.bid for offer in offers], sheets))
    ranked = rules.ranking(rules.score(criteria, offers, sheets))
    _keep(tender, ranked, factors)
    tender.stage, tender.ranked_at, tender.ranking_salt = RANKED, clock.now(), salt()
    tender.decide_by = rules.after_evaluation(today, basis).decide.last
    told = {one.bid: f"{one.rank}/{_exact(one.scored.total)}" for one in ranked}
    bound = Digest(commitment(bytes.fromhex(tender.ranking_salt), dict(told)))
    record(BidsRanked(tender.community_id, tender_id, bound, tender.decide_by), actor, tender.matter)


def scoring_refusal(tender: Tender, actor: Actor) -> Refusal | None:
    """Why this actor cannot score now; asked by the page and by the action."""
    seats = [queries.seat_value(row) for row in queries.panel(tender.id)]
    return (
        rules.step_refusal(tender.stage, OPENED)
        or rules.scoring_refusal(seats, actor.account_id or 0)
        or rules.assessed_refusal([bid.qualified for bid in queries.opened_bids(tender.id)])
    )


def _own_seat(tender: Tender, actor: Actor) -> PanelMember:
    seat = queries.find_seat(tender.id, actor.account_id)
    if seat is None:
        raise NotFound(N_("没有这一页。您不在这次的评审小组里。"))
    return seat


def _keep(tender: Tender, ranked: Sequence[rules.Ranked], factors: Sequence[TenderCriterion]) -> None:
    assert all(len(one.scored.factors) == len(factors) for one in ranked)
    db.session.add_all(
        BidRank(
            bid_id=one.bid,
            community_id=tender.community_id,
            tender_id=tender.id,
            rank=one.rank,
            total=_exact(one.scored.total),
            factors=[_exact(points) for points in one.scored.factors],
        )
        for one in ranked
    )


def _exact(points: Fraction) -> str:
    return f"{points.numerator}/{points.denominator}"
