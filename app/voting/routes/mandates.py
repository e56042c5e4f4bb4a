"""Written mandates: registered and listed at the desk; taken back there, or by the owner on their own page."""

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3

from app.core.context import actor, community
from app.core.errors import NotFound
from app.core.forms import HouseForm, deliver, status_of
from app.core.house import house
from app.core.i18n import _
from app.core.pages import access, page, see_other
from app.core.permissions import may
from app.core.values import Ref, Refusal
from app.core.words import N_
from app.voting import actions, queries
from app.voting.forms import MandateForm, ReasonForm, words
from app.voting.forms.desk import phone_of
from app.voting.permissions import CAST_BALLOT, RECEIVE_BALLOT, SEE_DESK, SEE_SCAN
from app.voting.queries import MandateRow, PollRow
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
    typed, name, well = form.typed.data or "", form.name.data or "", form.sent_well()
    told = form.told_marks(found.terms) if request.method == "POST" else None
    late = annulled_refusal(found.annulled_at is not None) or proxy_refusal(found.terms) or _untimely(found)

    def act() -> str:
        mandate = actions.register_mandate(actor(), found.id, typed, name, phone_of(form), told)
        return url_for(".mandate", number=number, mandate=mandate)

    location, problem = "", None
    if late is not None or (well and not form.errors):
        location, problem = deliver(form, act, late)
    if location:
        return see_other(location)
    return page(
        "voting/mandates.html",
        status=status_of(form, problem),
        **about_desk(found),
        form=form,
        rows=queries.mandates(found),
        legend=legend(found)[:-1] if found.terms.selection != ONE else [],
        refusal=late and (problem or late),
        problem=problem,
    )


def _untimely(found: PollRow) -> Refusal | None:
    """Mandates are registered from the day on which the roll is frozen, until the close."""
    if found.frozen_at is None:
        return Refusal(N_("名册定下来以后，才能登记委托。"))
    return None if found.state in (PLANNED, OPEN) else Refusal(N_("投票已经截止，不能再登记委托。"))


@pages.get("/polls/<int:number>/desk/mandates/<int:mandate>")
@access(SEE_DESK)
def mandate(number: int, mandate: int) -> Response:
    """One mandate with its scan."""
    found = queries.get_by_number(community().id, number)
    return _mandate_page(found, queries.get_mandate(found, mandate), ReasonForm.from_request())


def _mandate_page(found: PollRow, row: MandateRow, form: ReasonForm, problem: Refusal | None = None) -> Response:
    subject, here = Ref(KIND, row.id), community().id
    desk = may(actor(), RECEIVE_BALLOT, here)
    return page(
        "voting/mandate.html",
        status=status_of(form, problem),
        **about_desk(found),
        row=row,
        files=house().files(here, subject, actor()),
        add_url=house().add_file(actor(), here, subject, found.matter, request.path, SEE_SCAN) if desk else "",
        form=form,
        problem=problem,
        refusal=_unrevoked(found, row, desk=desk),
    )


def _unrevoked(found: PollRow, row: MandateRow, *, owner: bool = False, desk: bool = False) -> Refusal | None:
    """Why a mandate cannot be taken back."""
    declared = found.declared_at is not None
    return revoke_refusal(revoked=row.revoked_at is not None, owner=owner, desk=desk, declared=declared)


@pages.post("/polls/<int:number>/desk/mandates/<int:mandate>/revoke")
@access(RECEIVE_BALLOT)
def revoke_at_desk(number: int, mandate: int) -> AnyResponse:
    """The owner came to the desk to take a mandate back."""
    found = queries.get_by_number(community().id, number)
    row, form = queries.get_mandate(found, mandate), ReasonForm.from_request()

    def act() -> str:
        actions.revoke_mandate(actor(), found.id, mandate, form.reason.data or "")
        return url_for(".mandate", number=number, mandate=mandate)

    location, problem = deliver(form, act, _unrevoked(found, row, desk=True))
    return see_other(location) if location else _mandate_page(found, row, form, problem)


@pages.route("/polls/<int:number>/mandates/<int:mandate>/revoke", methods=["GET", "POST"])
@access(CAST_BALLOT)
def revoke_mandate(number: int, mandate: int) -> AnyResponse:
    """The owner takes a mandate back, and may vote in person."""
    found = queries.get_by_number(community().id, number)
    mine = {own.line.id: own for own in queries.lines_of(found, actor().acts_as) if own.mandate_id is None}
    row = queries.get_mandate(found, mandate)
    if row.entry_id not in mine:
        raise NotFound(N_("这次表决没有这份委托。"))
    form = HouseForm.from_request()

    def act() -> str:
        actions.revoke_mandate(actor(), found.id, mandate, _("业主本人撤销"))
        return url_for(".poll", number=number)

    late = _unrevoked(found, row, owner=True)
    location, problem = deliver(form, act, late)
    if location:
        return see_other(location)
    values = {"row": row, "form": form, "refusal": problem or late}
    return page("voting/revoke_mandate.html", status=status_of(form, problem), **about_poll(found), **values)
