"""The result of a vote as a paper for the notice board."""

import segno
from flask import current_app, url_for
from werkzeug.wrappers import Response

from app.core.context import actor, community
from app.core.i18n import _
from app.core.pages import access, fresh, page
from app.core.permissions import PUBLIC
from app.voting import queries
from app.voting.forms import words
from app.voting.routes.blueprint import pages
from app.voting.routes.method import method_shown
from app.voting.routes.view import about_poll, court_until
from app.voting.rules import DECLARED, OUTCOME_WORDS


@pages.get("/polls/<int:number>/result")
@access(PUBLIC)
def result(number: int) -> Response:
    """What was decided, every condition with its numbers and its arithmetic, and how to check it; made for printing."""
    found = queries.get_by_number(community().id, number)
    declared = found.state == DECLARED
    view = queries.view(found, actor().acts_as) if declared else None
    address = current_app.config["PUBLIC_URL"] + url_for(".poll", number=number)
    return fresh(
        page(
            "voting/result.html",
            **about_poll(found),
            view=view,
            refused=queries.counts(found.id).refused if view else {},
            made_void=queries.counts(found.id).void if view else 0,
            shown=method_shown(found.terms, view) if view else None,
            outcome_word=_(OUTCOME_WORDS[found.outcome]) if found.outcome else "",
            until=court_until(found),
            address=address,
            qr_rows=[[bool(dot) for dot in row] for row in segno.make(address, error="m", micro=False).matrix],
            words=words,
        )
    )
