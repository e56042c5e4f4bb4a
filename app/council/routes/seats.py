"""The four parties with their seats, and who sits in them."""

from cryptography.exceptions import InvalidTag
from flask import request, url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import actor, community
from app.core.errors import NotFound
from app.core.forms import hand_in
from app.core.handing import answer_kept
from app.core.pages import access, page, see_other
from app.core.permissions import PUBLIC
from app.core.secrets import decrypt, encrypt
from app.core.words import N_
from app.council import actions, queries
from app.council.forms import AppointForm, ConfirmForm, EndTermForm, SeatForm
from app.council.permissions import KEEP_SEATS
from app.council.routes.blueprint import pages
from app.council.rules.seats import KIND_NAMES, PARTY_NAMES, of_party

CODE = "seat-invitation"


@pages.get("/council")
@access(PUBLIC)
def council() -> Response:
    """The four parties, their seats, and who holds them today."""
    today = clock.today(community().zone)
    seats = queries.council(community().id, today)
    return page(
        "council/council.html",
        parties=[(party, of_party(seats, party)) for party in PARTY_NAMES],
        party_names=PARTY_NAMES,
        mark=queries.law_on(community().id, today)("council.parties", today).value,
        keep=KEEP_SEATS,
    )


@pages.route("/council/seats/new", methods=["GET", "POST"])
@access(KEEP_SEATS)
def add_seat() -> Response:
    """A party gets a seat."""
    form = SeatForm.from_request(party=request.args.get("party", "branch"))

    def act() -> str:
        actions.add_seat(actor(), community().id, form.code.data, form.party.data, form.title.data)
        return url_for(".seat", code=form.code.data)

    return answer_kept(form, act, "council/add_seat.html")


@pages.get("/council/seats/<code>")
@access(PUBLIC)
def seat(code: str) -> Response:
    """One seat: who sat, sits and will sit in it."""
    today = clock.today(community().zone)
    found = queries.get_seat(community().id, code, today)
    return page(
        "council/seat.html",
        seat=found,
        terms=queries.terms_of_seat(found.seat_id)[::-1],
        today=today,
        party_names=PARTY_NAMES,
        kinds=KIND_NAMES,
        keep=KEEP_SEATS,
        fresh=ConfirmForm.from_request,
    )


@pages.route("/council/seats/<code>/appoint", methods=["GET", "POST"])
@access(KEEP_SEATS)
def appoint(code: str) -> Response:
    """Somebody takes a seat for a term."""
    today = clock.today(community().zone)
    found = queries.get_seat(community().id, code, today)
    form = AppointForm.from_request(from_day=today)

    def act() -> str:
        days = (form.from_day.data, form.to_day.data)
        actions.appoint(actor(), community().id, found.seat_id, form.kind.data, form.name.data, *days)
        return url_for(".seat", code=code)

    return answer_kept(form, act, "council/appoint.html", seat=found)


@pages.route("/council/seats/<code>/terms/<int:term_id>/end", methods=["GET", "POST"])
@access(KEEP_SEATS)
def end_term(code: str, term_id: int) -> Response:
    """A term gets its last day."""
    today = clock.today(community().zone)
    found = queries.get_seat(community().id, code, today)
    term = queries.term_of(queries.get_term(community().id, term_id))
    form = EndTermForm.from_request(last_day=today)

    def act() -> str:
        actions.end_term(actor(), community().id, term_id, form.last_day.data)
        return url_for(".seat", code=code)

    return answer_kept(form, act, "council/end_term.html", seat=found, term=term)


@pages.post("/council/seats/<code>/terms/<int:term_id>/invite")
@access(KEEP_SEATS)
def invite_to_seat(code: str, term_id: int) -> Response:
    """A code for whoever was appointed, to be handed over on paper."""
    form = ConfirmForm.from_request()

    def act() -> str:
        invitation = actions.invite_to_seat(actor(), community().id, term_id)
        return url_for(".invited_to_seat", code=code, term_id=term_id, sealed=encrypt(invitation, CODE))

    return see_other(hand_in(form, act))


@pages.get("/council/seats/<code>/terms/<int:term_id>/invited")
@access(KEEP_SEATS)
def invited_to_seat(code: str, term_id: int) -> Response:
    """The code, to be written down or printed."""
    found = queries.get_seat(community().id, code, clock.today(community().zone))
    term = queries.term_of(queries.get_term(community().id, term_id))
    try:
        invitation = decrypt(request.args.get("sealed", ""), CODE)
    except (InvalidTag, ValueError):
        raise NotFound(N_("这个邀请码已经看不到了。请再发一份。")) from None
    return page("council/invited_to_seat.html", seat=found, term=term, invitation=invitation)
