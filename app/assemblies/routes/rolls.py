"""One's own lines of the roll, corrections before the freeze, objections after, and their answers."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.assemblies import actions, queries
from app.assemblies.forms import AnswerForm, CorrectionForm, ObjectionForm
from app.assemblies.permissions import ANSWER_CORRECTION, ANSWER_OBJECTION, ASK_CORRECTION, OBJECT_TO_VOTE
from app.assemblies.queries import AssemblyRow
from app.assemblies.routes.blueprint import pages
from app.assemblies.routes.reading import about
from app.assemblies.rules import OWNERS, kinds_of
from app.core import clock
from app.core.context import actor, community
from app.core.errors import HouseError
from app.core.forms import attempt
from app.core.handing import answer_form
from app.core.house import describe
from app.core.i18n import said, zone
from app.core.pages import access, page, see_other
from app.core.permissions import PUBLIC, may
from app.core.values import Ref
from app.register.rules import BASES, USES


def _found(number: int) -> tuple[AssemblyRow, dict[str, Any]]:
    found = queries.get_assembly(community().id, number)
    return found, about(found, queries.items_of([found.id])[found.id])


@pages.route("/assemblies/<int:number>/roll", methods=["GET", "POST"])
@access(ASK_CORRECTION)
def own_lines(number: int) -> Response:
    """What the roll says of the reader: units, area, head, who may vote, or that they live here; and asking to correct it."""
    found, values = _found(number)
    form: CorrectionForm = CorrectionForm.from_request(key=request.args.get("key", ""))
    form.offer(found.electorate)

    def act() -> str:
        actions.ask_correction(
            actor(),
            community().id,
            number,
            form.key.data or "",
            form.kind.data,
            form.reason.data or "",
            form.hundredths,
        )
        return url_for(".own_lines", number=number) + "#asked"

    return answer_form(form, act, "assemblies/own_lines.html", later=lambda: _own_lines(found), **values)


def _own_lines(found: AssemblyRow) -> dict[str, Any]:
    person = queries.person_of(actor(), community().id)
    day = (found.opens_at or clock.now()).astimezone(zone()).date()
    owners = found.electorate == OWNERS
    units = queries.preview_on(community().id, day) if owners and person else []
    lines = [line for line in units if person and person.id in line.owners]
    people = [] if owners else queries.roll_on(found.id, community().id, found.electorate, day)
    counts = queries.uses_on(community().id, day)
    return {
        "person": person,
        "lines": lines,
        "me_on_roll": next((one for one in people if person in one.voters), None),
        "counts": counts,
        "heads": len({line.entry.head for line in lines}),
        "uses": USES,
        "bases": BASES,
        "changes": {change.key: change for change in queries.accepted_changes(found.id)},
        "asked": [one for one in queries.corrections(found.id) if person and one.person_id == person.id],
        "kinds": kinds_of(found.electorate),
    }


@pages.route("/assemblies/<int:number>/corrections", methods=["GET", "POST"])
@access(ANSWER_CORRECTION)
def corrections(number: int) -> Response:
    """The corrections that owners or residents asked for, and the desk's answers."""
    found, values = _found(number)
    form: AnswerForm = AnswerForm.from_request()

    def act() -> str:
        verdict, asked = form.verdict.data == "yes", _whole(form.number.data)
        actions.answer_correction(actor(), community().id, number, asked, verdict, form.answer.data or "")
        return url_for(".corrections", number=number)

    def asked() -> dict[str, Any]:
        rows = queries.corrections(found.id)
        return {"rows": rows, "who": describe({Ref("person", row.person_id) for row in rows})}

    return answer_form(
        form,
        act,
        "assemblies/corrections.html",
        later=asked,
        **values,
        person_of=lambda row: Ref("person", row.person_id),
        kinds=kinds_of(found.electorate),
    )


@pages.route("/assemblies/<int:number>/objections", methods=["GET", "POST"])
@access(PUBLIC)
def objections(number: int) -> Response:
    """Objections with their answers, for everybody to read; owners raise theirs here."""
    found, values = _found(number)
    form: ObjectionForm = ObjectionForm.from_request()

    def act() -> str:
        actions.raise_objection(actor(), community().id, number, form.key.data or "", form.reason.data or "")
        return url_for(".objections", number=number)

    return answer_form(
        form,
        act,
        "assemblies/objections.html",
        later=lambda: {"rows": queries.objections(found.id)},
        **values,
        answer=AnswerForm() if may(actor(), ANSWER_OBJECTION, community().id) else None,
        may_object=may(actor(), OBJECT_TO_VOTE, community().id),
    )


@pages.post("/assemblies/<int:number>/objections/answer")
@access(ANSWER_OBJECTION)
def answer_objection(number: int) -> Response:
    """Answer an objection."""
    found, values = _found(number)
    form: AnswerForm = AnswerForm.from_request()
    problem: HouseError | None = None
    if form.sent_well():

        def act() -> str:
            upheld, raised = form.verdict.data == "yes", _whole(form.number.data)
            actions.answer_objection(actor(), community().id, number, raised, upheld, form.answer.data or "")
            return url_for(".objections", number=number)

        where, problem = attempt(form, act)
        if problem is None:
            return see_other(where)
    return page(
        "assemblies/objections.html",
        status=problem.status if problem else 422,
        **values,
        form=ObjectionForm(),
        answer=form,
        problem=said(problem.refusal) if problem else "",
        rows=queries.objections(found.id),
        may_object=False,
    )


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
