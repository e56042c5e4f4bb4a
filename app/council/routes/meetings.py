"""Meetings: their list, their notice, the roll call, opening and closing."""

from collections.abc import Callable
from datetime import timedelta

from flask import request, url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import actor, community
from app.core.forms import deliver, hand_in, status_of
from app.core.handing import answer_kept
from app.core.house import describe
from app.core.pages import access, page, see_other
from app.core.permissions import PUBLIC
from app.core.values import Refusal
from app.core.words import N_
from app.council import actions, queries
from app.council.forms import ConfirmForm, ConveneForm, ReasonForm
from app.council.permissions import (
    ASSIGN_TASK,
    CONVENE_MEETING,
    KEEP_ROLL,
    PRESIDE,
    READ_DRAFT_MINUTES,
    TAKE_PART,
)
from app.council.queries import MeetingView
from app.council.routes.blueprint import before, number_of, pages
from app.council.rules.meetings import (
    CONVENED,
    EARLY,
    IN_SESSION,
    cancel_refusal,
    check_in_refusal,
    close_refusal,
    first_day,
    open_refusal,
    roll_refusal,
)
from app.council.rules.seats import PARTY_NAMES, Seating

NONE_LEFT = N_("您选的事刚才已经列入别的会议，或者撤下了。现在没有事项等着上会。")


def here(number: int) -> MeetingView:
    """The meeting of an address."""
    return queries.meeting_view(community(), number, actor().acts_as)


def confirmed(act: Callable[[], object], where: str) -> Response:
    """A single button was pressed: do it once, and lead back."""
    form = ConfirmForm.from_request()

    def once() -> str:
        act()
        return where

    return see_other(hand_in(form, once))


@pages.get("/meetings")
@access(PUBLIC)
def meetings() -> Response:
    """What is coming, what was held, and what waits for the next meeting."""
    until = before()
    found = queries.meetings(community().id, until, queries.PAGE + 1)
    shown = found[: queries.PAGE]
    numbers = [meeting.id for meeting in shown]
    items = queries.items_of(numbers)
    return page(
        "council/meetings.html",
        coming=[one for one in reversed(shown) if one.stage in (CONVENED, IN_SESSION)],
        past=[one for one in shown if one.stage not in (CONVENED, IN_SESSION)],
        items={number: [item for item in items if item.meeting_id == number] for number in numbers},
        minutes=queries.minutes_of(numbers),
        waiting=queries.waiting_items(community().id) if until is None else [],
        next_before=shown[-1].number if len(found) > queries.PAGE else None,
        before=until,
        convene=CONVENE_MEETING,
    )


@pages.route("/meetings/new", methods=["GET", "POST"])
@access(CONVENE_MEETING)
def convene_meeting() -> Response:
    """The notice of a meeting: when, where, and which matters in which order."""
    waiting = queries.waiting_items(community().id)
    today = clock.today(community().zone)
    rule = queries.law_on(community().id, today)("council.notice", today)
    earliest = first_day(today, rule.whole)
    form = ConveneForm.from_request(day=earliest)

    def act() -> str:
        when, chosen = form.starts_at(community().zone), form.chosen(waiting)
        number = actions.convene_meeting(actor(), community().id, when, form.place.data, chosen)
        return url_for(".meeting", number=number)

    where, problem = deliver(form, act, None if waiting else Refusal(NONE_LEFT))
    if where:
        return see_other(where)
    return page(
        "council/convene_meeting.html",
        form=form,
        problem=problem,
        waiting=waiting,
        places=form.places(waiting),
        rule=rule,
        earliest=earliest,
        status=status_of(form, problem),
    )


