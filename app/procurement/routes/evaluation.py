"""The opening, the panel, the points, the ranking, the award, the result."""

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import actor, community, me
from app.core.errors import NotFound
from app.core.pages import access, page
from app.core.permissions import CLERK, CONVENER, EVALUATOR, MEMBER, PUBLIC, SECRETARY, may
from app.core.words import N_
from app.identity.queries import holders
from app.procurement import actions, queries, rules
from app.procurement.forms import AwardForm, DeclarationForm, PanelForm, QualifyForm, StepForm, score_form
from app.procurement.models import AWARDED, BIDDING, OPENED, RANKED, PanelMember, Tender
from app.procurement.permissions import (
    APPOINT_PANEL,
    DECIDE_AWARD,
    DECLARE_CONFLICT,
    OPEN_BIDS,
    PUBLISH_AWARD,
    QUALIFY_BID,
    RANK_BIDS,
    SCORE_BID,
)
from app.procurement.routes import view
from app.procurement.routes.blueprint import hand, pages, status_of, tender_of, zone

SAID = {None: None, True: "yes", False: "no"}
BUYERS = (MEMBER, CONVENER, SECRETARY, CLERK)


@pages.get("/tenders/<int:number>/opening")
@access(PUBLIC)
def opening(number: int) -> Response:
    """The record of the opening, for everybody; before it, when it will be, and a button for whoever opens."""
    return _opening_page(tender_of(number), StepForm.from_request(), "")


@pages.post("/tenders/<int:number>/opening")
@access(OPEN_BIDS)
def open_bids(number: int) -> Response:
    """Open the bids before everybody's eyes."""
    row = tender_of(number)
    form = StepForm.from_request()

    def act() -> str:
        actions.open_bids(actor(), row.id)
        return url_for(".opening", number=number)

    done, problem = hand(form, act)
    return done or _opening_page(row, form, problem)


def _opening_page(row: Tender, form: StepForm, problem: str) -> Response:
    staff = me() is not None and may(actor(), QUALIFY_BID, row.community_id)
    return page(
        "procurement/opening.html",
        form=form,
        tender=row,
        bids=queries.opened_bids(row.id),
        refusal=rules.opening_refusal(clock.now(), row.deadline) if row.stage == BIDDING else None,
        may_open=me() is not None and may(actor(), OPEN_BIDS, row.community_id) and row.stage == BIDDING,
        may_qualify=staff and row.stage == OPENED,
        low={bid.bid_id: found for bid, found in _low_prices(row, staff)},
        status=status_of(form, problem),
        problem=problem,
    )


def _low_prices(row: Tender, staff: bool) -> list[tuple[queries.Opened, list[rules.Finding]]]:
    """Prices that a bidder should be asked to explain; for the buyer only, and never a rejection."""
    if not staff:
        return []
    basis = queries.basis(row.community_id, clock.today(community().zone))
    bids = [bid for bid in queries.opened_bids(row.id) if bid.qualified is not False and bid.price]
    prices = [bid.price for bid in bids]
    return [(bid, rules.low_price_findings(prices, bid.price, row.ceiling, basis)) for bid in bids]


@pages.route("/tenders/<int:number>/bids/<int:position>/qualification", methods=["GET", "POST"])
@access(QUALIFY_BID)
def qualify_bid(number: int, position: int) -> Response:
    """Read a bid and say whether its bidder is qualified."""
    row = tender_of(number)
    bid = _bid(row, position)
    form = QualifyForm.from_request(qualified=SAID[bid.qualified], reason=bid.reason)
    problem = ""
    if form.sent_well():

        def act() -> str:
            actions.qualify_bid(actor(), row.id, position, form.qualified.data == "yes", form.reason.data or "")
            return url_for(".opening", number=number)

        done, problem = hand(form, act)
        if done:
            return done
    return page(
        "procurement/qualify_bid.html",
        form=form,
        tender=row,
        bid=bid,
        refusal=rules.step_refusal(row.stage, OPENED),
        problem=problem,
        status=status_of(form, problem),
    )


