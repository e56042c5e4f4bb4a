"""Seats, and who sits in them for a term."""

from datetime import date
from typing import Literal, cast

from app.core.db import db, transactional
from app.core.errors import check
from app.core.permissions import MEMBER, authorize
from app.core.values import Actor, Ref
from app.council import queries
from app.council.events import Party, SeatAdded, TermBegun, TermEnded
from app.council.models import Seat, SeatTerm
from app.council.permissions import KEEP_SEATS
from app.council.rules.quorum import SEAT_TERM
from app.council.rules.seats import KINDS, Term, appoint_refusal, end_refusal, seat_refusal
from app.identity.actions import end_role, grant_role, invite
from app.journal.actions import record


@transactional
def add_seat(actor: Actor, community_id: int, code: str, party: str, title: str, from_day: date | None = None) -> int:
    """A party gets a seat, with a code of its own and a title. Answers the seat's number. Raises Forbidden, Refused."""
    authorize(actor, KEEP_SEATS, community_id)
    code, title = code.strip().lower(), title.strip()
    check(seat_refusal(code, party, title, queries.seat_codes(community_id)))
    day = from_day or queries.wall_day(community_id)
    seat = Seat(community_id=community_id, code=code, party=party, title=title, from_day=day)
    db.session.add(seat)
    db.session.flush()
    record(SeatAdded(community_id, seat.id, cast(Party, party)), actor, Ref("seat", seat.id))
    return seat.id


@transactional
def appoint(
    actor: Actor,
    community_id: int,
    seat_id: int,
    kind: str,
    name: str,
    from_day: date,
    to_day: date | None = None,
    account_id: int | None = None,
) -> int:
    """Somebody takes a seat as its holder, or as the alternate, from a day to a day (both included; None: it runs on).

    With an account they may act for the seat at once; else they get an invitation. Answers the term's number.
    Raises NotFound, Forbidden, Refused.
    """
    authorize(actor, KEEP_SEATS, community_id)
    if kind not in KINDS:
        raise ValueError(f"a term is one of {KINDS}")
    queries.seat_codes(community_id)  # held: two who appoint at once go one after the other
    seat = queries.get_seat_by_id(community_id, seat_id)
    new = Term(0, seat.seat_id, kind, name.strip(), from_day, to_day, account_id)
    of_person = queries.terms_of_account(community_id, account_id) if account_id is not None else []
    check(appoint_refusal(new, queries.terms_of_seat(seat_id), of_person))
    row = SeatTerm(
        community_id=community_id,
        seat_id=seat_id,
        kind=kind,
        name=new.name,
        account_id=account_id,
        from_day=from_day,
        to_day=to_day,
    )
    db.session.add(row)
    db.session.flush()
    if account_id is not None:
        grant_role(actor, community_id, account_id, MEMBER, from_day, to_day)
    event = TermBegun(community_id, seat_id, row.id, cast(Literal["holder", "alternate"], kind), from_day, to_day)
    record(event, actor, Ref("seat", seat_id))
    return row.id


@transactional
def end_term(actor: Actor, community_id: int, term_id: int, last_day: date) -> None:
    """A term gets an earlier last day; what was done under it stays explained. Raises NotFound, Forbidden, Refused."""
    authorize(actor, KEEP_SEATS, community_id)
    queries.seat_codes(community_id)
    row = queries.get_term(community_id, term_id)
    check(end_refusal(queries.term_of(row), last_day, queries.wall_day(community_id)))
    row.to_day = last_day
    if row.account_id is not None:
        end_role(actor, community_id, row.account_id, MEMBER, last_day)
    record(TermEnded(community_id, row.seat_id, row.id, last_day), actor, Ref("seat", row.seat_id))


@transactional
def invite_to_seat(actor: Actor, community_id: int, term_id: int) -> str:
    """Whoever was appointed gets a code on paper, with which they act for the seat online. Raises NotFound, Forbidden."""
    authorize(actor, KEEP_SEATS, community_id)
    row = queries.get_term(community_id, term_id)
    return invite(actor, community_id, [MEMBER], Ref(SEAT_TERM, row.id), to_day=row.to_day)


@transactional
def link_account(community_id: int, account_id: int, subject: Ref) -> None:
    """Whoever used the code of an invitation for a seat speaks for it from now on.

    The subject is a term, or a seat (then its holder's term). Nothing happens where somebody is linked already.
    Raises Refused for an account that sits in another seat.
    """
    row = queries.find_open_term(community_id, subject, queries.wall_day(community_id))
    if row is None:
        return
    linked = Term(row.id, row.seat_id, row.kind, row.name, row.from_day, row.to_day, account_id)
    others = [term for term in queries.terms_of_seat(row.seat_id) if term.id != row.id]
    check(appoint_refusal(linked, others, queries.terms_of_account(community_id, account_id)))
    row.account_id = account_id
