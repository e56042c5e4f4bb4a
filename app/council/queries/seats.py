"""Finding seats, terms, and for which seats an account may speak."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    String,
    bindparam,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from app.communities.queries import get_community
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.house import Voice
from app.core.values import Ref
from app.core.words import N_
from app.council.models import Attendance, Meeting, Seat, SeatTerm
from app.council.rules.quorum import SEAT_TERM
from app.council.rules.seats import ALTERNATE, HOLDER, Seating, Term, seatings


def term_of(row: SeatTerm) -> Term:
    """A term taken off the database."""
    return Term(row.id, row.seat_id, row.kind, row.name, row.from_day, row.to_day, row.account_id)


def _seat(row: Seat) -> Seating:
    return Seating(row.id, row.code, row.party, row.title)


def _seats_and_terms() -> Select[Seat, SeatTerm]:
    wanted = select(Seat, SeatTerm).outerjoin(SeatTerm, SeatTerm.seat_id == Seat.id)
    return wanted.order_by(Seat.id, SeatTerm.from_day, SeatTerm.id)


class Gathered:
    """Seats of a day and every term there ever was, put together row by row."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.bare: dict[int, Seating] = {}
        self.terms: dict[int, Term] = {}

    def take(self, seat: Seat, term: SeatTerm | None) -> None:
        """One row of seats and terms."""
        if seat.from_day <= self.on and (seat.to_day is None or self.on <= seat.to_day):
            self.bare[seat.id] = _seat(seat)
        if term is not None:
            self.terms[term.id] = term_of(term)

    @property
    def seats(self) -> tuple[Seating, ...]:
        """The seats of the day with who sits there."""
        return seatings(self.bare.values(), self.terms.values(), self.on)


def council(community_id: int, on: date) -> tuple[Seating, ...]:
    """The seats of a community on a day, by party, with who holds them and who may stand in; one statement."""
    found = Gathered(on)
    for seat, term in db.session.execute(_seats_and_terms().where(Seat.community_id == community_id)):
        found.take(seat, term)
    return found.seats


def council_at(community_id: int, meeting_id: int, on: date) -> tuple[Gathered, list[Attendance]]:
    """The seats and terms of a day with who came to a meeting, in the order of their coming; one statement."""
    wanted = (
        _seats_and_terms()
        .add_columns(Attendance)
        .outerjoin(Attendance, (Attendance.term_id == SeatTerm.id) & (Attendance.meeting_id == meeting_id))
        .where(Seat.community_id == community_id)
        .execution_options(populate_existing=True)
    )
    found, came = Gathered(on), []
    for seat, term, attendance in db.session.execute(wanted):
        found.take(seat, term)
        if attendance is not None:
            came.append(attendance)
    return found, sorted(came, key=lambda row: row.id)


def get_seat(community_id: int, code: str, on: date) -> Seating:
    """The seat of a code as it is on a day. Raises NotFound."""
    row = db.session.scalar(select(Seat).filter_by(community_id=community_id, code=code))
    if row is None:
        raise NotFound(N_("没有代号为%(code)s的席位。"), {"code": code[:20]})
    return seatings([_seat(row)], terms_of_seat(row.id), on)[0]


def get_seat_by_id(community_id: int, seat_id: int) -> Seating:
    """The seat of a number of the database, bare. Raises NotFound."""
    row = db.session.scalar(select(Seat).filter_by(community_id=community_id, id=seat_id))
    if row is None:
        raise NotFound(N_("没有这个席位。"))
    return _seat(row)


def seat_codes(community_id: int) -> list[str]:
    """Every code that was ever given to a seat of a community; the seats are held until the action ends."""
    held = select(Seat.code).filter_by(community_id=community_id).order_by(Seat.id).with_for_update()
    return list(db.session.scalars(held))


def terms_of_seat(seat_id: int) -> list[Term]:
    """Everybody who sat, sits or will sit in a seat, by the first day."""
    wanted = select(SeatTerm).filter_by(seat_id=seat_id).order_by(SeatTerm.from_day, SeatTerm.id)
    return [term_of(row) for row in db.session.scalars(wanted)]


