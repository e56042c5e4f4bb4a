"""The list that an owners' decision is filed with."""

from typing import Literal

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.context import actor, community
from app.core.errors import NotFound
from app.core.forms import HouseForm, hand_in
from app.core.pages import access, page, see_other
from app.core.secrets import read_paper_code
from app.core.streams import streamed
from app.core.words import N_
from app.journal import queries as journal
from app.voting import actions, queries, serializers
from app.voting.permissions import EXPORT_VOTES
from app.voting.queries.exports import export_lines
from app.voting.routes.blueprint import pages
from app.voting.routes.view import about_poll
from app.voting.rules import export_refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_FILE = N_("没有这份导出的清单。请从这次表决的页面重新导出。")


@pages.route("/polls/<int:number>/export", methods=["GET", "POST"])
@access(EXPORT_VOTES)
def export_votes(number: int) -> AnyResponse:
    """What is in the list and who sees that it was taken out; then it is made."""
    found = queries.get_by_number(community().id, number)
    form = HouseForm.from_request()
    if request.method == "POST":
        kind: Literal["csv", "xlsx"] = "xlsx" if request.form.get("form") == "xlsx" else "csv"

        def act() -> str:
            code = actions.export_votes(actor(), found.id, kind)
            return url_for(".exported_votes", number=number, code=code, ending=kind)

        return see_other(hand_in(form, act))
    refusal = export_refusal(found.terms, declared=found.declared_at is not None)
    return page("voting/export_votes.html", **about_poll(found), form=form, refusal=refusal)


@pages.get("/polls/<int:number>/export/<code>.<any(csv, xlsx):ending>")
@access(EXPORT_VOTES)
def exported_votes(number: int, code: str, ending: str) -> Response:
    """The list that the record says was taken out. Raises NotFound for any other."""
    here = community()
    found = queries.get_by_number(here.id, number)
    told = journal.get_receipt(here.id, read_paper_code(code)).line
    if (told.event, told.told.get("poll_id")) != ("VotesExported", found.id):
        raise NotFound(NO_FILE)
    lines = export_lines(found)
    if ending == "csv":
        response = streamed(serializers.votes_csv(lines), "text/csv; charset=utf-8")
    else:
        response = Response(serializers.votes_xlsx(lines), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{here.slug}-{number}-votes.{ending}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
