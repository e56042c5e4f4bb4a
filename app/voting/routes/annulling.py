"""Annulling a vote, with its reason for everybody to read."""

from flask import url_for
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from app.core.context import actor, community
from app.core.forms import HouseForm, attempt
from app.core.i18n import _l
from app.core.pages import access, page, see_other
from app.voting import actions, queries
from app.voting.permissions import ANNUL_POLL
from app.voting.routes.blueprint import pages
from app.voting.routes.view import about_poll


class AnnulForm(HouseForm):
    """Why a vote is annulled."""

    reason = TextAreaField(
        _l("为什么撤销"),
        [InputRequired(_l("请写清为什么撤销"))],
        description=_l("写事实和依据，例如哪一条程序没有做到、法院哪一份判决。大家都会看到，以后不能改。"),
    )


@pages.route("/polls/<int:number>/annul", methods=["GET", "POST"])
@access(ANNUL_POLL)
def annul_poll(number: int) -> Response:
    """Annul a vote: what ends with it stands above the form."""
    found = queries.get_by_number(community().id, number)
    form = AnnulForm.from_request()
    problem = None
    if form.sent_well():

        def act() -> str:
            actions.annul_poll(actor(), found.id, form.reason.data or "")
            return url_for(".poll", number=number)

        location, problem = attempt(form, act)
        if problem is None:
            return see_other(location)
    return page(
        "voting/annul_poll.html",
        **about_poll(found),
        form=form,
        problem=problem.refusal if problem else None,
        status=409 if problem else 422 if form.errors else 200,
    )
