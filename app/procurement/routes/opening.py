"""The opening before everybody's eyes, and what the buyer then examines."""

from flask import url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import actor, community, me
from app.core.forms import status_of
from app.core.pages import access, page
from app.core.permissions import PUBLIC, may
from app.procurement import actions, queries, rules
from app.procurement.forms import QualifyForm, StepForm
from app.procurement.models import BIDDING, OPENED, Tender
from app.procurement.permissions import OPEN_BIDS, QUALIFY_BID
from app.procurement.routes.blueprint import answer, bid_of, hand, pages, tender_of, zone

SAID = {None: None, True: "yes", False: "no"}


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
    desk = queries.get_desk(row.community_id, row.number, actor()) if staff else None
    step = queries.turn_of(desk, actor(), zone()) if desk else None
    return page(
        "procurement/opening.html",
        form=form,
        tender=row,
        bids=queries.opened_bids(row.id),
        refusal=rules.opening_refusal(clock.now(), row.deadline) if row.stage == BIDDING else None,
        may_open=me() is not None and may(actor(), OPEN_BIDS, row.community_id) and row.stage == BIDDING,
        may_qualify=staff and row.stage == OPENED,
        low={bid.bid_id: found for bid, found in _low_prices(row, staff)},
        step=step,
        step_url=queries.address(community().slug, row.number, step.page) if step else "",
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
    bid = bid_of(row, position)
    form = QualifyForm.from_request(qualified=SAID[bid.qualified], reason=bid.reason)

    def act() -> str:
        actions.qualify_bid(actor(), row.id, position, form.qualified.data == "yes", form.reason.data or "")
        return url_for(".opening", number=number)

    return answer(
        form,
        act,
        "procurement/qualify_bid.html",
        tender=row,
        bid=bid,
        later=lambda: {"refusal": rules.step_refusal(row.stage, OPENED)},
    )
