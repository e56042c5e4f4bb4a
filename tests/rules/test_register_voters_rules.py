"""Who casts the ballot of a dwelling that several own, and which units count."""

from hypothesis import given
from hypothesis import strategies as st

from app.register.rules.voters import (
    Naming,
    counting_uses,
    ending_refusal,
    mandate_refusal,
    naming_refusal,
    voters_of,
)

PEOPLE = st.integers(1, 9)
OWNERS = st.frozensets(PEOPLE, min_size=1, max_size=5)


def test_until_they_name_somebody_any_co_owner_may_vote() -> None:
    assert voters_of({3, 1}, None) == (1, 3)
    assert voters_of({3, 1}, Naming(1, frozenset({1, 3}), frozenset({1}))) == (1, 3)


def test_once_all_have_agreed_the_named_one_votes_alone() -> None:
    assert voters_of({3, 1}, Naming(3, frozenset({1, 3}), frozenset({1, 3}))) == (3,)
    assert voters_of({3, 1}, Naming(3, frozenset({1, 3}), desk=True)) == (3,)


def test_a_naming_ends_with_the_owners_who_made_it() -> None:
    naming = Naming(3, frozenset({1, 3}), desk=True)
    assert voters_of({3, 4}, naming) == (3, 4)
    assert voters_of({3}, naming) == (3,)
    assert voters_of({1, 3, 4}, naming) == (1, 3, 4)


def test_only_an_owner_is_named_and_only_by_owners_and_only_of_several() -> None:
    assert naming_refusal({1, 3}, 3, 1) is None
    assert naming_refusal({1, 3}, 3) is None
    for owners, named, by in (({1}, 1, 1), ({1, 3}, 2, 1), ({1, 3}, 3, 2)):
        assert naming_refusal(owners, named, by) is not None


def test_any_co_owner_takes_a_naming_back_and_nobody_else() -> None:
    naming = Naming(3, frozenset({1, 3}), desk=True)
    assert ending_refusal({1, 3}, naming, 1) is None
    assert ending_refusal({1, 3}, naming) is None
    assert ending_refusal({1, 3}, naming, 2) is not None
    assert ending_refusal({1, 3}, None, 1) is not None


def test_a_mandate_says_where_its_paper_lies() -> None:
    assert mandate_refusal("3月2日签，存服务台") is None
    assert mandate_refusal(" ") is not None
    assert mandate_refusal("字" * 201) is not None


def test_dwellings_always_count_and_the_rest_by_the_compounds_own_rule() -> None:
    assert counting_uses({}) == {"residential", "parking", "business", "other"}
    assert counting_uses({"parking": 0}) == {"residential", "business", "other"}
    assert counting_uses({"parking": 0, "business": 0, "other": 0}) == {"residential"}


@given(OWNERS, st.none() | st.builds(Naming, PEOPLE, OWNERS, st.frozensets(PEOPLE), st.booleans()))
def test_whatever_was_named_somebody_who_owns_may_vote_and_nobody_else(
    owners: frozenset[int], naming: Naming | None
) -> None:
    voters = voters_of(owners, naming)
    assert voters
    assert set(voters) <= owners
    assert len(voters) in (1, len(owners))
