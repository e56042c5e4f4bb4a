"""Typing what is marked on ballots: a number, Enter, the next one; never a count by choice."""

from flask import request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.context import actor, community
from app.core.forms import deliver, half_width, hand_in, status_of
from app.core.i18n import _, said
from app.core.pages import access, page, see_other
from app.core.values import Refusal
from app.core.words import N_
from app.voting import actions, queries
from app.voting.forms import FindForm, ReasonForm, TypeForm, typed_marks, unread
from app.voting.permissions import READ_BALLOT
from app.voting.queries import IntakeRow, PollRow
from app.voting.routes.blueprint import pages
from app.voting.routes.desk import about_desk, legend

NOT_FOR_YOU = N_("这一张现在不用您录入：没有收到、已经录完，或者您录过了。")


@pages.route("/polls/<int:number>/desk/type", methods=["GET", "POST"])
@access(READ_BALLOT)
def type_ballots(number: int) -> AnyResponse:
    """The next ballot that this person may type, and one field for the number that is marked."""
    found = queries.get_by_number(community().id, number)
    form = TypeForm.from_request()
    asked = _number(form.number.data if request.method == "POST" else request.args.get("intake"))
    why: Refusal | None = None
    if form.sent_well() and asked is not None:
        marks = typed_marks(found.terms, form.marks.data or "")
        if marks is None:
            form.marks.errors = [unread(found.terms)]
        else:

            def act() -> str:
                actions.read_intake(actor(), found.id, asked, marks)
                return url_for(".type_ballots", number=number)

            location, why = deliver(form, act)
            if location:
                return see_other(location)
    account = actor().account_id or 0
    row, problem = _find(found, account, asked)
    told = form.typed_in() if request.method == "POST" and (row is None or row.number != asked) else []
    if told:
        # What was read on one ballot never stands ready for the next one.
        form.marks.data, form.marks.errors = "", []
        problem = why or problem
    elif why is not None:
        form.marks.errors = [said(why)]
    form.number.data = str(row.number) if row else ""
    return page(
        "voting/type_ballots.html",
        status=409 if why or (told and problem) else status_of(form, None),
        **about_desk(found),
        form=form,
        row=row,
        problem=problem,
        told=(asked, told[0][1]) if told else None,
        find=FindForm(find=request.args.get("find", "")),
        legend=legend(found),
        left=queries.left_to_read(found.id, account),
        count=queries.desk_count(found.id),
        last=queries.last_read(found, account),
        back=ReasonForm.from_request(reason=_("按错键")) if request.method == "GET" else ReasonForm(reason=_("按错键")),
        mandate=queries.standing_mandate(row.entry_id) if row and row.mandate_id else None,
    )


def _find(found: PollRow, account: int, asked: int | None) -> tuple[IntakeRow | None, Refusal | None]:
    """The ballot that was asked for if this person may type it, else the next one, and why it is not the one asked for."""
    typed = request.args.get("find", "").strip()
    if typed:
        keys = queries.find_at_desk(found, typed).keys
        asked = _number(typed)
        here = queries.next_to_read(found, account, keys=keys, number=asked) if keys or asked is not None else None
        return (here, None) if here else (queries.next_to_read(found, account), Refusal(NOT_FOR_YOU))
    if asked is not None:
        here = queries.next_to_read(found, account, number=asked)
        if here is not None:
            return here, None
        return queries.next_to_read(found, account), Refusal(NOT_FOR_YOU)
    return queries.next_to_read(found, account), None


def _number(typed: str | None) -> int | None:
    digits = half_width(typed or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


@pages.post("/polls/<int:number>/desk/type/<int:intake>/withdraw")
@access(READ_BALLOT)
def withdraw_reading(number: int, intake: int) -> AnyResponse:
    """Who pressed the wrong key takes the last one back, and types it again."""
    found = queries.get_by_number(community().id, number)
    form = ReasonForm.from_request()
    reason = form.reason.data or _("按错键")

    def act() -> str:
        actions.withdraw_reading(actor(), found.id, intake, reason)
        return url_for(".type_ballots", number=number, intake=intake)

    return see_other(hand_in(form, act))
