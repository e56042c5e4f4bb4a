"""Handing in a bid and taking it back: pages that nobody counts."""

from flask import url_for
from werkzeug.wrappers import Response

from app.core.context import actor
from app.core.pages import access
from app.procurement import actions, queries, rules
from app.procurement.forms import BidForm, OwnOrganisationForm
from app.procurement.permissions import SUBMIT_BID, WITHDRAW_BID
from app.procurement.routes import view
from app.procurement.routes.blueprint import answer, own_organisations, pages, tender_of
from app.procurement.routes.tenders import register_url


@pages.route("/tenders/<int:number>/bid", methods=["GET", "POST"])
@access(SUBMIT_BID)
def submit_bid(number: int) -> Response:
    """Hand in a sealed bid, or replace it, and take home a receipt."""
    row = tender_of(number)
    own = own_organisations()
    form = BidForm.from_request()
    form.organisation.choices = own
    refusal = actions.bidding_refusal(actor(), row, own[0][0] if own else 0)

    def act() -> str:
        actions.submit_bid(actor(), row.id, form.organisation.data, form.offer)
        return url_for(".submit_bid", number=number)

    return answer(
        form,
        act,
        "procurement/submit_bid.html",
        refusal,
        tender=row,
        own=own,
        later=lambda: {
            "receipts": queries.receipts(row.id, [key for key, _name in own]),
            "criteria": view.criteria_rows(queries.criteria(row.id)),
        },
        declarations=rules.DECLARATIONS,
        refusal=refusal,
        register_url=register_url(number, "bid"),
    )


@pages.route("/tenders/<int:number>/bid/withdraw", methods=["GET", "POST"])
@access(WITHDRAW_BID)
def withdraw_bid(number: int) -> Response:
    """Take a bid back before the deadline."""
    row = tender_of(number)
    own = own_organisations()
    form = OwnOrganisationForm.from_request()
    form.organisation.choices = own
    standing = [one for one in queries.receipts(row.id, [key for key, _name in own]) if not one.withdrawn]
    refusal = actions.bidding_refusal(actor(), row, own[0][0] if own else 0) or rules.withdrawal_refusal(bool(standing))

    def act() -> str:
        actions.withdraw_bid(actor(), row.id, form.organisation.data)
        return url_for(".submit_bid", number=number)

    return answer(
        form,
        act,
        "procurement/withdraw_bid.html",
        refusal,
        tender=row,
        receipts=standing,
        refusal=refusal,
    )
