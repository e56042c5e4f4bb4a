"""Motions of a meeting: moving, seconding, interests, objections, the vote, dissent; and resolutions."""

from collections.abc import Callable

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.core.context import actor, community
from app.core.handing import answer_kept
from app.core.house import describe, whose_turn
from app.core.pages import access, page
from app.core.permissions import PUBLIC
from app.council import actions, queries
from app.council.forms import ConfirmForm, ContestForm, DissentForm, InterestsForm, MotionForm
from app.council.permissions import PRESIDE, STATE_INTERESTS, TAKE_PART, WITHDRAW_MOTION
from app.council.queries import MotionView
from app.council.routes.blueprint import before, number_of, pages
from app.council.routes.meetings import confirmed, here
from app.council.rules.motions import (
    NINE_MATTERS,
    dissent_refusal,
    interests_refusal,
    move_refusal,
    put_to_vote_refusal,
    second_refusal,
)
from app.council.rules.recusals import answer_refusal, contest_refusal, the_rest
from app.council.rules.seats import PARTY_NAMES


def floor(number: int, motion: int) -> MotionView:
    """The motion of an address."""
    return queries.motion_view(community(), number, motion, actor().acts_as)


@pages.route("/meetings/<int:number>/motions/new", methods=["GET", "POST"])
@access(TAKE_PART)
def move(number: int) -> Response:
    """A member moves on a matter of the notice."""
    view = here(number)
    form = MotionForm.from_request(item=number_of(request.args.get("item", "")))
    form.item.choices = [(item.id, item.title) for item in view.items if not item.result]
    refusal = move_refusal(
        view.meeting.sitting,
        on_notice=True,
        seat_present=view.sits is not None,
        hanging=view.hanging is not None,
        decided=not form.item.choices,
    )

    def act() -> str:
        mandate = (form.fen, form.purpose.data or "", form.matter)
        motion = actions.move(actor(), view.meeting.id, form.item.data, form.text.data, *mandate)
        return url_for(".motion", number=number, motion=motion)

    return answer_kept(form, act, "council/move.html", refusal, view=view, meeting=view.meeting)


@pages.get("/meetings/<int:number>/motions/<int:motion>")
@access(PUBLIC)
def motion(number: int, motion: int) -> Response:
    """One motion: what is moved, who steps back, how the vote stands or ended."""
    view = floor(number, motion)
    hall, sitting, sits = view.hall, view.hall.meeting.sitting, view.hall.sits
    hanging = view.motion.hangs
    claims = [found.claim for found in view.claims]
    rests = {one.id: the_rest(hall.roll.seats, claims, one) for one in claims if one.open}
    return page(
        "council/motion.html",
        fragments=("_motion",),
        view=view,
        meeting=hall.meeting,
        motion=view.motion,
        stage=view.course.stage,
        matter=describe([view.item.matter]).get(view.item.matter),
        dissents=queries.dissents_of([view.motion.id]) if view.motion.outcome else [],
        resolution=view.resolution,
        following=whose_turn(view.item.matter, actor())[:1] if view.resolution and view.motion.owners_matter else [],
        rests=rests,
        no_second=second_refusal(sitting, view.course, sits.seat_id if sits else 0, seat_present=sits is not None)
        if hanging
        else None,
        no_interests=interests_refusal(sitting, view.course) if hanging else None,
        no_vote=put_to_vote_refusal(sitting, view.course, view.quorum, view.contested) if hanging else None,
        no_answer={
            found.claim.id: answer_refusal(
                view.course,
                found.claim,
                sits,
                rests[found.claim.id],
                answered=sits is not None and sits.seat_id in found.answers,
            )
            for found in view.claims
            if found.claim.open
        },
        party_names=PARTY_NAMES,
        nine=NINE_MATTERS,
        may_take_part=TAKE_PART,
        may_preside=PRESIDE,
        may_state=STATE_INTERESTS,
        may_withdraw=WITHDRAW_MOTION,
        fresh=ConfirmForm.from_request,
    )


def _press(number: int, motion: int, act: Callable[[int], object]) -> Response:
    found = floor(number, motion).motion
    return confirmed(lambda: act(found.id), url_for(".motion", number=number, motion=motion))


@pages.post("/meetings/<int:number>/motions/<int:motion>/second")
@access(TAKE_PART)
def second(number: int, motion: int) -> Response:
    """Another member supports the motion."""
    return _press(number, motion, lambda found: actions.second(actor(), found))


@pages.post("/meetings/<int:number>/motions/<int:motion>/withdraw")
@access(WITHDRAW_MOTION)
def withdraw(number: int, motion: int) -> Response:
    """The motion is taken back."""
    return _press(number, motion, lambda found: actions.withdraw(actor(), found))


