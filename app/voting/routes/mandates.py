"""Written mandates: registered and listed at the desk; taken back there, or by the owner on their own page."""

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3

from app.core.context import actor, community
from app.core.errors import HouseError, NotFound
from app.core.forms import attempt, hand_in
from app.core.house import house
from app.core.i18n import _, said
from app.core.pages import access, page, see_other
from app.core.permissions import may
from app.core.values import Ref
from app.core.words import N_
from app.voting import actions, queries
from app.voting.forms import MandateForm, ReasonForm, words
from app.voting.forms.desk import phone_of
from app.voting.permissions import CAST_BALLOT, RECEIVE_BALLOT, SEE_DESK, SEE_SCAN
from app.voting.routes.blueprint import pages
from app.voting.routes.desk import about_desk, legend
from app.voting.routes.view import about_poll
from app.voting.rules import OPEN, PLANNED, annulled_refusal, proxy_refusal, revoke_refusal
from app.voting.rules.terms import ONE

KIND = "proxy_mandate"


@pages.route("/polls/<int:number>/desk/mandates", methods=["GET", "POST"])
@access(RECEIVE_BALLOT)
def mandates(number: int) -> AnyResponse:
    """The mandates of a poll, and the form by which one is registered."""
    found = queries.get_by_number(community().id, number)
    form = MandateForm.from_request()
    options = found.terms.options if found.terms.selection == ONE else ()
    form.instruction.choices = [
        SelectChoice("", _("没有写明，由受托人决定"), {}),
        *(SelectChoice(one.key, _("写明：%(choice)s", choice=words(one.key, one.label)), {}) for one in options),
    ]
    error: HouseError | None = None
    well = form.sent_well()
    told = form.told_marks(found.terms) if request.method == "POST" else None
    if well and not form.errors:
        typed, name = form.typed.data or "", form.name.data or ""

        def act() -> str:
            mandate = actions.register_mandate(actor(), found.id, typed, name, phone_of(form), told)
            return url_for(".mandate", number=number, mandate=mandate)

        location, error = attempt(form, act)
        if error is None:
            return see_other(location)
    return page(
        "voting/mandates.html",
        status=error.status if error else 422 if form.errors else 200,
        **about_desk(found),
        form=form,
        rows=queries.mandates(found),
        legend=legend(found)[:-1] if found.terms.selection != ONE else [],
        refusal=annulled_refusal(found.annulled_at is not None) or proxy_refusal(found.terms),
        open=found.state in (PLANNED, OPEN) and found.frozen_at is not None,
        problem=said(error.refusal) if error else "",
    )


@pages.get("/polls/<int:number>/desk/mandates/<int:mandate>")
@access(SEE_DESK)
def mandate(number: int, mandate: int) -> Response:
    """One mandate with its scan."""
    found = queries.get_by_number(community().id, number)
    row = queries.get_mandate(found, mandate)
    subject, here = Ref(KIND, row.id), community().id
    desk = may(actor(), RECEIVE_BALLOT, here)
    return page(
        "voting/mandate.html",
        **about_desk(found),
        row=row,
        files=house().files(here, subject, actor()),
        add_url=house().add_file(actor(), here, subject, found.matter, request.path, SEE_SCAN) if desk else "",
        form=ReasonForm.from_request(),
        refusal=revoke_refusal(
            revoked=row.revoked_at is not None, owner=False, desk=desk, declared=found.declared_at is not None
        ),
    )


@pages.post("/polls/<int:number>/desk/mandates/<int:mandate>/revoke")
@access(RECEIVE_BALLOT)
def revoke_at_desk(number: int, mandate: int) -> AnyResponse:
    """The owner came to the desk to take a mandate back."""
    found = queries.get_by_number(community().id, number)
    form = ReasonForm.from_request()
    reason = form.reason.data or ""

    def act() -> str:
        actions.revoke_mandate(actor(), found.id, mandate, reason)
        return url_for(".mandate", number=number, mandate=mandate)

    return see_other(hand_in(form, act))


@pages.route("/polls/<int:number>/mandates/<int:mandate>/revoke", methods=["GET", "POST"])
@access(CAST_BALLOT)
def revoke_mandate(number: int, mandate: int) -> AnyResponse:
    """The owner takes a mandate back, and may vote in person."""
    found = queries.get_by_number(community().id, number)
    mine = {own.line.id: own for own in queries.lines_of(found, actor().acts_as) if own.mandate_id is None}
    row = queries.get_mandate(found, mandate)
    if row.entry_id not in mine:
        raise NotFound(N_("这次表决没有这份委托。"))
    form = ReasonForm.from_request(reason=_("业主本人撤销"))

    def act() -> str:
        actions.revoke_mandate(actor(), found.id, mandate, _("业主本人撤销"))
        return url_for(".poll", number=number)

    if request.method == "POST":
        return see_other(hand_in(form, act))
    return page(
        "voting/revoke_mandate.html",
        **about_poll(found),
        row=row,
        form=form,
        refusal=revoke_refusal(
            revoked=row.revoked_at is not None, owner=True, desk=False, declared=found.declared_at is not None
        ),
    )
