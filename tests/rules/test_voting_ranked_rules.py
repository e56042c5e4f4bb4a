"""Rankings and points: instant run-off, Schulze, most points; and lots among equals."""

import hashlib

import pytest

from app.voting.rules.methods import by_text, irv, lot, preferences, schulze, scores

ABC = ("a", "b", "c")
TENNESSEE = {("m", "n", "c", "k"): 42, ("n", "c", "k", "m"): 26, ("c", "k", "n", "m"): 15, ("k", "c", "n", "m"): 17}
WIKI = {  # the example of Schulze's paper: 45 voters, E wins through a chain
    tuple("ACBED"): 5, tuple("ADECB"): 5, tuple("BEDAC"): 8, tuple("CABED"): 3,
    tuple("CAEBD"): 7, tuple("CBADE"): 2, tuple("DCEBA"): 7, tuple("EBADC"): 8,
}  # fmt: skip


def test_the_last_leaves_and_its_ballots_go_on() -> None:
    found = irv(("m", "n", "c", "k"), TENNESSEE, ("c", "k", "m", "n"))
    assert found.winner == "k"
    assert [one.out for one in found.rounds] == ["c", "n", ""]
    assert dict(found.rounds[1].tally) == {"m": 42, "n": 26, "k": 32}
    assert found.order == ("k", "m", "n", "c")
    assert found.ties == ()


def test_more_than_half_wins_at_once_and_exactly_half_does_not() -> None:
    assert len(irv(ABC, {("a",): 3, ("b",): 2}, ABC).rounds) == 1
    half = irv(ABC, {("a",): 2, ("b",): 1, ("c", "b"): 1}, ABC)
    assert half.rounds[0].out == "c"
    assert half.ties == (("b", "c"), ("a", "b"))


def test_a_ballot_whose_candidates_have_left_is_exhausted_and_half_is_of_those_that_stand() -> None:
    found = irv(ABC, {("a",): 4, ("b",): 5, ("c",): 2}, ABC)
    assert [one.exhausted for one in found.rounds] == [0, 2]
    assert found.winner == "b"


def test_of_several_with_the_fewest_the_one_last_by_lot_leaves() -> None:
    ballots = {("a", "b"): 2, ("b", "c"): 2, ("c", "a"): 2}
    first = irv(ABC, ballots, ("a", "b", "c"))
    assert (first.rounds[0].out, first.winner) == ("c", "a")
    other = irv(ABC, ballots, ("c", "b", "a"))
    assert (other.rounds[0].out, other.winner) == ("a", "b")
    assert first.ties == (("a", "b", "c"),)


def test_a_tie_of_those_who_cannot_stay_anyway_is_none() -> None:
    found = irv(("a", "b", "c", "d"), {("a",): 9, ("b",): 8, ("c", "b"): 1, ("d", "b"): 1}, ("a", "b", "c", "d"))
    assert (found.ties, found.winner) == ((), "b")
    late = irv(("a", "b", "c", "d"), {("a",): 5, ("b",): 2, ("c",): 1, ("d",): 1}, ("a", "b", "c", "d"))
    assert late.ties == ()


def test_where_two_are_left_with_as_many_it_is_a_tie() -> None:
    found = irv(("a", "b"), {("a",): 3, ("b",): 3}, ("b", "a"))
    assert (found.winner, found.ties) == ("b", (("a", "b"),))


def test_without_ballots_nobody_wins() -> None:
    assert irv(ABC, {}, ABC).winner == ""
    assert schulze(ABC, {}, ABC).unbeaten == ()
    assert scores(ABC, [], ABC).winner == ""


def test_a_ranked_option_is_preferred_to_every_unranked_one_and_those_say_nothing_of_each_other() -> None:
    assert preferences(ABC, {("b",): 3}) == {"a": {"b": 0, "c": 0}, "b": {"a": 3, "c": 3}, "c": {"a": 0, "b": 0}}


def test_schulze_finds_the_winner_of_his_own_example_through_a_chain() -> None:
    found = schulze(tuple("ABCDE"), WIKI, tuple("ABCDE"))
    assert found.order == ("E", "A", "C", "B", "D")
    assert (found.unbeaten, found.condorcet) == (("E",), "")
    assert (found.pairs["A"]["E"], found.paths["E"]["A"], found.paths["A"]["E"]) == (22, 25, 24)


def test_whoever_beats_everybody_wins() -> None:
    found = schulze(("m", "n", "c", "k"), TENNESSEE, ("c", "k", "m", "n"))
    assert (found.condorcet, found.order[0], found.ties) == ("n", "n", ())


def test_a_perfect_circle_is_a_tie_and_the_lot_decides() -> None:
    ballots = {("a", "b", "c"): 2, ("b", "c", "a"): 2, ("c", "a", "b"): 2}
    found = schulze(ABC, ballots, ("b", "c", "a"))
    assert (found.unbeaten, found.order[0], found.condorcet) == (ABC, "b", "")
    assert found.ties == (ABC,)


def test_points_are_added_and_an_option_without_a_mark_gets_nothing() -> None:
    found = scores(ABC, [({"a": 5, "b": 3}, 2), ({"b": 5, "a": 0}, 1)], ABC)
    assert [(one.option, one.points, one.ballots) for one in found.standings] == [
        ("b", 11, 3),
        ("a", 10, 3),
        ("c", 0, 0),
    ]
    assert (found.winner, found.ties) == ("b", ())


def test_equal_points_are_a_tie_only_at_the_top() -> None:
    assert scores(ABC, [({"a": 5, "b": 5, "c": 1}, 1)], ("b", "a", "c")).ties == (("a", "b"),)
    assert scores(ABC, [({"a": 5, "b": 5, "c": 1}, 1)], ("b", "a", "c")).winner == "b"
    assert scores(ABC, [({"a": 5, "b": 1, "c": 1}, 1)], ABC).ties == ()


def test_lots_are_drawn_by_the_hash_of_seed_and_key() -> None:
    seed = bytes.fromhex("00" * 32)
    by_hand = {key: hashlib.sha256(seed + key.encode()).hexdigest() for key in ("健身角", "充电棚", "1")}
    assert lot(seed, by_hand) == tuple(sorted(by_hand, key=by_hand.__getitem__))
    assert lot(seed, ["1"]) == ("1",)
    # printf '%s' a | cat <(head -c 32 /dev/zero) - | sha256sum says 41a0370c…, of b 7ec8020a…, of c 78264fe5…
    assert lot(seed, ABC) == ("a", "c", "b")


@pytest.mark.parametrize("first", ABC)
def test_every_candidate_may_be_lucky(first: str) -> None:
    assert any(lot(bytes([number]), ABC)[0] == first for number in range(32))


def test_the_order_of_the_candidates_does_not_matter_to_the_lot() -> None:
    assert lot(b"seed", ["c", "a", "b"]) == lot(b"seed", ABC)
    assert by_text({"b", "a"}) == ("a", "b")
