"""What the desk refused: the list, one refusal, and how one that was a mistake is undone."""

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.context import actor, community
from app.core.errors import HouseError
from app.core.forms import HouseForm, attempt
from app.core.house import house
from app.core.pages import access, page, see_other
from app.core.permissions import may
from app.voting import actions, queries
from app.voting.forms import ReasonForm, TakeForm
from app.voting.permissions import RECEIVE_BALLOT, SEE_DESK, SEE_SCAN, UNDO_REFUSAL
from app.voting.queries import PollRow, RefusedRow
from app.voting.routes.blueprint import pages
from app.voting.routes.desk import about_desk, numbered
from app.voting.rules import COUNTING, DECLARED, OPEN, came_late, undo_refusal


@pages.get("/polls/<int:number>/desk/refused")
@access(SEE_DESK)
def refused_ballots(number: int) -> Response:
    """Everything that the desk refused, newest first, and how many for which reason."""
    found = queries.get_by_number(community().id, number)
    return page(
        "voting/refused_ballots.html",
        **about_desk(found),
        **numbered(found, queries.refused),
        refused=queries.counts(found.id).refused,
        open=found.state in (OPEN, COUNTING, DECLARED) and found.annulled_at is None and found.frozen_at is not None,
    )


@pages.get("/polls/<int:number>/desk/refused/<int:refused>")
@access(SEE_DESK)
def refused_ballot(number: int, refused: int) -> Response:
    """One refusal: why, how and when the ballot came, its scan; undone where it was a mistake."""
    found = queries.get_by_number(community().id, number)
    return _refused_page(found, queries.get_refused(found, refused))


def _refused_page(
    found: PollRow,
    row: RefusedRow,
    take: TakeForm | None = None,
    drop: ReasonForm | None = None,
    error: HouseError | None = None,
    why: str | None = None,
) -> Response:
    subject, here = queries.refused_ref(row.id), community().id
    wrong = any(form is not None and form.errors for form in (take, drop))
    once = HouseForm.from_request().once.data
    return page(
        "voting/refused_ballot.html",
        status=error.status if error else 422 if wrong else 200,
        **about_desk(found),
        row=row,
        account=actor().account_id,
        may_undo=may(actor(), UNDO_REFUSAL, here),
        late=came_late(found.terms, row.refused_at),
        why=why,
        settled=undo_refusal(
            found.terms,
            row.refused_at,
            clock.now(),
            "-",
            undone=row.undone_at is not None,
            mine=row.refused_by == actor().account_id,
            declared=found.declared_at is not None,
        ),
        take=take or TakeForm(once=once),
        drop=drop or ReasonForm(once=once),
        problem=error.refusal if error else None,
        files=house().files(here, subject, actor()),
        add_url=house().add_file(actor(), here, subject, found.matter, request.path, SEE_SCAN)
        if may(actor(), RECEIVE_BALLOT, here)
        else "",
    )


@pages.post("/polls/<int:number>/desk/refused/<int:refused>/receive")
@access(UNDO_REFUSAL)
def receive_refused(number: int, refused: int) -> AnyResponse:
    """The ballot was refused by mistake and is received after all; or it is of another unit, where it cannot count either."""
    found = queries.get_by_number(community().id, number)
    row, form = queries.get_refused(found, refused), TakeForm.from_request()
    late = came_late(found.terms, row.refused_at)
    error: HouseError | None = None
    why: str | None = None
    if form.sent_well():
        typed, reason = form.typed.data or "", form.reason.data or ""

        def act() -> str:
            if late or request.form.get("step") == "refuse":
                [first, *_rest] = actions.correct_refusal(actor(), found.id, refused, typed, reason)
                return url_for(".refused_ballot", number=number, refused=first)
            [first, *_rest] = actions.receive_refused(actor(), found.id, refused, typed, reason)
            return url_for(".intake", number=number, intake=first)

        location, error = attempt(form, act)
        if error is None:
            return see_other(location)
        why = None if late else queries.may_be_refused(found, row.channel, typed, row.refused_at)
    return _refused_page(found, row, take=form, error=error, why=why)


@pages.post("/polls/<int:number>/desk/refused/<int:refused>/withdraw")
@access(UNDO_REFUSAL)
def withdraw_refusal(number: int, refused: int) -> AnyResponse:
    """There is no ballot behind a refusal: it is taken back."""
    found = queries.get_by_number(community().id, number)
    row, form = queries.get_refused(found, refused), ReasonForm.from_request()
    error: HouseError | None = None
    if form.sent_well():
        reason = form.reason.data or ""

        def act() -> str:
            actions.withdraw_refusal(actor(), found.id, refused, reason)
            return url_for(".refused_ballot", number=number, refused=refused)

        location, error = attempt(form, act)
        if error is None:
            return see_other(location)
    return _refused_page(found, row, drop=form, error=error)
