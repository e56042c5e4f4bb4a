"""Recusal: said by the convener, objected to by anyone, decided by the rest."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.core.law import law_row
from app.core.values import PARTIES
from app.council.rules.meetings import Sitting
from app.council.rules.motions import Course
from app.council.rules.recusals import (
    Claim,
    answer_refusal,
    claim_refusal,
    contest_refusal,
    decide_refusal,
    reaches,
    recused_by,
    the_rest,
    with_recusals,
)
from app.council.rules.seats import HOLDER, Seating, Term

AT = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
DAY = date(2026, 12, 1)
SITTING = Sitting(1, AT, AT)
READY = Course(9, 1, 2, AT)
HEARD, MARK = law_row("council.recusal.answered", DAY), law_row("council.recusal", DAY)
WHY = "承接这项工程"


def seat(number: int, party: str, present: bool = True) -> Seating:
    holder = Term(number, number, HOLDER, f"委员{number}", DAY)
    return Seating(number, f"s{number}", party, "委员", holder, None, holder if present else None)


SEATS = tuple(seat(number, PARTIES[number % 4]) for number in range(8))
PARTY = Claim(1, "property")
SEAT = Claim(2, "branch", 0)


def recused(*claims: Claim) -> list[int]:
    return [one.seat_id for one in with_recusals(SEATS, claims) if one.recused]


def test_what_the_convener_says_holds_when_nobody_objects() -> None:
    assert recused(PARTY) == [3, 7]
    assert recused(PARTY, SEAT) == [0, 3, 7]
    assert recused() == []


def test_what_the_rest_decide_holds_against_the_convener() -> None:
    contested = replace(PARTY, contested_at=AT)
    assert contested.open
    assert recused(replace(contested, decided_at=AT, upheld=False)) == []
    assert recused(replace(contested, decided_at=AT, upheld=True)) == [3, 7]


def test_what_a_member_asks_for_holds_only_when_the_rest_agree() -> None:
    asked = Claim(3, "residents", proposed=False, contested_at=AT)
    assert asked.open
    assert recused(asked) == []
    assert recused(replace(asked, decided_at=AT, upheld=True)) == [1, 5]


def test_a_claim_names_somebody_once_with_a_reason() -> None:
    assert claim_refusal(SEATS, [], "property", None, WHY) is None
    assert claim_refusal(SEATS, [], "property", None, "承接") is not None
    assert claim_refusal(SEATS, [PARTY], "property", None, WHY) is not None
    assert claim_refusal(SEATS, [PARTY], "property", 3, WHY) is not None
    assert claim_refusal(SEATS, [SEAT], "branch", 4, WHY) is None
    assert claim_refusal(SEATS, [], "branch", 3, WHY) is not None
    assert claim_refusal(SEATS, [], "street", None, WHY) is not None


def test_not_everybody_can_step_back() -> None:
    three = [Claim(number, party) for number, party in enumerate(PARTIES[:3])]
    refusal = claim_refusal(SEATS, three, "property", None, WHY)
    assert refusal is not None
    assert "没有人可以决定" in refusal.sentence


def test_a_present_member_objects_with_a_reason_before_the_vote() -> None:
    assert contest_refusal(SITTING, READY, PARTY, WHY, seat_present=True) is None
    assert contest_refusal(SITTING, READY, None, WHY, seat_present=True) is None
    assert contest_refusal(SITTING, READY, PARTY, WHY, seat_present=False) is not None
    assert contest_refusal(SITTING, READY, PARTY, "不对", seat_present=True) is not None
    assert contest_refusal(SITTING, Course(9, 1, 2), PARTY, WHY, seat_present=True) is not None
    assert contest_refusal(SITTING, Course(9, 1, 2, AT, AT), PARTY, WHY, seat_present=True) is not None
    assert contest_refusal(Sitting(1, AT), READY, PARTY, WHY, seat_present=True) is not None


def test_one_objection_is_enough_and_what_is_decided_stays() -> None:
    contested = replace(PARTY, contested_at=AT)
    assert contest_refusal(SITTING, READY, contested, WHY, seat_present=True) is not None
    decided = replace(contested, decided_at=AT, upheld=True)
    refusal = contest_refusal(SITTING, READY, decided, WHY, seat_present=True)
    assert refusal is not None
    assert "已经由其他委员决定" in refusal.sentence


def test_the_rest_are_present_not_concerned_and_not_recused_otherwise() -> None:
    seats = (*SEATS[:4], seat(4, "branch", present=False), *SEATS[5:])
    contested = replace(PARTY, contested_at=AT)
    assert [one.seat_id for one in the_rest(seats, [contested, SEAT], contested)] == [1, 2, 5, 6]


def test_the_rest_answer_once_and_the_concerned_do_not_judge() -> None:
    contested = replace(PARTY, contested_at=AT)
    rest = the_rest(SEATS, [contested, SEAT], contested)
    assert answer_refusal(READY, contested, SEATS[1], rest, answered=False) is None
    assert answer_refusal(READY, contested, SEATS[1], rest, answered=True) is not None
    sentences = [
        refusal.sentence
        for refusal in (
            answer_refusal(READY, contested, SEATS[3], rest, answered=False),
            answer_refusal(READY, contested, SEATS[0], rest, answered=False),
            answer_refusal(READY, contested, None, rest, answered=False),
            answer_refusal(READY, contested, seat(1, "residents", present=False), rest, answered=False),
            answer_refusal(READY, PARTY, SEATS[1], rest, answered=False),
            answer_refusal(Course(9, 1, 2, AT, AT), contested, SEATS[1], rest, answered=False),
        )
        if refusal is not None
    ]
    assert len(sentences) == 6
    assert "由其他委员决定" in sentences[0]


def test_half_of_the_rest_is_not_enough_to_decide_and_one_more_is() -> None:
    contested = replace(PARTY, contested_at=AT)
    half = decide_refusal(READY, contested, 3, 6, HEARD)
    assert half is not None
    assert half.values == {"rest": 6, "answers": 3}
    assert decide_refusal(READY, contested, 4, 6, HEARD) is None
    assert decide_refusal(READY, PARTY, 4, 6, HEARD) is not None
    assert decide_refusal(Course(9, 1, 2, AT, AT), contested, 4, 6, HEARD) is not None
    assert decide_refusal(READY, contested, 0, 0, HEARD) is not None


def test_a_tie_fails() -> None:
    assert not recused_by(2, 2, MARK)
    assert recused_by(3, 2, MARK)
    assert not recused_by(0, 0, MARK)


def test_reaching_includes_the_mark_and_passing_does_not() -> None:
    at_least = replace(MARK, relation=">=")
    assert reaches(1, 2, at_least)
    assert not reaches(1, 2, MARK)
