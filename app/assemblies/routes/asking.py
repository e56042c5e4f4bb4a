"""A fifth may ask for an assembly."""

from flask import request, url_for
from werkzeug.wrappers import Response

from app.assemblies import actions, queries, rules
from app.assemblies.forms import RequestForm
from app.assemblies.permissions import ASK_FOR_ASSEMBLY, CONVENE_ASSEMBLY
from app.assemblies.routes.blueprint import pages
from app.assemblies.routes.reading import ELECTORATES
from app.bylaws.queries import law
from app.core import clock
from app.core.context import actor, community
from app.core.forms import HouseForm, hand_in
from app.core.handing import answer_form
from app.core.house import whose_turn
from app.core.i18n import _
from app.core.pages import access, page, see_other
from app.core.permissions import PUBLIC, may
from app.core.values import Ref


@pages.route("/assemblies/requests/new", methods=["GET", "POST"])
@access(ASK_FOR_ASSEMBLY)
def ask_for_assembly() -> Response:
    """Begin to ask for an assembly."""
    form: RequestForm = RequestForm.from_request(electorate=rules.OWNERS)

    def act() -> str:
        number = actions.ask_for_assembly(
            actor(), community().id, form.electorate.data, form.title.data or "", form.reason.data or ""
        )
        return url_for(".assembly_request", number=number)

    return answer_form(form, act, "assemblies/ask_for_assembly.html")


@pages.get("/assemblies/requests/<int:number>")
@access(PUBLIC)
def assembly_request(number: int) -> Response:
    """Who asks for what, how many do, and by when it has to be called."""
    row = queries.get_request(community().id, number)
    fraction = law(community().id, rules.ROWS[row.electorate], clock.today(community().zone))
    mine = set(actor().refs("person"))
    return page(
        "assemblies/assembly_request.html",
        row=row,
        kind=_(ELECTORATES[row.electorate]),
        fraction=fraction,
        needed=row.asking + rules.still_missing(row.asking, row.total, fraction),
        supports=bool(mine.intersection(queries.supporters(row.id))),
        may_ask=may(actor(), ASK_FOR_ASSEMBLY, community().id),
        convenes=may(actor(), CONVENE_ASSEMBLY, community().id),
        turns=whose_turn(Ref(queries.REQUEST, row.id), actor()),
        once=HouseForm.from_request(),
    )


@pages.post("/assemblies/requests/<int:number>/support")
@access(ASK_FOR_ASSEMBLY)
def support_request(number: int) -> Response:
    """Ask, too, or no longer (`undo`)."""

    def act() -> str:
        change = actions.leave_request if request.form.get("undo") else actions.support_request
        change(actor(), community().id, number)
        return url_for(".assembly_request", number=number)

    return see_other(hand_in(HouseForm.from_request(), act))