@pages.route("/tenders/<int:number>/panel", methods=["GET", "POST"])
@access(APPOINT_PANEL)
def appoint_panel(number: int) -> Response:
    """Appoint who evaluates."""
    row = tender_of(number)
    seats = queries.panel(row.id)
    given = {
        "experts": [seat.account_id for seat in seats if seat.kind == rules.EXPERT and not seat.conflicted],
        "buyers": [seat.account_id for seat in seats if seat.kind == rules.BUYER and not seat.conflicted],
        "chair": next((seat.account_id for seat in seats if seat.chairs), None),
    }
    form = PanelForm.from_request(**given)
    experts = {one.account_id: one.name for one in holders(row.community_id, EVALUATOR)}
    form.offer(experts, _buyers(row.community_id, experts))
    basis = queries.basis(row.community_id, clock.today(community().zone))
    size, article = rules.panel_size(row.method, row.budget, row.demanding, basis)
    refusal = rules.step_refusal(row.stage, OPENED) or rules.repanel_refusal(
        sum(seat.submitted_at is not None for seat in seats)
    )
    problem = ""
    if refusal is None and form.sent_well():

        def act() -> str:
            actions.appoint_panel(actor(), row.id, form.seats)
            return url_for(".scores", number=number)

        done, problem = hand(form, act)
        if done:
            return done
    return page(
        "procurement/appoint_panel.html",
        form=form,
        tender=row,
        seats=queries.seats(row.id),
        size=size,
        article=article,
        refusal=refusal,
        problem=problem,
        status=status_of(form, problem),
    )


def _buyers(community_id: int, experts: dict[int, str]) -> dict[int, str]:
    found = {one.account_id: one.name for role in BUYERS for one in holders(community_id, role)}
    return {account_id: name for account_id, name in found.items() if account_id not in experts}


@pages.route("/tenders/<int:number>/declaration", methods=["GET", "POST"])
@access(DECLARE_CONFLICT)
def declare_conflict(number: int) -> Response:
    """A member of the panel declares whether there is a conflict of interest."""
    row = tender_of(number)
    seat = _own_seat(row)
    form = DeclarationForm.from_request()
    problem = ""
    if form.sent_well():

        def act() -> str:
            conflicted = form.conflicted.data == "yes"
            actions.declare_conflict(actor(), row.id, conflicted)
            return url_for(".scores", number=number)

        done, problem = hand(form, act)
        if done:
            return done
    return page(
        "procurement/declare_conflict.html",
        form=form,
        tender=row,
        seat=seat,
        bids=queries.opened_bids(row.id),
        problem=problem,
        status=status_of(form, problem),
    )


@pages.route("/tenders/<int:number>/scores", methods=["GET", "POST"])
@access(SCORE_BID)
def scores(number: int) -> Response:
    """A member's own points so far, and handing them in; for the buyer who has handed in, never which points."""
    row = tender_of(number)
    seat = queries.find_seat(row.id, actor().account_id)
    staff = may(actor(), RANK_BIDS, row.community_id)
    if seat is None and not staff:
        raise NotFound(N_("没有这一页。您不在这次的评审小组里。"))
    form = StepForm.from_request()
    problem = ""
    if form.sent_well():

        def act() -> str:
            actions.submit_scores(actor(), row.id)
            return url_for(".scores", number=number)

        done, problem = hand(form, act)
        if done:
            return done
    factors = queries.criteria(row.id)
    due = sum(factor.kind != rules.PRICE for factor in factors)
    given = queries.points_of(seat.id) if seat else {}
    bids = [bid for bid in queries.opened_bids(row.id) if bid.qualified]
    done_by_bid = {bid.bid_id: sum(key[0] == bid.bid_id for key in given) for bid in bids}
    sums = {bid.bid_id: sum(one.points for key, one in given.items() if key[0] == bid.bid_id) for bid in bids}
    return page(
        "procurement/scores.html",
        form=form,
        tender=row,
        seat=seat,
        bids=bids,
        due=due,
        done=done_by_bid,
        sums={key: rules.points(value) for key, value in sums.items()},
        complete=bool(bids) and all(done_by_bid[bid.bid_id] == due for bid in bids),
        refusal=actions.scoring_refusal(row, actor()) if seat else None,
        seats=queries.seats(row.id) if staff else [],
        may_rank=staff and row.stage == OPENED,
        problem=problem,
        status=status_of(form, problem),
    )


@pages.route("/tenders/<int:number>/bids/<int:position>/scores", methods=["GET", "POST"])
@access(SCORE_BID)
def score_bid(number: int, position: int) -> Response:
    """Read one bid and give points, factor by factor."""
    row = tender_of(number)
    seat = _own_seat(row)
    bid = _bid(row, position)
    factors = queries.criteria(row.id)
    known = {key[1]: one.points for key, one in queries.points_of(seat.id).items() if key[0] == bid.bid_id}
    form = score_form(
        factors,
        {f"c{key}": rules.points(points) for key, points in known.items()},
        submitted=seat.submitted_at is not None,
    )
    refusal = actions.scoring_refusal(row, actor())
    problem = ""
    if refusal is None and form.sent_well():

        def act() -> str:
            actions.score_bid(actor(), row.id, position, form.given(), form.why)
            return url_for(".scores", number=number)

        done, problem = hand(form, act)
        if done:
            return done
    return page(
        "procurement/score_bid.html",
        form=form,
        tender=row,
        seat=seat,
        bid=bid,
        factors=[(factor, form[f"c{factor.id}"], view.lines(factor)) for factor in factors if f"c{factor.id}" in form],
        most=view.in_points,
        refusal=refusal,
        problem=problem,
        status=status_of(form, problem),
    )


