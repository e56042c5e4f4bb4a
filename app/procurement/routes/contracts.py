"""Signing a contract, and accepting what it delivers."""

from datetime import timedelta

from flask import url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import actor, community, me
from app.core.errors import NotFound
from app.core.pages import access, page
from app.core.permissions import PUBLIC, may
from app.core.words import N_
from app.organisations.queries import get_organisation
from app.procurement import actions, queries, rules
from app.procurement.forms import AcceptForm, ContractForm
from app.procurement.models import RESULT, SIGNED, Contract, Tender
from app.procurement.permissions import COMPLETE_MILESTONE, SIGN_CONTRACT
from app.procurement.routes import view
from app.procurement.routes.blueprint import answer, pages, tender_of


@pages.get("/tenders/<int:number>/contract")
@access(PUBLIC)
def contract(number: int) -> Response:
    """What was signed, what was delivered and accepted, what is still due. Raises NotFound before it is signed."""
    row = tender_of(number)
    found = _contract(row)
    return page(
        "procurement/contract.html",
        tender=row,
        contract=found,
        winner=get_organisation(found.organisation_id),
        milestones=queries.milestones(found.id),
        term=view.term_words(row, found),
        may_accept=me() is not None and may(actor(), COMPLETE_MILESTONE, row.community_id) and row.stage == SIGNED,
        today=clock.today(community().zone),
    )


@pages.route("/tenders/<int:number>/contract/new", methods=["GET", "POST"])
@access(SIGN_CONTRACT)
def sign_contract(number: int) -> Response:
    """Put down the contract that buyer and winner sign."""
    row = tender_of(number)
    award = queries.find_award(row.id)
    today = clock.today(community().zone)
    refusal = rules.step_refusal(row.stage, RESULT)
    late: list[rules.Finding] = []
    if refusal is None and award and award.challenge_until and award.sign_by:
        basis = queries.basis(row.community_id, today)
        refusal = rules.signing_refusal(today, award.challenge_until, basis)
        late = rules.signing_findings(today, award.sign_by, basis)
    starts = row.term_from or today
    form = ContractForm.from_request(
        starts_on=starts, ends_on=rules.months_after(starts, row.term_months) - timedelta(days=1)
    )

    def act() -> str:
        actions.sign_contract(actor(), row.id, form.starts_on.data, form.ends_on.data, form.steps)
        return url_for(".contract", number=number)

    return answer(
        form,
        act,
        "procurement/sign_contract.html",
        refusal,
        tender=row,
        award=award,
        later=lambda: {"winner": get_organisation(award.organisation_id) if award else None},
        refusal=refusal,
        late=late,
    )


@pages.route("/tenders/<int:number>/milestones/<int:position>", methods=["GET", "POST"])
@access(COMPLETE_MILESTONE)
def complete_milestone(number: int, position: int) -> Response:
    """Accept a step of the contract."""
    row = tender_of(number)
    found = _contract(row)
    step = queries.get_milestone(found.id, position)
    form = AcceptForm.from_request()
    refusal = rules.step_refusal(row.stage, SIGNED) or rules.acceptance_refusal(step.completed_at is not None)

    def act() -> str:
        actions.complete_milestone(actor(), row.id, position, form.note.data)
        return url_for(".contract", number=number)

    return answer(
        form,
        act,
        "procurement/complete_milestone.html",
        refusal,
        tender=row,
        step=step,
        refusal=refusal,
    )


def _contract(row: Tender) -> Contract:
    found = queries.find_contract(row.id)
    if found is None:
        raise NotFound(N_("合同还没有签订。"))
    return found
