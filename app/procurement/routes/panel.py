"""The panel: appointed, declaring, scoring, handing in."""

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import actor, community
from app.core.errors import NotFound
from app.core.pages import access
from app.core.permissions import CLERK, CONVENER, EVALUATOR, MEMBER, SECRETARY, may
from app.core.words import N_
from app.identity.queries import holders
from app.procurement import actions, queries, rules
from app.procurement.forms import DeclarationForm, PanelForm, StepForm, score_form
from app.procurement.models import OPENED, PanelMember, Tender
from app.procurement.permissions import APPOINT_PANEL, DECLARE_CONFLICT, RANK_BIDS, SCORE_BID
from app.procurement.routes import view
from app.procurement.routes.blueprint import answer, bid_of, pages, tender_of

BUYERS = (MEMBER, CONVENER, SECRETARY, CLERK)


@pages.route("/tenders/<int:number>/panel", methods=["GET", "POST"])
@access(APPOINT_PANEL)
def appoint_panel(number: int) -> Response:
    """Appoint who evaluates."""
    row = tender_of(number)
    seats = queries.panel(row.id)
    given = {
        "experts": [seat.account_id for seat in seats if seat.kind == rules.EXPERT and not seat.conflicted],
        "buyers": [seat.account_id for seat in seats if seat.kind == rules.BUYER and not seat.conflicted],
        "chair": next((seat.account_id for seat in seats if seat.chairs and not seat.conflicted), None),
    }
    form = PanelForm.from_request(**given)
    experts = {one.account_id: one.name for one in holders(row.community_id, EVALUATOR)}
    away = {seat.account_id for seat in seats if seat.conflicted}
    form.offer(_without(experts, away), _without(_buyers(row.community_id, experts), away))
    basis = queries.basis(row.community_id, clock.today(community().zone))
    size, article = rules.panel_size(row.method, row.budget, row.demanding, basis)
    refusal = rules.step_refusal(row.stage, OPENED) or actions.panel_change_refusal(seats)

    def act() -> str:
        actions.appoint_panel(actor(), row.id, form.seats)
        return url_for(".scores", number=number)

    return answer(
        form,
        act,
        "procurement/appoint_panel.html",
        refusal,
        tender=row,
        later=lambda: {"seats": queries.seats(row.id)},
        size=size,
        article=article,
        refusal=refusal,
    )


def _without(people: dict[int, str], away: set[int]) -> dict[int, str]:
    """Who may be named: whoever declared an interest in this purchase may not, again."""
    return {account_id: name for account_id, name in people.items() if account_id not in away}


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

    def act() -> str:
        conflicted = form.conflicted.data == "yes"
        actions.declare_conflict(actor(), row.id, conflicted)
        return url_for(".scores", number=number)

    return answer(
        form,
        act,
        "procurement/declare_conflict.html",
        tender=row,
        seat=seat,
        later=lambda: {"bids": queries.opened_bids(row.id)},
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

    def act() -> str:
        actions.submit_scores(actor(), row.id)
        return url_for(".scores", number=number)

    return answer(
        form, act, "procurement/scores.html", tender=row, seat=seat, later=lambda: _so_far(row, seat, staff=staff)
    )


def _so_far(row: Tender, seat: PanelMember | None, *, staff: bool) -> dict[str, Any]:
    factors = queries.criteria(row.id)
    due = sum(factor.kind != rules.PRICE for factor in factors)
    given = queries.points_of(seat.id) if seat else {}
    bids = [bid for bid in queries.opened_bids(row.id) if bid.qualified]
    done_by_bid = {bid.bid_id: sum(key[0] == bid.bid_id for key in given) for bid in bids}
    sums = {bid.bid_id: sum(one.points for key, one in given.items() if key[0] == bid.bid_id) for bid in bids}
    return {
        "bids": bids,
        "due": due,
        "done": done_by_bid,
        "sums": {key: rules.points(value) for key, value in sums.items()},
        "complete": bool(bids) and all(done_by_bid[bid.bid_id] == due for bid in bids),
        "refusal": actions.scoring_refusal(row, actor()) if seat else None,
        "seats": queries.seats(row.id) if staff else [],
        "may_rank": staff and row.stage == OPENED,
    }


@pages.route("/tenders/<int:number>/bids/<int:position>/scores", methods=["GET", "POST"])
@access(SCORE_BID)
def score_bid(number: int, position: int) -> Response:
    """Read one bid and give points, factor by factor."""
    row = tender_of(number)
    seat = _own_seat(row)
    bid = bid_of(row, position)
    factors = queries.criteria(row.id)
    known = {key[1]: one.points for key, one in queries.points_of(seat.id).items() if key[0] == bid.bid_id}
    form = score_form(
        factors,
        {f"c{key}": rules.points(points) for key, points in known.items()},
        submitted=seat.submitted_at is not None,
    )
    refusal = actions.scoring_refusal(row, actor())

    def act() -> str:
        actions.score_bid(actor(), row.id, position, form.given(), form.why)
        return url_for(".scores", number=number)

    return answer(
        form,
        act,
        "procurement/score_bid.html",
        refusal,
        tender=row,
        seat=seat,
        bid=bid,
        factors=[(factor, form[f"c{factor.id}"], view.lines(factor)) for factor in factors if f"c{factor.id}" in form],
        most=view.in_points,
        refusal=refusal,
    )


def _own_seat(row: Tender) -> PanelMember:
    seat = queries.find_seat(row.id, actor().account_id)
    if seat is None:
        raise NotFound(N_("没有这一页。您不在这次的评审小组里。"))
    return seat