@pages.route("/tenders/<int:number>/ranking", methods=["GET", "POST"])
@access(RANK_BIDS)
def rank_bids(number: int) -> Response:
    """Turn points into ranks, once every member has handed in."""
    row = tender_of(number)
    seats = queries.seats(row.id)
    refusal = rules.step_refusal(row.stage, OPENED) or rules.ranking_refusal(
        [seat.submitted_at is not None for seat in seats], [seat.conflicted for seat in seats]
    )
    lead = N_("把每位评委的评分和价格分加在一起，排出名次，报告采购人。")
    return _step(
        row,
        "procurement/rank_bids.html",
        lambda: actions.rank_bids(actor(), row.id),
        url_for(".decide_award", number=number),
        refusal=refusal,
        lead=lead,
        seats=seats,
    )


@pages.route("/tenders/<int:number>/award", methods=["GET", "POST"])
@access(DECIDE_AWARD)
def decide_award(number: int) -> Response:
    """The buyer decides for the first rank."""
    row = tender_of(number)
    ranks = queries.ranks(row.id)
    first = [one for one in ranks if one.rank == 1]
    form = AwardForm.from_request(position=first[0].bid.position if len(first) == 1 else None)
    form.position.choices = [(one.bid.position, one.bid.organisation) for one in first]
    refusal = rules.step_refusal(row.stage, RANKED)
    problem = ""
    if refusal is None and form.sent_well():

        def act() -> str:
            actions.decide_award(actor(), row.id, form.position.data, form.reason.data or "")
            return url_for(".publish_award", number=number)

        done, problem = hand(form, act)
        if done:
            return done
    return page(
        "procurement/decide_award.html",
        form=form,
        tender=row,
        ranks=ranks,
        criteria=queries.criteria(row.id),
        refusal=refusal,
        problem=problem,
        status=status_of(form, problem),
        score=score_words,
    )


@pages.route("/tenders/<int:number>/award/publish", methods=["GET", "POST"])
@access(PUBLISH_AWARD)
def publish_award(number: int) -> Response:
    """Publish the result, with every rank."""
    row = tender_of(number)
    return _step(
        row,
        "procurement/publish_award.html",
        lambda: actions.publish_award(actor(), row.id),
        url_for(".result", number=number),
        refusal=rules.step_refusal(row.stage, AWARDED),
        ranks=queries.ranks(row.id),
        award=queries.find_award(row.id),
        score=score_words,
    )


@pages.get("/tenders/<int:number>/result")
@access(PUBLIC)
def result(number: int) -> Response:
    """Who won and why: every rank, and every bidder's own points explained. Raises NotFound before it is published."""
    desk = queries.get_desk(community().id, number, actor())
    row, award = desk.tender, desk.award
    if award is None or award.published_at is None:
        raise NotFound(N_("结果还没有公告。"))
    own = {ref.id for ref in actor().refs("organisation")} if me() else set()
    bids = queries.opened_bids(row.id)
    criteria = queries.criteria(row.id) if own & {bid.organisation_id for bid in bids} else []
    return page(
        "procurement/result.html",
        tender=row,
        award=award,
        ranks=queries.ranks(row.id, bids),
        out=[bid for bid in bids if bid.qualified is False],
        criteria=criteria,
        seats=queries.seats(row.id),
        own=own,
        score=score_words,
        tag=view.tag_of(queries.state(row, clock.now(), award, clock.now().astimezone(zone()).date())),
        today=clock.today(community().zone),
        seat_words=rules.SEATS,
        most=view.in_points,
        factor_name=view.factor_name,
    )


def score_words(points: Any) -> str:
    """An exact score as it is read: two decimals, rounded down, so that nobody reads more than was given."""
    return rules.points(int(points * 100))


def _step(row: Tender, template: str, do: Any, then: str, *, refusal: Any, **values: Any) -> Response:
    form = StepForm.from_request()
    problem = ""
    if refusal is None and form.sent_well():

        def act() -> str:
            do()
            return then

        done, problem = hand(form, act)
        if done:
            return done
    return page(
        template, form=form, tender=row, refusal=refusal, problem=problem, status=status_of(form, problem), **values
    )


def _own_seat(row: Tender) -> PanelMember:
    seat = queries.find_seat(row.id, actor().account_id)
    if seat is None:
        raise NotFound(N_("没有这一页。您不在这次的评审小组里。"))
    return seat


def _bid(row: Tender, position: int) -> queries.Opened:
    found = next((bid for bid in queries.opened_bids(row.id) if bid.position == position), None)
    if found is None:
        raise NotFound(N_("没有这份标书。"))
    return found
