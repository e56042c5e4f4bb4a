"""Minutes: reading, objecting, answering, signing, on paper; and the tasks that meetings gave."""

from typing import Any

from flask import Response as Download
from flask import make_response, request, url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import actor, community
from app.core.errors import Forbidden
from app.core.forms import hand_in
from app.core.handing import answer_kept
from app.core.house import describe
from app.core.pages import access, page, see_other
from app.core.permissions import PUBLIC, may
from app.core.values import Refusal
from app.core.words import N_
from app.council import actions, queries
from app.council.forms import AnswerObjectionForm, FinishForm, ObjectForm, SignForm, TaskForm
from app.council.permissions import (
    ANSWER_OBJECTION,
    ASSIGN_TASK,
    FINISH_TASK,
    OBJECT_TO_MINUTES,
    READ_DRAFT_MINUTES,
    SIGN_MINUTES,
)
from app.council.queries import MinutesView
from app.council.routes.blueprint import pages
from app.council.routes.meetings import here
from app.council.rules.drafting import CORRECTABLE, TASK
from app.council.rules.meetings import session_refusal
from app.council.rules.minutes import answer_refusal, object_refusal
from app.council.rules.seats import ARTICLE, PARTY_NAMES
from app.council.rules.tasks import finish_refusal
from app.council.serializers import minutes_pdf

UNPUBLISHED = Refusal(N_("纪要还没有公布。四方签署以后，当天公开。"), article=ARTICLE)


def _view(number: int) -> MinutesView:
    return queries.minutes_view(community(), number, actor().acts_as)


def _may_read(view: MinutesView) -> bool:
    return view.minutes.published_at is not None or may(actor(), READ_DRAFT_MINUTES, community().id)


@pages.get("/meetings/<int:number>/minutes")
@access(PUBLIC)
def minutes(number: int) -> Response:
    """The minutes of a meeting: what was resolved, the paper itself, who signed, what is to be done."""
    view, now = _view(number), clock.now()
    due = view.hall.mine
    return page(
        "council/minutes.html",
        view=view,
        meeting=view.hall.meeting,
        minutes=view.minutes,
        stage=view.minutes.standing.stage(now),
        readable=_may_read(view),
        hidden=UNPUBLISHED,
        matters=describe(item.matter for item in view.hall.items),
        form=SignForm.from_request(),
        no_signature=view.sign_refusal(now) if may(actor(), SIGN_MINUTES, community().id) else None,
        no_objection=object_refusal(view.minutes.standing, now, "paragraph", "____", was_due=due is not None),
        party_names=PARTY_NAMES,
        may_sign=SIGN_MINUTES,
        may_object=OBJECT_TO_MINUTES,
        may_answer=ANSWER_OBJECTION,
        may_read=READ_DRAFT_MINUTES,
    )


@pages.get("/meetings/<int:number>/minutes.pdf")
@access(PUBLIC)
def minutes_as_pdf(number: int) -> Download:
    """The minutes as A4 pages for the archive and the notice board."""
    view = _view(number)
    if not _may_read(view):
        raise Forbidden(UNPUBLISHED)
    response = make_response(minutes_pdf(view))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="minutes-{number}-v{view.minutes.version}.pdf"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@pages.get("/meetings/<int:number>/minutes/versions/<int:version>")
@access(READ_DRAFT_MINUTES)
def minutes_version(number: int, version: int) -> Response:
    """An earlier text of the minutes."""
    view = _view(number)
    blocks, made_at = queries.get_version(view.minutes.id, version)
    return page(
        "council/minutes_version.html",
        view=view,
        meeting=view.hall.meeting,
        blocks=blocks,
        made_at=made_at,
        version=version,
    )


@pages.post("/meetings/<int:number>/minutes/sign")
@access(SIGN_MINUTES)
def sign_minutes(number: int) -> Response:
    """Somebody signs for their party."""
    view = _view(number)
    form = SignForm.from_request()
    where = url_for(".minutes", number=number)
    if not form.sent_well():
        return see_other(f"{where}?unchecked=1#sign")

    def act() -> str:
        actions.sign_minutes(actor(), view.hall.meeting.id)
        return where

    return see_other(hand_in(form, act))


