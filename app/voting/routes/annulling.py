"""Annulling a vote, with its reason for everybody to read."""

from flask import url_for
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from app.core.context import actor, community
from app.core.forms import HouseForm
from app.core.handing import answer_kept
from app.core.i18n import _l
from app.core.pages import access
from app.voting import actions, queries
from app.voting.permissions import ANNUL_POLL
from app.voting.routes.blueprint import pages
from app.voting.routes.view import about_poll
from app.voting.rules import annul_refusal
from app.voting.rules.annulment import SHORTEST_REASON


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
    late = annul_refusal(found.terms, found.annulled_at is not None, "-" * SHORTEST_REASON)

    def act() -> str:
        actions.annul_poll(actor(), found.id, form.reason.data or "")
        return url_for(".poll", number=number)

    return answer_kept(form, act, "voting/annul_poll.html", late, later=lambda: about_poll(found))
