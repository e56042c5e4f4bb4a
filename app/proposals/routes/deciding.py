"""Supporting a proposal; admitting or returning it."""

from flask import request, url_for
from werkzeug.wrappers import Response

from app.core.context import actor, community
from app.core.errors import HouseError
from app.core.forms import attempt, sent_well
from app.core.i18n import said
from app.core.pages import access, page, see_other, wants_fragment
from app.proposals import actions, queries, rules
from app.proposals.forms import AdmitForm, ReturnForm, whole
from app.proposals.permissions import ADMIT_PROPOSAL, RETURN_PROPOSAL, SUPPORT_PROPOSAL
from app.proposals.routes.reading import account_id, pages, standing


@pages.post("/proposals/<int:number>/support")
@access(SUPPORT_PROPOSAL)
def support_proposal(number: int) -> Response:
    """Support a proposal in the version that the page showed (`seen`), or take that back (`undo`)."""
    row = queries.get_by_number(community().id, number)
    if request.form.get("undo"):
        actions.withdraw_support(actor(), row.id)
    else:
        actions.support_proposal(actor(), row.id, whole(request.form.get("seen")))
    if wants_fragment():
        row = queries.get_by_number(community().id, number, account_id())
        least = queries.least_supporters(row.community_id)
        return page("proposals/_support.html", proposal=row, where=row.state, least=least, **standing(row, actor()))
    return see_other(url_for(".proposal", number=number) + "#support")


@pages.route("/proposals/<int:number>/admit", methods=["GET", "POST"])
@access(ADMIT_PROPOSAL)
def admit_proposal(number: int) -> Response:
    """Put a proposal on the agenda, and say who decides in the end."""
    row = queries.get_by_number(community().id, number)
    form = AdmitForm.from_request(seen=str(row.version))
    problem: HouseError | None = None
    late = standing(row, actor())["refusals"]["admit"]
    if sent_well(form, late):

        def act() -> str:
            actions.admit_proposal(actor(), row.id, whole(form.seen.data), whole(form.owners_matter.data))
            return url_for(".proposal", number=number)

        where, problem = attempt(form, act, late)
        if problem is None:
            return see_other(where)
    return _decide("proposals/admit_proposal.html", row, form, problem)


@pages.route("/proposals/<int:number>/return", methods=["GET", "POST"])
@access(RETURN_PROPOSAL)
def return_proposal(number: int) -> Response:
    """Give a proposal back, saying why and what to change."""
    row = queries.get_by_number(community().id, number)
    form = ReturnForm.from_request()
    problem: HouseError | None = None
    late = standing(row, actor())["refusals"]["return"]
    if sent_well(form, late):

        def act() -> str:
            actions.return_proposal(actor(), row.id, form.reason.data, form.wish.data)
            return url_for(".proposal", number=number)

        where, problem = attempt(form, act, late)
        if problem is None:
            return see_other(where)
    return _decide("proposals/return_proposal.html", row, form, problem)


def _decide(
    template: str, row: queries.ProposalRow, form: AdmitForm | ReturnForm, problem: HouseError | None
) -> Response:
    return page(
        template,
        status=problem.status if problem else 422 if form.errors else 200,
        proposal=row,
        state=rules.STATE_WORDS[row.state],
        form=form,
        problem=said(problem.refusal) if problem else "",
        **standing(row, actor()),
    )