def terms_of_account(community_id: int, account_id: int) -> list[Term]:
    """Every term of an account in a community."""
    wanted = select(SeatTerm).filter_by(community_id=community_id, account_id=account_id)
    return [term_of(row) for row in db.session.scalars(wanted)]


def get_term(community_id: int, term_id: int) -> SeatTerm:
    """The row of a term. Raises NotFound."""
    row = db.session.scalar(select(SeatTerm).filter_by(community_id=community_id, id=term_id))
    if row is None:
        raise NotFound(N_("没有这个任期。"))
    return row


def find_open_term(community_id: int, subject: Ref, on: date) -> SeatTerm | None:
    """The term without an account that an invitation is for: a term itself, or the holder's of a seat."""
    wanted = select(SeatTerm).filter_by(community_id=community_id, account_id=None)
    if subject.kind == SEAT_TERM:
        return db.session.scalar(wanted.filter_by(id=subject.id))
    running = (SeatTerm.from_day <= on) & or_(SeatTerm.to_day.is_(None), SeatTerm.to_day >= on)
    holders = wanted.filter_by(seat_id=subject.id, kind=HOLDER).where(running)
    return db.session.scalar(holders.order_by(SeatTerm.id))


def _speaks_for() -> tuple[Voice, ...]:
    """The terms of an account in force today, and the seats and parties for which it may speak.

    Whoever holds a seat speaks for it and for its party (a party is named by its word and the community's number); an
    alternate does while nobody holds the seat, and while they sit in it in a meeting.
    """
    today, holder = bindparam("today", type_=Date), aliased(SeatTerm)
    sits = (
        select(Attendance.term_id)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(
            Attendance.term_id == SeatTerm.id,
            Attendance.left_at.is_(None),
            Meeting.closed_at.is_(None),
            Meeting.cancelled_at.is_(None),
        )
    )
    held = select(holder.id).where(holder.seat_id == SeatTerm.seat_id, holder.kind == HOLDER, _runs(holder, today))
    mine = (SeatTerm.account_id == bindparam("account_id"), _runs(SeatTerm, today))
    speaks = or_(SeatTerm.kind != ALTERNATE, ~held.exists(), sits.exists())
    return (
        select(literal_column(f"'{SEAT_TERM}'", String).label("kind"), SeatTerm.id).where(*mine),
        select(literal_column("'seat'", String).label("kind"), SeatTerm.seat_id).where(*mine, speaks),
        select(Seat.party.label("kind"), SeatTerm.community_id)
        .join(Seat, Seat.id == SeatTerm.seat_id)
        .where(*mine, speaks),
    )


def _runs(term: type[SeatTerm], today: BindParameter[date]) -> ColumnElement[bool]:
    return (term.from_day <= today) & or_(term.to_day.is_(None), term.to_day >= today)


SPEAKS_FOR = _speaks_for()


def my_term(seats: Iterable[Seating], refs: Iterable[Ref]) -> tuple[Seating, Term] | None:
    """The seat and the term by which somebody may come to a meeting: their own seat first, then one they may stand in for."""
    mine = {ref.id for ref in refs if ref.kind == SEAT_TERM}
    found = [
        (seat, term) for seat in seats for term in (seat.holder, seat.alternate) if term is not None and term.id in mine
    ]
    found.sort(key=lambda pair: pair[1].kind == ALTERNATE)
    return found[0] if found else None


def my_seat(seats: Iterable[Seating], refs: Iterable[Ref]) -> Seating | None:
    """The seat in which somebody sits in this meeting, or None."""
    mine = {ref.id for ref in refs if ref.kind == SEAT_TERM}
    return next((seat for seat in seats if seat.came is not None and seat.came.id in mine), None)


def wall_day(community_id: int) -> date:
    """The day that the community's wall calendar shows."""
    return clock.today(get_community(community_id).zone)
