"""`voting count` agrees with independent programs and official outcomes on real elections."""

import json
from itertools import pairwise, permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask

from app.voting.rules import read_pb
from app.voting.rules.methods import by_text, count_election, irv, read_soi, schulze
from app.voting.rules.methods.counting import rankings
from app.voting.rules.methods.schulze import preferences

pytestmark = pytest.mark.databases("sqlite")
PB = ("Netherlands_Assen_2024", "Poland_Swiecie_2023", "Poland_Warszawa_2023_Mokotow")
SOI = ("nswla-00058-00000003", "preflib-debian-00002-00000001")
RESULTS = {
    "greedy": "greedy_utilitarian[cost_sat]",
    "equal-shares": "mes[cost_sat] no completion",
    "equal-shares-add1": "mes[cost_sat] add1 (voter_budget_increment=1)",
}


def told(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", PB)
@pytest.mark.parametrize("rule", RESULTS)
def test_budgets_are_spent_as_pabutools_says(shared_data: Path, name: str, rule: str) -> None:
    results = told(shared_data / "pabulib" / f"{name}.expected.json")["results"]
    if RESULTS[rule] not in results:
        assert (name, rule) == (PB[2], "equal-shares-add1")
        return
    election = read_pb((shared_data / "pabulib" / f"{name}.pb").read_bytes())
    found = count_election(election, rule)
    assert list(found.winners) == results[RESULTS[rule]]["selected"]
    costs = {option.key: option.cost or 0 for option in election.options}
    assert str(sum(costs[key] for key in found.winners)) == results[RESULTS[rule]]["cost"]


@pytest.mark.parametrize(
    ("name", "rule"), [(PB[0], "equal-shares-add1"), (PB[1], "equal-shares-add1"), (PB[2], "greedy")]
)
def test_the_official_outcome_is_found(shared_data: Path, name: str, rule: str) -> None:
    election = read_pb((shared_data / "pabulib" / f"{name}.pb").read_bytes())
    official = told(shared_data / "pabulib" / f"{name}.expected.json")["official_selected"]
    assert list(count_election(election, rule).winners) == official


@pytest.mark.parametrize("name", SOI)
def test_rankings_are_counted_round_by_round_and_pair_by_pair_as_expected(shared_data: Path, name: str) -> None:
    election = read_soi((shared_data / "ranked" / f"{name}.soi").read_bytes())
    expected = told(shared_data / "ranked" / f"{name}.expected.json")
    keys = by_text(option.key for option in election.options)
    assert {option.key: option.label for option in election.options} == expected["candidates"]
    assert sum(vote.times for vote in election.votes) == expected["voters"]
    run_off = irv(keys, rankings(election), keys)
    assert run_off.winner == str(expected["irv"]["winner"])
    assert [{"tally": dict(one.tally), "exhausted": one.exhausted} for one in run_off.rounds] == expected["irv"][
        "rounds"
    ]
    compared = schulze(keys, rankings(election), keys)
    assert compared.pairs == expected["pairwise"]
    assert list(compared.unbeaten) == [str(key) for key in expected["schulze"]["winners"]]
    assert list(compared.order) == [str(key) for key in expected["schulze"]["order_by_path_wins"]]
    assert [compared.condorcet] == [str(key) for key in expected["condorcet_winner"]]


@pytest.mark.parametrize("seed", range(60))
def test_circles_are_decided_as_by_trying_every_path(seed: int) -> None:
    """The other way of Schulze: no table is improved; the strongest of all simple paths is looked for one by one."""
    dice = Random(seed)
    keys = tuple("ABCDE"[: 3 + seed % 3])
    circle = [tuple(keys[turn:] + keys[:turn]) for turn in range(len(keys))]
    ballots = {ranking: dice.randint(1, 9) for ranking in circle}
    for _ in range(dice.randint(0, 4)):
        ballots[tuple(dice.sample(keys, dice.randint(1, len(keys))))] = dice.randint(1, 6)
    found = schulze(keys, ballots, keys)
    pairs = preferences(keys, ballots)

    def strength(one: str, other: str) -> int:
        between = [key for key in keys if key not in (one, other)]
        ways = [(one, *middle, other) for many in range(len(between) + 1) for middle in permutations(between, many)]
        links = (list(pairwise(way)) for way in ways)
        return max(min(pairs[a][b] if pairs[a][b] > pairs[b][a] else 0 for a, b in way) for way in links)

    best = {one: {other: strength(one, other) for other in keys if other != one} for one in keys}
    unbeaten = tuple(key for key in keys if all(best[key][other] >= best[other][key] for other in keys if other != key))
    assert found.paths == best
    assert found.unbeaten == unbeaten
    assert found.order[0] in unbeaten


def test_the_command_answers_with_one_json_object(app: Flask, shared_data: Path) -> None:
    path = shared_data / "pabulib" / f"{PB[1]}.pb"
    done = app.test_cli_runner().invoke(args=["voting", "count", str(path), "--rule", "equal-shares-add1", "--json"])
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert list(answer) == ["rule", "winners", "order"]
    assert answer["rule"] == "equal-shares-add1"
    assert answer["winners"] == told(path.with_name(f"{PB[1]}.expected.json"))["official_selected"]
    assert sorted(answer["order"]) == answer["winners"]
    assert done.stderr == ""
