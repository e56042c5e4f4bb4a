"""The measuring of equal shares: the same projects in coins of any size, and a ratio only where there is a yardstick."""

import pytest

from app.voting.rules import read_pb
from bench import shares


def test_the_same_election_in_smaller_coins_funds_the_same() -> None:
    whole, fine = (read_pb(shares.election_text(120, coins).encode()) for coins in (1, 100))
    assert (whole.budget, fine.budget, len(whole.votes)) == (1_070_000, 107_000_000, 120)
    assert shares.ours(whole)[1] == shares.ours(fine)[1]


def test_without_an_interpreter_that_has_it_there_is_no_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(shares.INTERPRETER, raising=False)
    seconds, finer, ratio = shares.measure_shares(60)
    assert seconds > 0
    assert finer > 0
    assert ratio is None
