"""However ballots come in and whoever reads them when: one counts for a line, and no one person makes one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.core.law.rows import law_row
from app.core.values import Entry
from app.voting.rules import (
    DISPUTED,
    Ballot,
    Intake,
    counted,
    declare_refusal,
    intake_refusal,
    marks,
    owners_terms,
    rank,
    reading_refusal,
    settle_refusal,
    withdraw_refusal,
)
from app.voting.rules.terms import CHANNELS, CHOICES, PRECEDENCES

OPENS = datetime(2026, 3, 2, 1, tzinfo=UTC)
TERMS = replace(owners_terms(5, date(2026, 3, 2), law_row), opens_at=OPENS, closes_at=OPENS + timedelta(days=10))
UNIT = Entry("1-101", "1号楼101", area=8950)
arrivals = st.lists(
    st.tuples(st.sampled_from(CHANNELS), st.integers(0, 50), st.sampled_from(CHOICES)),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one[1],
)


def kept(ballots: list[Ballot], precedence: str) -> Ballot:
    """What counts when each ballot is stored as it is made, and compared only with the one that counts so far."""
    best = ballots[0]
    for new in ballots[1:]:
        before = rank(precedence, best.channel, best.instant, 0)
        if rank(precedence, new.channel, new.instant, 1) > before:
            best = new
    return best


@given(arrivals, st.sampled_from(PRECEDENCES), st.randoms())
def test_when_a_paper_is_typed_never_changes_which_ballot_counts(
    came: list[tuple[str, int, str]], precedence: str, random: object
) -> None:
    ballots = [Ballot(str(place), "u1", choice, way, at) for place, (way, at, choice) in enumerate(came)]
    typed = list(ballots)
    random.shuffle(typed)  # type: ignore[attr-defined]  # Hypothesis hands over a Random
    assert kept(typed, precedence) == counted(ballots, precedence)["u1"]


@given(arrivals, st.sampled_from(PRECEDENCES), st.sampled_from(CHOICES))
def test_what_counts_never_depends_on_what_is_marked(
    came: list[tuple[str, int, str]], precedence: str, other: str
) -> None:
    ballots = [Ballot(str(place), "u1", choice, way, at) for place, (way, at, choice) in enumerate(came)]
    painted = [replace(ballot, choice=other) for ballot in ballots]
    assert counted(painted, precedence)["u1"].id == counted(ballots, precedence)["u1"].id


steps = st.lists(
    st.tuples(st.sampled_from(("read", "settle", "withdraw")), st.integers(1, 4), st.sampled_from(CHOICES)), max_size=12
)


@given(steps)
def test_a_ballot_is_made_by_two_who_read_the_same_or_by_a_third_and_never_by_one(
    done: list[tuple[str, int, str]],
) -> None:
    read: dict[int, str] = {}
    made: tuple[str, frozenset[int]] | None = None
    for step, person, choice in done:
        intake, mine = Intake(len(read), made=made is not None), person in read
        if step == "read" and reading_refusal(TERMS, intake, [choice], mine=mine, declared=False) is None:
            read[person] = marks(TERMS, [choice])
            if len(read) == 2 and len(set(read.values())) == 1:
                made = (choice, frozenset(read))
        if step == "withdraw" and withdraw_refusal(intake, mine=mine, declared=False) is None:
            del read[person]
        if step == "settle" and settle_refusal(TERMS, intake, [choice], "看过原件", mine=mine, declared=False) is None:
            assert intake.state == DISPUTED
            made = (choice, frozenset({*read, person}))
        assert len(read) <= 2
    if made is not None:
        assert len(made[1]) == (2 if len(set(read.values())) == 1 else 3)


@given(st.integers(-5_000_000, 900_000_000_000))
def test_a_ballot_is_received_exactly_while_the_poll_is_open_however_late_it_is_read(microseconds: int) -> None:
    at = OPENS + timedelta(microseconds=microseconds)
    inside = TERMS.opens_at <= at <= TERMS.closes_at if TERMS.opens_at and TERMS.closes_at else False
    assert (intake_refusal(TERMS, UNIT, "paper", at) is None) is inside
    assert reading_refusal(TERMS, Intake(), ["yes"], mine=False, declared=False) is None


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(31, 10**6))
def test_an_outcome_waits_for_exactly_the_ballots_that_are_not_read(unread: int, disputed: int, seconds: int) -> None:
    assert TERMS.closes_at is not None
    now = TERMS.closes_at + timedelta(seconds=seconds)
    refusal = declare_refusal(TERMS, now, outstanding=True, closed_by_chair=False, unread=unread, disputed=disputed)
    assert (refusal is None) is (unread + disputed == 0)
