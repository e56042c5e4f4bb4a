"""The desk of a poll: how far it has come, and receiving, by the keyboard alone."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.context import actor, community
from app.core.errors import HouseError
from app.core.forms import HouseForm, attempt, deliver
from app.core.house import house
from app.core.i18n import _, said
from app.core.pages import access, page, see_other
from app.core.permissions import may
from app.core.values import Refusal
from app.voting import actions, queries
from app.voting.forms import (
    STANDS,
    ReasonForm,
    ReceiveForm,
    SettleForm,
    WeighForm,
    typed_keys,
    typed_marks,
    unread,
    words,
)
from app.voting.permissions import READ_BALLOT, RECEIVE_BALLOT, SEE_DESK, SEE_SCAN, SETTLE_BALLOT
from app.voting.queries import NUMBERED, IntakeRow, PollRow
from app.voting.routes.blueprint import pages
from app.voting.routes.view import CHANNEL_WORDS, about_poll, intake_tag
from app.voting.rules import (
    COUNTING,
    DECLARED,
    DESK_CHANNELS,
    READERS,
    annulled_refusal,
    declare_refusal,
    intake_refusal,
    settle_refusal,
    void_refusal,
    weigh_refusal,
)
from app.voting.rules.terms import INVALID, PAPER

RECENT = 5


def desk_channels(found: PollRow) -> list[tuple[str, str]]:
    """The ways in which ballots come in at the desk of a poll, with their words."""
    return [(key, _(CHANNEL_WORDS[key])) for key in DESK_CHANNELS if key in found.terms.channels]


def legend(found: PollRow) -> list[tuple[str, str]]:
    """The number to type for each option, and what it is called."""
    labels = {option.key: words(option.key, option.label) for option in found.terms.options}
    return [(typed, labels.get(key) or _("无效票")) for typed, key in typed_keys(found.terms)]


def about_desk(found: PollRow) -> dict[str, Any]:
    """The heading of a desk page, and what the reader may do there."""
    who, here = actor(), found.community_id
    return {
        **about_poll(found),
        "may_receive": may(who, RECEIVE_BALLOT, here),
        "may_read": may(who, READ_BALLOT, here),
        "may_settle": may(who, SETTLE_BALLOT, here),
        "channel_words": CHANNEL_WORDS,
        "intake_tag": intake_tag,
    }


def blocking(found: PollRow, unread: int, disputed: int) -> Refusal | None:
    """Why the desk keeps an outcome from being declared, once the vote is over."""
    if found.annulled_at or found.state != COUNTING:
        return None
    against = queries.against_count(found.id) if found.terms.proxy_limit != 0 else 0
    if not unread + disputed + against:
        return None
    return declare_refusal(
        found.terms,
        clock.now(),
        outstanding=True,
        closed_by_chair=found.closed_at is not None,
        unread=unread,
        disputed=disputed,
        against=against,
    )


@pages.get("/polls/<int:number>/desk")
@access(SEE_DESK)
def desk(number: int) -> Response:
    """How far the desk has come: received, read, disputed, and what an outcome still waits for."""
    found = queries.get_by_number(community().id, number)
    count = queries.desk_count(found.id)
    account = actor().account_id or 0
    return page(
        "voting/desk.html",
        **about_desk(found),
        count=count,
        mine=queries.left_to_read(found.id, account),
        disputes=queries.disputes(found),
        against=queries.against(found)
        if found.state == COUNTING and may(actor(), SETTLE_BALLOT, found.community_id)
        else [],
        blocked=blocking(found, count.unread, count.disputed),
        closed=intake_closed(found),
        ways=desk_channels(found),
        late=is_late(found),
        refused=queries.counts(found.id).refused,
    )


def is_late(found: PollRow) -> bool:
    """Whether whatever comes to the desk now comes too late, and is refused on record."""
    return found.state in (COUNTING, DECLARED) and found.annulled_at is None and bool(desk_channels(found))


def intake_closed(found: PollRow) -> Refusal | None:
    """Why nothing can be received now, whatever it is for."""
    if found.annulled_at is not None:
        return annulled_refusal(annulled=True)
    ways = desk_channels(found)
    channel = ways[0][0] if ways else PAPER
    refusal = intake_refusal(
        found.terms,
        None,
        channel,
        clock.now(),
        declared=found.declared_at is not None,
        frozen=found.frozen_at is not None,
    )
    return refusal if found.state != "open" or not ways or found.frozen_at is None else None


@pages.route("/polls/<int:number>/desk/receive", methods=["GET", "POST"])
@access(RECEIVE_BALLOT)
def receive_ballots(number: int) -> AnyResponse:
    """Scan or type, Enter, received; the field is ready for the next one. What cannot count is refused on record."""
    found = queries.get_by_number(community().id, number)
    ways = desk_channels(found)
    form = ReceiveForm.from_request(channel=request.args.get("channel") or (ways[0][0] if ways else None))
    form.channel.choices = ways
    refusing = request.form.get("step") == "refuse"
    error: HouseError | None = None
    why: str | None = None
    if form.sent_well():
        channel, typed = form.channel.data, form.typed.data or ""

        def act() -> str:
            if refusing:
                turned_away = actions.refuse_ballot(actor(), found.id, channel, typed)
                return url_for(".receive_ballots", number=number, channel=channel, refused=turned_away)
            got = actions.receive_intake(actor(), found.id, channel, typed)
            return url_for(".receive_ballots", number=number, channel=channel, got=got)

        location, error = attempt(form, act)
        if error is None:
            return see_other(location)
        form.typed.errors = [said(error.refusal)]
        why = queries.may_be_refused(found, channel, typed, clock.now())
    got, turned = _numbers("got"), _numbers("refused")
    recent = queries.intakes(found, limit=max(RECENT, len(got)))
    asked = request.method == "GET"
    return page(
        "voting/receive_ballots.html",
        status=error.status if error else 422 if form.errors else 200,
        **about_desk(found),
        form=form,
        closed=intake_closed(found),
        late=is_late(found),
        why=why,
        got=[row for row in recent if row.number in got] if asked else [],
        turned=[row for row in queries.refused(found) if row.number in turned] if asked and turned else [],
        recent=recent[:RECENT],
        count=queries.desk_count(found.id),
    )


def _numbers(name: str) -> set[int]:
    """The numbers that the address tells of what was just done."""
    return {int(one) for one in request.args.getlist(name) if one.isascii() and one.isdigit() and len(one) < 10}


@pages.get("/polls/<int:number>/desk/intakes")
@access(SEE_DESK)
def intakes(number: int) -> Response:
    """Everything that was received, newest first."""
    found = queries.get_by_number(community().id, number)
    return page("voting/intakes.html", **about_desk(found), **numbered(found, queries.intakes))


def numbered(found: PollRow, rows_of: Callable[[PollRow, int | None, int], Sequence[Any]]) -> dict[str, Any]:
    """One page of a list that goes by numbers, from the newest on or from before one, and where the list goes on."""
    before = request.args.get("before", type=int)
    rows = rows_of(found, before, NUMBERED + 1)
    here = str(request.endpoint)
    return {
        "rows": rows[:NUMBERED],
        "older": url_for(here, number=found.number, before=rows[NUMBERED - 1].number) if len(rows) > NUMBERED else "",
        "newest": url_for(here, number=found.number) if before is not None else "",
    }


@pages.get("/polls/<int:number>/desk/intakes/<int:intake>")
@access(SEE_DESK)
def intake(number: int, intake: int) -> Response:
    """One arrival: whose, how, when, its scan; to be settled or made void."""
    found = queries.get_by_number(community().id, number)
    return intake_page(found, queries.get_intake(found, intake))


def intake_page(
    found: PollRow,
    row: IntakeRow,
    settle: Any = None,
    void: Any = None,
    weigh: Any = None,
    problem: Refusal | None = None,
) -> Response:
    """The page of one arrival, with a form that was sent and why it was refused."""
    subject, here = queries.intake_ref(row.id), community().id
    declared, account = found.declared_at is not None, actor().account_id
    mine = queries.has_read(row.id, account)
    asked = settle_refusal(found.terms, row.intake, INVALID, "-", mine=mine, declared=declared)
    files = house().files(here, subject, actor())
    once = HouseForm.from_request().once.data
    form = (
        settle
        if settle is not None
        else SettleForm.from_request()
        if request.method == "GET"
        else SettleForm(once=once)
    )
    wrong = any(one is not None and one.errors for one in (settle, void, weigh))
    return page(
        "voting/intake.html",
        status=409 if problem else 422 if wrong else 200,
        **about_desk(found),
        row=row,
        readers=queries.readers(row.id),
        account=account,
        mine=mine,
        came=queries.received_for([row.entry_id])[row.entry_id],
        files=files,
        add_url=house().add_file(actor(), here, subject, found.matter, request.path, SEE_SCAN)
        if may(actor(), RECEIVE_BALLOT, here)
        else "",
        settle=form,
        unsettled=asked if row.state == "disputed" else None,
        void=void if void is not None else ReasonForm(once=once),
        weigh=weigh if weigh is not None else WeighForm(once=once),
        to_weigh=row.to_weigh and found.state == COUNTING and may(actor(), SETTLE_BALLOT, here),
        unweighed=weigh_refusal(found.terms, clock.now(), "-", against=row.to_weigh, mine=mine, declared=declared),
        unvoided=void_refusal(row.intake, "-", declared=declared),
        legend=legend(found),
        problem=problem,
        sent=void or weigh or form,
        readers_needed=READERS,
    )


@pages.post("/polls/<int:number>/desk/intakes/<int:intake>/settle")
@access(SETTLE_BALLOT)
def settle_ballot(number: int, intake: int) -> AnyResponse:
    """A third person settles what two read differently."""
    found = queries.get_by_number(community().id, number)
    row = queries.get_intake(found, intake)
    form = SettleForm.from_request()
    marks = typed_marks(found.terms, form.marks.data or "")
    late = _unsettled(found, row)
    if marks is None and late is None:
        form.sent_well()
        form.marks.errors = [unread(found.terms)]
        return intake_page(found, row, settle=form)

    def act() -> str:
        actions.settle_intake(actor(), found.id, intake, marks or INVALID, form.reason.data or "")
        return url_for(".desk", number=number)

    location, problem = deliver(form, act, late)
    return see_other(location) if location else intake_page(found, row, settle=form, problem=problem)


def _unsettled(found: PollRow, row: IntakeRow) -> Refusal | None:
    """Why the reader cannot settle what two read differently."""
    mine, declared = queries.has_read(row.id, actor().account_id), found.declared_at is not None
    return settle_refusal(found.terms, row.intake, INVALID, "-", mine=mine, declared=declared)


@pages.post("/polls/<int:number>/desk/intakes/<int:intake>/void")
@access(RECEIVE_BALLOT)
def void_ballot(number: int, intake: int) -> AnyResponse:
    """What was received by mistake is made void, with a reason."""
    found = queries.get_by_number(community().id, number)
    row = queries.get_intake(found, intake)
    form = ReasonForm.from_request()
    late = void_refusal(row.intake, "-", declared=found.declared_at is not None)

    def act() -> str:
        actions.void_intake(actor(), found.id, intake, form.reason.data or "")
        return url_for(".intake", number=number, intake=intake)

    location, problem = deliver(form, act, late)
    return see_other(location) if location else intake_page(found, row, void=form, problem=problem)


@pages.post("/polls/<int:number>/desk/intakes/<int:intake>/weigh")
@access(SETTLE_BALLOT)
def weigh_ballot(number: int, intake: int) -> AnyResponse:
    """A proxy's ballot that differs from the mandate is let stand or made void."""
    found = queries.get_by_number(community().id, number)
    row, form = queries.get_intake(found, intake), WeighForm.from_request()
    mine, declared = queries.has_read(row.id, actor().account_id), found.declared_at is not None
    late = weigh_refusal(found.terms, clock.now(), "-", against=row.to_weigh, mine=mine, declared=declared)

    def act() -> str:
        stands, reason = form.verdict.data == STANDS, form.weighed.data or ""
        actions.weigh_proxy_ballot(actor(), found.id, intake, stands=stands, reason=reason)
        return url_for(".desk", number=number)

    location, problem = deliver(form, act, late)
    return see_other(location) if location else intake_page(found, row, weigh=form, problem=problem)