@pages.get("/meetings/<int:number>")
@access(PUBLIC)
def meeting(number: int) -> Response:
    """One meeting: when and where, its matters, who has come, what was moved, what came of it."""
    view, now = here(number), clock.now()
    found = view.meeting
    mine = view.mine
    seat = mine[0] if mine else Seating(0, "", "", "")
    return page(
        "council/meeting.html",
        fragments=("_quorum",),
        view=view,
        meeting=found,
        matters=describe(item.matter for item in view.items),
        party_names=PARTY_NAMES,
        roll_open=roll_refusal(found.sitting, now) is None,
        roll_from=found.starts_at - EARLY,
        no_check_in=check_in_refusal(found.sitting, now, mine[1] if mine else None, seat),
        no_opening=open_refusal(found.sitting, now, view.quorum) if found.stage == CONVENED else None,
        no_closing=close_refusal(found.sitting, 1 if view.hanging else 0) if found.stage == IN_SESSION else None,
        late=now > found.starts_at + timedelta(minutes=30),
        may_take_part=TAKE_PART,
        may_preside=PRESIDE,
        may_keep_roll=KEEP_ROLL,
        may_convene=CONVENE_MEETING,
        may_assign=ASSIGN_TASK,
        may_read=READ_DRAFT_MINUTES,
        fresh=ConfirmForm.from_request,
    )


@pages.post("/meetings/<int:number>/check-in")
@access(TAKE_PART)
def check_in(number: int) -> Response:
    """A member says that they are here."""
    found = queries.get_meeting(community().id, number)
    return confirmed(lambda: actions.check_in(actor(), found.id), url_for(".meeting", number=number))


@pages.get("/meetings/<int:number>/roll")
@access(KEEP_ROLL)
def roll(number: int) -> Response:
    """The roll call, seat by seat."""
    view = here(number)
    return page(
        "council/roll.html",
        fragments=("_roll",),
        view=view,
        meeting=view.meeting,
        party_names=PARTY_NAMES,
        no_roll=roll_refusal(view.meeting.sitting, clock.now()),
        fresh=ConfirmForm.from_request,
    )


@pages.post("/meetings/<int:number>/roll/arrivals")
@access(KEEP_ROLL)
def record_arrival(number: int) -> Response:
    """Somebody came for a seat."""
    found = queries.get_meeting(community().id, number)
    seat_id, term_id = _number("seat"), _number("term")
    return confirmed(
        lambda: actions.record_arrival(actor(), found.id, seat_id, term_id), url_for(".roll", number=number)
    )


@pages.post("/meetings/<int:number>/roll/departures")
@access(KEEP_ROLL)
def record_leaving(number: int) -> Response:
    """Somebody left."""
    found = queries.get_meeting(community().id, number)
    seat_id = _number("seat")
    return confirmed(lambda: actions.record_leaving(actor(), found.id, seat_id), url_for(".roll", number=number))


def _number(name: str) -> int:
    return number_of(request.form.get(name, "")) or 0


@pages.post("/meetings/<int:number>/open")
@access(PRESIDE)
def open_meeting(number: int) -> Response:
    """The chair opens the meeting."""
    found = queries.get_meeting(community().id, number)
    return confirmed(lambda: actions.open_meeting(actor(), found.id), url_for(".meeting", number=number))


@pages.post("/meetings/<int:number>/close")
@access(PRESIDE)
def close_meeting(number: int) -> Response:
    """The chair closes the meeting."""
    found = queries.get_meeting(community().id, number)
    return confirmed(lambda: actions.close_meeting(actor(), found.id), url_for(".minutes", number=number))


@pages.route("/meetings/<int:number>/cancel", methods=["GET", "POST"])
@access(CONVENE_MEETING)
def cancel_meeting(number: int) -> Response:
    """The meeting is called off."""
    found = queries.get_meeting(community().id, number)
    form = ReasonForm.from_request()
    refusal = cancel_refusal(found.sitting)

    def act() -> str:
        actions.cancel_meeting(actor(), found.id, form.reason.data)
        return url_for(".meeting", number=number)

    return answer_kept(form, act, "council/cancel_meeting.html", refusal, meeting=found)
