"""Seats of the four parties, and who sits in them for a term."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.core.values import PARTIES, Refusal
from app.core.words import N_

ARTICLE = "四方联席会议"
HOLDER, ALTERNATE = "holder", "alternate"
KINDS = (HOLDER, ALTERNATE)
CODE = re.compile(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?\Z")
DAY = timedelta(days=1)

PARTY_NAMES = {
    "branch": N_("党支部"),
    "residents": N_("居委会"),
    "owners": N_("业委会"),
    "property": N_("物业公司"),
}
KIND_NAMES = {HOLDER: N_("委员"), ALTERNATE: N_("候补委员")}


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in a seat, both days included; without a last day it runs on."""

    id: int
    seat_id: int
    kind: str
    name: str
    from_day: date
    to_day: date | None = None
    account_id: int | None = None

    def in_force(self, on: date) -> bool:
        """Whether this term runs on a day."""
        return self.from_day <= on and (self.to_day is None or on <= self.to_day)

    def overlaps(self, other: "Term") -> bool:
        """Whether the two terms share a day."""
        begins_before = other.to_day is None or self.from_day <= other.to_day
        return begins_before and (self.to_day is None or other.from_day <= self.to_day)


@dataclass(frozen=True, slots=True)
class Seating:
    """One seat on one day: who holds it, who may stand in; and in one meeting: who came for it, and whether it steps back."""

    seat_id: int
    code: str
    party: str
    title: str
    holder: Term | None = None
    alternate: Term | None = None
    came: Term | None = None
    recused: bool = False

    @property
    def present(self) -> bool:
        """Whether somebody sits in this seat now."""
        return self.came is not None

    @property
    def vacant(self) -> bool:
        """Whether nobody holds this seat."""
        return self.holder is None

    @property
    def name(self) -> str:
        """Who is meant when the seat is spoken of: who came, else who holds it."""
        person = self.came or self.holder
        return person.name if person else ""


def seat_refusal(code: str, party: str, title: str, codes: Iterable[str]) -> Refusal | None:
    """A seat belongs to one of four parties and has a code of its own."""
    if not CODE.match(code):
        return Refusal(N_("席位代号要用小写字母和数字，例如b1。"), article=ARTICLE)
    if code in codes:
        return Refusal(N_("席位代号%(code)s已经用过，请换一个。"), {"code": code}, ARTICLE)
    if party not in PARTIES:
        return Refusal(N_("席位要属于党支部、居委会、业委会、物业公司中的一方。"), article=ARTICLE)
    if not 2 <= len(title) <= 20:
        return Refusal(N_("席位名称要有2到20个字。"), article=ARTICLE)
    return None


def appoint_refusal(new: Term, in_seat: Sequence[Term], of_person: Sequence[Term]) -> Refusal | None:
    """Terms of one seat do not overlap, and nobody sits in two seats at a time.

    `in_seat` holds the other terms of the seat, `of_person` the terms of the same account in every seat.
    """
    if not 2 <= len(new.name) <= 20:
        return Refusal(N_("姓名要有2到20个字。"), article=ARTICLE)
    if new.to_day is not None and new.to_day < new.from_day:
        return Refusal(N_("任期的最后一天不能早于第一天。"), article=ARTICLE)
    for other in in_seat:
        if not new.overlaps(other):
            continue
        if other.kind == new.kind:
            return _taken(new, other)
        if _same_person(new, other):
            return Refusal(N_("一席的委员和候补委员不能是同一个人。"), article=ARTICLE)
    for other in of_person:
        if new.overlaps(other):
            return Refusal(N_("%(name)s在这段时间已经占有另一席。一人只能占一席。"), {"name": new.name}, ARTICLE)
    return None


def _taken(new: Term, other: Term) -> Refusal:
    if other.from_day > new.from_day:
        return Refusal(
            N_("%(name)s从%(day)s起担任这一席，新的任期要在这之前结束。"),
            {"name": other.name, "day": other.from_day},
            ARTICLE,
        )
    if other.to_day is None:
        return Refusal(
            N_("这一席现在由%(name)s担任，没有写任期终止日。请先写明这个任期的最后一天。"),
            {"name": other.name},
            ARTICLE,
        )
    return Refusal(
        N_("这一席由%(name)s担任到%(day)s，新的任期要从第二天开始。"),
        {"name": other.name, "day": other.to_day},
        ARTICLE,
    )


def _same_person(one: Term, other: Term) -> bool:
    if one.account_id is not None and other.account_id is not None:
        return one.account_id == other.account_id
    return one.name == other.name


def end_refusal(term: Term, last_day: date, today: date) -> Refusal | None:
    """A term ends on its first day or later, today or later, and only earlier than it would by itself."""
    if last_day < term.from_day:
        return Refusal(N_("任期从%(day)s开始，最后一天不能更早。"), {"day": term.from_day}, ARTICLE)
    if last_day < today:
        return Refusal(N_("不能倒填日期：最后一天最早是今天，此前办的事才有据可查。"), article=ARTICLE)
    if term.to_day is not None and term.to_day <= last_day:
        return Refusal(N_("这个任期本来就到%(day)s为止。"), {"day": term.to_day}, ARTICLE)
    return None


def seatings(seats: Iterable[Seating], terms: Iterable[Term], on: date) -> tuple[Seating, ...]:
    """The seats as they are on a day, by party in the order of the four, then by code."""
    running = {(term.seat_id, term.kind): term for term in terms if term.in_force(on)}
    filled = [
        replace(seat, holder=running.get((seat.seat_id, HOLDER)), alternate=running.get((seat.seat_id, ALTERNATE)))
        for seat in seats
    ]
    return tuple(sorted(filled, key=lambda seat: (PARTIES.index(seat.party), seat.code)))


def of_party(seats: Iterable[Seating], party: str) -> tuple[Seating, ...]:
    """One party's seats."""
    return tuple(seat for seat in seats if seat.party == party)