@pages.post("/meetings/<int:number>/motions/<int:motion>/vote")
@access(PRESIDE)
def put_to_vote(number: int, motion: int) -> Response:
    """The vote opens."""
    return _press(number, motion, lambda found: actions.put_to_vote(actor(), found))


@pages.post("/meetings/<int:number>/motions/<int:motion>/vote/end")
@access(PRESIDE)
def end_vote(number: int, motion: int) -> Response:
    """The vote is closed."""
    return _press(number, motion, lambda found: actions.end_vote(actor(), found))


@pages.route("/meetings/<int:number>/motions/<int:motion>/interests", methods=["GET", "POST"])
@access(STATE_INTERESTS)
def state_interests(number: int, motion: int) -> Response:
    """The convener says who is interested."""
    view = floor(number, motion)
    form = InterestsForm.from_request()
    form.offer(view.hall.roll.seats)
    refusal = interests_refusal(view.hall.meeting.sitting, view.course)

    def act() -> str:
        actions.state_interests(actor(), view.motion.id, form.claims(view.hall.roll.seats))
        return url_for(".motion", number=number, motion=motion)

    return answer_kept(form, act, "council/state_interests.html", refusal, view=view)


@pages.route("/meetings/<int:number>/motions/<int:motion>/contest", methods=["GET", "POST"])
@access(TAKE_PART)
def contest_recusal(number: int, motion: int) -> Response:
    """A member objects to what was said about an interest, or to what was left out."""
    view = floor(number, motion)
    form = ContestForm.from_request()
    form.offer(view.hall.roll.seats, [found.claim for found in view.claims])
    present = view.hall.sits is not None
    refusal = contest_refusal(view.hall.meeting.sitting, view.course, None, "____", seat_present=present)

    def act() -> str:
        kind, _, key = form.about.data.partition(":")
        if kind == "claim":
            actions.contest_recusal(actor(), view.motion.id, int(key), form.reason.data)
        else:
            seat = view.hall.roll.seat(int(key)) if kind == "seat" else None
            party, seat_id = (seat.party, seat.seat_id) if seat else (key, None)
            actions.claim_recusal(actor(), view.motion.id, party, seat_id, form.reason.data)
        return url_for(".motion", number=number, motion=motion)

    return answer_kept(form, act, "council/contest_recusal.html", refusal, view=view)


@pages.post("/meetings/<int:number>/motions/<int:motion>/claims/<int:claim>/answer")
@access(TAKE_PART)
def answer_recusal(number: int, motion: int, claim: int) -> Response:
    """One of the rest says whether somebody should step back."""
    answer = request.form.get("answer", "")
    return _press(number, motion, lambda found: actions.answer_recusal(actor(), found, claim, answer))


@pages.post("/meetings/<int:number>/motions/<int:motion>/claims/<int:claim>/decide")
@access(PRESIDE)
def decide_recusal(number: int, motion: int, claim: int) -> Response:
    """The answers of the rest are counted."""
    return _press(number, motion, lambda found: actions.decide_recusal(actor(), found, claim))


@pages.route("/meetings/<int:number>/motions/<int:motion>/dissent", methods=["GET", "POST"])
@access(TAKE_PART)
def record_dissent(number: int, motion: int) -> Response:
    """A member has their dissent written down."""
    view = floor(number, motion)
    form = DissentForm.from_request()
    sitting, outcome = view.hall.meeting.sitting, view.motion.outcome
    refusal = dissent_refusal(sitting, view.course, outcome=outcome, choice="abstain", recorded=False)

    def act() -> str:
        actions.record_dissent(actor(), view.motion.id, form.text.data)
        return url_for(".motion", number=number, motion=motion)

    return answer_kept(form, act, "council/record_dissent.html", refusal, view=view)


@pages.get("/resolutions")
@access(PUBLIC)
def resolutions() -> Response:
    """What the council resolved, newest first."""
    until = before()
    found = queries.resolutions(community().id, until, queries.PAGE + 1)
    shown = found[: queries.PAGE]
    return page(
        "council/resolutions.html",
        resolutions=shown,
        before=until,
        next_before=shown[-1].id if len(found) > queries.PAGE else None,
    )


@pages.get("/resolutions/<int:year>/<int:number>")
@access(PUBLIC)
def resolution(year: int, number: int) -> Response:
    """One resolution leads to the motion that it decided."""
    found = queries.get_resolution(community().id, year, number)
    where = queries.meetings_of([found.meeting_id])[found.meeting_id].number
    decided = queries.get_motion_by_id(found.motion_id).number
    return redirect(url_for(".motion", number=where, motion=decided), 302)
