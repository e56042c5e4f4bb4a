"""Whether enough have come."""

from datetime import date

from app.core.law import law_row
from app.core.values import PARTIES, Ref
from app.council.rules.quorum import quorum, quorum_refusal, roll
from app.council.rules.seats import HOLDER, Seating, Term
from app.voting.rules import council_terms

DAY = date(2026, 12, 1)
TERMS = council_terms(DAY, law_row)


def seat(number: int, party: str, present: bool = True, recused: bool = False, vacant: bool = False) -> Seating:
    holder = None if vacant else Term(number, number, HOLDER, f"委员{number}", DAY)
    return Seating(number, f"s{number}", party, "委员", holder, None, holder if present else None, recused)


def council(present: int, total: int = 8) -> list[Seating]:
    return [seat(number, PARTIES[number % 4], number < present) for number in range(total)]


def test_exactly_half_of_the_seats_is_not_enough() -> None:
    found = quorum(TERMS, council(4))
    assert (found.present, found.total, found.needed, found.short) == (4, 8, 5, 1)
    assert found.missing == ()
    assert not found.holds


def test_one_more_than_half_is_enough() -> None:
    found = quorum(TERMS, council(5))
    assert found.holds
    assert quorum_refusal(found) is None


def test_of_an_odd_number_the_greater_half_is_enough() -> None:
    assert quorum(TERMS, council(5, 9)).holds
    assert not quorum(TERMS, council(4, 9)).holds


def test_three_parties_are_not_four_however_many_come() -> None:
    seats = [seat(number, PARTIES[number % 4], PARTIES[number % 4] != "property") for number in range(12)]
    found = quorum(TERMS, seats)
    assert found.present == 9
    assert found.missing == ("property",)
    assert not found.holds
    refusal = quorum_refusal(found)
    assert refusal is not None
    assert "还没有人到会" in refusal.sentence


def test_recused_seats_leave_both_counts_and_their_party_need_not_come() -> None:
    seats = [seat(number, PARTIES[number % 4], PARTIES[number % 4] != "property") for number in range(8)]
    seats = [one if one.party != "property" else seat(one.seat_id, "property", False, recused=True) for one in seats]
    found = quorum(TERMS, seats)
    assert (found.present, found.total) == (6, 6)
    assert found.parties == ("branch", "residents", "owners")
    assert found.holds


def test_a_present_seat_that_steps_back_does_not_help_the_quorum() -> None:
    seats = council(5)
    assert quorum(TERMS, seats).holds
    seats[0] = seat(0, "branch", recused=True)
    found = quorum(TERMS, seats)
    assert (found.present, found.total) == (4, 7)
    assert found.holds
    seats[1] = seat(1, "residents", recused=True)
    assert (quorum(TERMS, seats).present, quorum(TERMS, seats).holds) == (3, False)


def test_a_vacant_seat_counts_as_absent() -> None:
    seats = [*council(5, 8), seat(9, "branch", present=False, vacant=True), seat(10, "owners", False, vacant=True)]
    found = quorum(TERMS, seats)
    assert (found.present, found.total) == (5, 10)
    assert not found.holds


def test_a_council_without_seats_has_no_quorum_and_says_so() -> None:
    found = quorum(TERMS, [])
    assert not found.holds
    refusal = quorum_refusal(found)
    assert refusal is not None
    assert "没有可以表决的席位" in refusal.sentence


def test_the_refusal_counts_how_many_are_missing() -> None:
    refusal = quorum_refusal(quorum(TERMS, council(2)))
    assert refusal is not None
    assert refusal.values == {"present": 2, "total": 8, "short": 3}
    assert refusal.article == "四方联席会议"


def test_a_seat_is_voted_for_by_who_came_for_it_and_nobody_else() -> None:
    holder = Term(1, 4, HOLDER, "李敏", DAY)
    stand_in = Term(2, 4, "alternate", "何芳", DAY)
    stood_in = Seating(4, "o1", "owners", "主任", holder, stand_in, stand_in)
    absent = Seating(5, "o2", "owners", "委员", holder)
    empty = Seating(6, "o3", "owners", "委员")
    lines = roll([stood_in, absent, empty])
    assert [line.voters for line in lines] == [(Ref("seat-term", 2),), (Ref("seat-term", 1),), ()]
    assert [line.present for line in lines] == [True, False, False]
    assert [line.label for line in lines] == ["主任 何芳", "委员 李敏", "委员"]
    assert {line.group for line in lines} == {"owners"}
