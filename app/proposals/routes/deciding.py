"""Supporting a proposal; admitting or returning it."""

from collections.abc import Callable

from flask import request, url_for
from werkzeug.wrappers import Response

from app.core.context import actor, community
from app.core.forms import HouseForm
from app.core.handing import answer_form
from app.core.pages import access, page, see_other, wants_fragment
from app.core.values import Refusal
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
    late = standing(row, actor())["refusals"]["admit"]

    def act() -> str:
        actions.admit_proposal(actor(), row.id, whole(form.seen.data), whole(form.owners_matter.data))
        return url_for(".proposal", number=number)

    return _decide(form, act, "proposals/admit_proposal.html", late, row)


@pages.route("/proposals/<int:number>/return", methods=["GET", "POST"])
@access(RETURN_PROPOSAL)
def return_proposal(number: int) -> Response:
    """Give a proposal back, saying why and what to change."""
    row = queries.get_by_number(community().id, number)
    form = ReturnForm.from_request()
    late = standing(row, actor())["refusals"]["return"]

    def act() -> str:
        actions.return_proposal(actor(), row.id, form.reason.data, form.wish.data)
        return url_for(".proposal", number=number)

    return _decide(form, act, "proposals/return_proposal.html", late, row)


def _decide(
    form: HouseForm, act: Callable[[], str], template: str, late: Refusal | None, row: queries.ProposalRow
) -> Response:
    state = rules.STATE_WORDS[row.state]
    return answer_form(form, act, template, late, proposal=row, state=state, later=lambda: standing(row, actor()))
