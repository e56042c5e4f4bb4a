"""The council's rules, whatever the numbers."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.core.law import law_row
from app.core.values import PARTIES
from app.council.rules.drafting import MotionFacts, points
from app.council.rules.papers import chinese_number, paper_day
from app.council.rules.quorum import quorum
from app.council.rules.recusals import Claim, recused_by, the_rest, with_recusals
from app.council.rules.seats import HOLDER, Seating, Term, appoint_refusal
from app.voting.rules import council_terms

DAY = date(2026, 12, 1)
TERMS = council_terms(DAY, law_row)
days = st.dates(date(2020, 1, 1), date(2049, 12, 31))


@st.composite
def terms(draw: st.DrawFn) -> Term:
    first = draw(days)
    last = draw(st.none() | st.integers(0, 2000).map(lambda count: first + timedelta(days=count)))
    return Term(1, 1, HOLDER, "李敏", first, last)


@st.composite
def councils(draw: st.DrawFn) -> list[Seating]:
    found = []
    for number in range(draw(st.integers(1, 20))):
        holder = Term(number, number, HOLDER, f"委员{number}", DAY)
        came = holder if draw(st.booleans()) else None
        party = draw(st.sampled_from(PARTIES))
        found.append(Seating(number, f"s{number}", party, "委员", holder, None, came, draw(st.booleans())))
    return found


@given(terms(), terms(), days)
def test_terms_overlap_exactly_when_some_day_lies_in_both(one: Term, other: Term, day: date) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    if one.in_force(day) and other.in_force(day):
        assert one.overlaps(other)
    latest_start = max(one.from_day, other.from_day)
    assert one.overlaps(other) == (one.in_force(latest_start) and other.in_force(latest_start))


@given(terms(), terms())
def test_a_seat_never_has_two_holders_on_one_day(new: Term, other: Term) -> None:
    assert (appoint_refusal(new, [other], []) is None) == (not new.overlaps(other))


@given(councils())
def test_the_quorum_is_more_than_half_of_the_seats_and_all_of_the_parties_that_remain(seats: list[Seating]) -> None:
    found = quorum(TERMS, seats)
    counted = [seat for seat in seats if not seat.recused]
    present = [seat for seat in counted if seat.present]
    parties = {seat.party for seat in counted}
    wanted = bool(counted) and 2 * len(present) > len(counted) and {seat.party for seat in present} == parties
    assert found.holds == wanted
    assert (found.present, found.total) == (len(present), len(counted))
    assert set(found.missing) == parties - {seat.party for seat in present}
    assert 2 * found.needed > found.total >= 2 * (found.needed - 1)


@given(councils(), st.integers(0, 19))
def test_one_more_who_comes_never_breaks_a_quorum(seats: list[Seating], place: int) -> None:
    before = quorum(TERMS, seats)
    seat = seats[place % len(seats)]
    more = [Seating(**{**_values(one), "came": one.holder}) if one is seat else one for one in seats]
    assert quorum(TERMS, more).holds or not before.holds


def _values(seat: Seating) -> dict[str, object]:
    return {name: getattr(seat, name) for name in Seating.__slots__}


@given(councils(), st.sampled_from(PARTIES), st.sampled_from(PARTIES))
def test_nobody_judges_in_their_own_matter(seats: list[Seating], party: str, other: str) -> None:
    claim, settled = Claim(1, party), Claim(2, other)
    rest = the_rest(seats, [claim, settled], claim)
    assert all(seat.present and seat.party not in (party, other) for seat in rest)
    marked = with_recusals(seats, [claim, settled])
    assert all(seat.recused == (seat.party in (party, other)) for seat in marked)


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_recusal_needs_more_for_than_against(for_it: int, against: int) -> None:
    assert recused_by(for_it, against, law_row("council.recusal", DAY)) == (for_it > against)


@given(st.text(max_size=300), st.none() | st.integers(1, 10**12))
def test_whatever_was_moved_the_points_of_a_resolution_are_single_lines(text: str, ceiling: int | None) -> None:
    found = points(MotionFacts(1, "", "", text, "adopted", ceiling=ceiling, purpose="灯具"))
    assert all("\n" not in point and point for point in found)
    assert len(found) >= (ceiling is not None)


@given(days)
def test_every_day_can_be_written_on_a_paper(day: date) -> None:
    text = paper_day(day)
    assert text.endswith("日")
    assert chinese_number(day.day) in text
    assert not any(sign.isascii() for sign in text)
