"""Registering an organisation, its page, and keeping it right."""

from urllib.parse import quote

from flask import request, url_for
from werkzeug.wrappers import Response

from app.core.context import actor, me
from app.core.errors import HouseError
from app.core.forms import hand_in
from app.core.i18n import said
from app.core.limits import spend
from app.core.pages import access, page, see_other, site_pages
from app.core.permissions import PUBLIC
from app.core.values import Actor
from app.identity.actions import create_account
from app.organisations import actions, queries
from app.organisations.forms import ParticularsForm, RegisterForm, RegisterWithAccountForm
from app.organisations.permissions import REVISE_ORGANISATION
from app.organisations.rules import KINDS, member_refusal

pages = site_pages("organisations")
REGISTER_RATE = "20/hour"


def _next(organisation_id: int) -> str:
    """Back to the tender from which somebody came to register; an address of this site only."""
    wanted = request.args.get("next", "")
    ours = wanted.startswith("/c/") and "\\" not in wanted and "\n" not in wanted and "\r" not in wanted
    return wanted if ours else url_for("organisations.organisation", organisation_id=organisation_id)


def _particulars(form: ParticularsForm) -> actions.Particulars:
    return actions.Particulars(
        form.name.data or "",
        form.contact.data or "",
        form.phone.data or "",
        form.summary.data or "",
        form.address.data or "",
    )


@pages.route("/organisations/new", methods=["GET", "POST"])
@access(PUBLIC)
def register_organisation() -> Response:
    """Register once, with or without an account, and go on where you came from."""
    form = (RegisterForm if me() else RegisterWithAccountForm).from_request()
    problem, status = "", 200
    if form.sent_well():

        def act() -> str:
            who = actor()
            if me() is None:
                who = Actor(create_account(form.own_name.data, form.login.data, form.password.data))
            organisation_id = actions.register_organisation(
                who, form.credit_code.data, form.kind.data, _particulars(form)
            )
            path = _next(organisation_id)
            return path if me() else f"/sign-in?next={quote(path)}"

        try:
            spend("register-organisation", request.remote_addr or "", REGISTER_RATE)
            return see_other(hand_in(form, act))
        except HouseError as error:
            problem, status = said(error.refusal), 422 if error.status == 409 else error.status
    elif form.errors:
        status = 422
    return page("organisations/register_organisation.html", form=form, problem=problem, status=status)


@pages.get("/organisations/<int:organisation_id>")
@access(PUBLIC)
def organisation(organisation_id: int) -> Response:
    """What an organisation says of itself; its telephone number for its own people only."""
    found = queries.get_organisation(organisation_id)
    reader = me()
    own = reader is not None and queries.is_member(organisation_id, reader.account_id)
    contact = queries.get_contact(organisation_id) if own else None
    return page("organisations/organisation.html", organisation=found, contact=contact, kinds=KINDS, own=own)


@pages.route("/organisations/<int:organisation_id>/edit", methods=["GET", "POST"])
@access(REVISE_ORGANISATION)
def revise_organisation(organisation_id: int) -> Response:
    """Keep the particulars right."""
    found = queries.get_organisation(organisation_id)
    refusal = member_refusal(queries.is_member(organisation_id, actor().account_id))
    values: dict[str, str] = {}
    if refusal is None:
        contact = queries.get_contact(organisation_id)
        values = {
            "name": found.name,
            "summary": found.summary,
            "address": found.address,
            "contact": contact.name,
            "phone": contact.phone,
        }
    form = ParticularsForm.from_request(**values)
    if form.sent_well():

        def act() -> str:
            actions.revise_organisation(actor(), organisation_id, _particulars(form))
            return url_for(".organisation", organisation_id=organisation_id)

        return see_other(hand_in(form, act))
    return page(
        "organisations/revise_organisation.html",
        form=form,
        organisation=found,
        refusal=refusal,
        status=422 if form.errors else 200,
    )