@pages.route("/meetings/<int:number>/minutes/object", methods=["GET", "POST"])
@access(OBJECT_TO_MINUTES)
def object_to_minutes(number: int) -> Response:
    """A member says what a paragraph gets wrong."""
    view = _view(number)
    form = ObjectForm.from_request()
    form.block.choices = [(at, block.text) for at, block in enumerate(view.minutes.blocks) if block.kind in CORRECTABLE]
    due = view.hall.mine is not None
    refusal = object_refusal(view.minutes.standing, clock.now(), "paragraph", "____", was_due=due)

    def act() -> str:
        actions.object_to_minutes(actor(), view.hall.meeting.id, form.block.data, form.reason.data)
        return url_for(".minutes", number=number) + "#objections"

    return answer_kept(form, act, "council/object_to_minutes.html", refusal, view=view, meeting=view.hall.meeting)


@pages.route("/meetings/<int:number>/minutes/objections/<int:objection>/answer", methods=["GET", "POST"])
@access(ANSWER_OBJECTION)
def answer_objection(number: int, objection: int) -> Response:
    """The secretary accepts an objection with a new text, or refuses it with a reason."""
    view = _view(number)
    found = queries.get_objection(view.minutes.id, objection)
    block = view.minutes.blocks[found.block]
    words = queries.get_task(community().id, block.ref).text if block.kind == TASK else block.text
    form = AnswerObjectionForm.from_request(text=words)
    answered = found.answered_at is not None
    refusal = answer_refusal(view.minutes.standing, answered=answered, accepted=False, text="", reason="____")

    def act() -> str:
        accepted = request.form.get("decision") == "accept"
        answer = (accepted, form.text.data or "", form.reason.data or "")
        actions.answer_objection(actor(), view.hall.meeting.id, objection, *answer)
        return url_for(".minutes", number=number) + "#objections"

    values: dict[str, Any] = {"view": view, "meeting": view.hall.meeting, "objection": found, "block": block}
    return answer_kept(form, act, "council/answer_objection.html", refusal, **values)


@pages.get("/tasks")
@access(PUBLIC)
def tasks() -> Response:
    """What meetings charged the parties with, and how it stands."""
    return page(
        "council/tasks.html",
        open=queries.tasks(community().id, done=False),
        done=queries.tasks(community().id, done=True, limit=30),
        party_names=PARTY_NAMES,
        may_finish=FINISH_TASK,
    )


@pages.route("/meetings/<int:number>/tasks/new", methods=["GET", "POST"])
@access(ASSIGN_TASK)
def assign_task(number: int) -> Response:
    """The meeting charges a party with a task."""
    view = here(number)
    form = TaskForm.from_request(item=request.args.get("item", ""))
    form.item.choices = [("", N_("会议本身")), *((str(item.id), item.title) for item in view.items)]

    def act() -> str:
        item = int(form.item.data) if form.item.data else None
        task = (form.party.data, form.due_day.data, form.text.data, item)
        actions.assign_task(actor(), view.meeting.id, *task)
        return url_for(".meeting", number=number) + "#tasks"

    refusal = session_refusal(view.meeting.sitting)
    return answer_kept(form, act, "council/assign_task.html", refusal, meeting=view.meeting)


@pages.route("/tasks/<int:task>/finish", methods=["GET", "POST"])
@access(FINISH_TASK)
def finish_task(task: int) -> Response:
    """The party that owes a task reports how it was done."""
    found = queries.get_task(community().id, task)
    form = FinishForm.from_request()

    def act() -> str:
        actions.finish_task(actor(), community().id, task, form.note.data)
        return url_for(".tasks")

    refusal = finish_refusal(done=found.done_at is not None, published=True, of_party=True, note="____")
    return answer_kept(form, act, "council/finish_task.html", refusal, task=found, party_names=PARTY_NAMES)
