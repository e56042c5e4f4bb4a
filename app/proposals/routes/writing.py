"""Writing, handing in and changing a proposal."""

from flask import Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.context import actor, community, me
from app.core.errors import HouseError
from app.core.forms import attempt, half_width
from app.core.handing import answer_form
from app.core.i18n import said
from app.core.limits import spend
from app.core.pages import access, page, see_other
from app.discussion.queries import speaker_label
from app.discussion.rules import public_label
from app.proposals import actions, queries, rules
from app.proposals.forms import EnterProposalForm, ProposalForm, ReviseForm, whole
from app.proposals.permissions import ENTER_PROPOSAL, PROPOSE
from app.proposals.routes.reading import account_id, pages

RATE = "20/hour"
MOST_KEPT = 20_000


@pages.route("/proposals/new", methods=["GET", "POST"])
@access(PROPOSE)
def draft_proposal() -> AnyResponse:
    """Write a proposal; it is kept while it is written, and handed in when it is ready."""
    draft = queries.find_draft(community().id, actor().account_id or 0)
    form = ProposalForm.from_request(
        title=draft.title if draft else "",
        body=draft.body if draft else "",
        budget=draft.budget if draft else "",
        seen=str(draft.saves if draft else 0),
    )
    problem: HouseError | None = None
    if request.method == "POST" and request.form.get("keep"):
        try:
            _keep(form)
            return see_other(url_for(".draft_proposal"))
        except HouseError as error:
            problem = error
    elif form.sent_well():
        spend("propose", str(account_id()), RATE)
        label = speaker_label(community(), me())

        def act() -> str:
            number = actions.submit_proposal(actor(), community().id, form.title.data, form.body.data, form.fen, label)
            return url_for(".proposal", number=number)

        where, problem = attempt(form, act)
        if problem is None:
            return see_other(where)
    return page(
        "proposals/draft_proposal.html",
        status=problem.status if problem else 422 if form.errors else 200,
        form=form,
        draft=draft,
        label=speaker_label(community(), me()),
        least=queries.least_supporters(community().id),
        problem=said(problem.refusal) if problem else "",
    )


def _keep(form: ProposalForm) -> int:
    """Keep a draft as typed, up to what a form may hold."""
    title, body, budget = ((field.data or "")[:MOST_KEPT] for field in (form.title, form.body, form.budget))
    return actions.save_draft(actor(), community().id, title, body, budget, whole(form.seen.data))


@pages.post("/proposals/draft")
@access(PROPOSE)
def save_draft() -> Response:
    """What is being written is kept every few seconds; the answer is the line that says so."""
    form = ProposalForm.from_request()
    saves = _keep(form)
    return make_response(render_template("proposals/_draft.html", saves=saves, kept=True))


@pages.post("/proposals/draft/drop")
@access(PROPOSE)
def drop_draft() -> AnyResponse:
    """Throw away what one was writing."""
    actions.drop_draft(actor(), community().id)
    return see_other(url_for(".draft_proposal"))


@pages.route("/proposals/enter", methods=["GET", "POST"])
@access(ENTER_PROPOSAL)
def enter_proposal() -> AnyResponse:
    """Write down what somebody proposes who does not use the web."""
    form = EnterProposalForm.from_request()

    def act() -> str:
        number = half_width(form.building.data or "").removesuffix("号楼")
        label = public_label(form.name.data or "", f"{number}号楼" if number else "")
        made = actions.enter_proposal(actor(), community().id, form.title.data, form.body.data, form.fen, label)
        return url_for(".proposal", number=made)

    return answer_form(form, act, "proposals/enter_proposal.html")


@pages.route("/proposals/<int:number>/revise", methods=["GET", "POST"])
@access(PROPOSE)
def revise_proposal(number: int) -> AnyResponse:
    """Change one's own proposal; the versions stay side by side."""
    row = queries.get_by_number(community().id, number, account_id())
    refusal = rules.revision_refusal(row.state, row.mine(account_id()))
    budget = (
        "" if row.budget is None else f"{row.budget // 100}" + (f".{row.budget % 100:02d}" if row.budget % 100 else "")
    )
    form = ReviseForm.from_request(title=row.title, body=row.body, budget=budget, seen=str(row.version))

    def act() -> str:
        actions.revise_proposal(
            actor(), row.id, whole(form.seen.data), form.title.data, form.body.data, form.fen, form.note.data or ""
        )
        return url_for(".proposal", number=number)

    return answer_form(form, act, "proposals/revise_proposal.html", refusal, proposal=row, refusal=refusal)


@pages.post("/proposals/<int:number>/withdraw")
@access(PROPOSE)
def withdraw_proposal(number: int) -> AnyResponse:
    """Take one's own proposal back."""
    row = queries.get_by_number(community().id, number)
    actions.withdraw_proposal(actor(), row.id)
    return see_other(url_for(".proposal", number=number))
