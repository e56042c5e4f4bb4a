"""Every kind of ballots comes in, is kept as it was marked, and is counted by what the file names."""

import json
from typing import Any

import pytest

from app.assemblies.actions import import_residents_poll
from app.core.values import the_house
from app.voting import queries
from app.voting.rules import Election, read_pb
from app.voting.rules.methods import read_soi
from tests.polls import marked
from tests.rules.test_voting_election_files import APPROVALS, ORDERS, POINTS, SOI
from tests.world import World


def brought_in(world: World, election: Election) -> tuple[queries.PollRow, dict[str, Any]]:
    import_residents_poll(the_house(world.community_id), world.community_id, election, "0" * 64)
    poll = queries.get_by_number(world.community_id, 1)
    return poll, json.loads(queries.get_answer(poll) or "")


def test_points_within_a_budget_are_spent_by_both_methods(world: World) -> None:
    poll, answer = brought_in(world, read_pb(POINTS.encode()))
    assert (poll.terms.selection, poll.terms.method, poll.terms.budget.currency) == ("score", "budget", "EUR")
    assert marked(poll.id, "a") == '{"2":1,"3":5}'
    assert answer["winners"] == []
    assert answer["details"]["greedy"] == {"funded": ["3", "2"], "cost": 90}
    assert answer["details"]["equal-shares"]["cost"] <= 100


def test_points_without_a_budget_are_added(world: World) -> None:
    poll, answer = brought_in(world, read_pb(POINTS.replace("budget;100\n", "").encode()))
    assert poll.terms.method == "points"
    assert answer["winners"] == ["3"]
    assert answer["details"]["standings"][0] == {"option": "3", "points": 8, "ballots": 2}


def test_approvals_within_a_budget_keep_their_numbers_too(world: World) -> None:
    poll, answer = brought_in(world, read_pb(APPROVALS.encode()))
    assert (poll.terms.selection, poll.terms.method) == ("approval", "budget")
    assert answer["options"][0] == {"option": "10", "ballots": 3}
    assert answer["details"]["greedy"]["funded"] == ["10", "3"]
    assert answer["details"]["ties"] == [["2", "3"]] or answer["details"]["ties"] == []


def test_approvals_without_a_budget_go_by_their_number(world: World) -> None:
    poll, answer = brought_in(world, read_pb(APPROVALS.replace("budget;100\n", "").encode()))
    assert (poll.terms.method, answer["winners"]) == ("number", ["10"])
    assert "details" not in answer


def test_orders_within_a_budget_give_bordas_points(world: World) -> None:
    poll, answer = brought_in(world, read_pb(ORDERS.encode()))
    assert (poll.terms.selection, marked(poll.id, "a")) == ("ranking", '["3","2","10"]')
    assert answer["details"]["greedy"]["funded"] == ["3", "2"]


def test_an_order_cast_by_many_is_as_many_ballots(world: World) -> None:
    poll, answer = brought_in(world, read_soi(SOI.encode()))
    assert (poll.lines, poll.terms.method) == (8, "irv")
    assert [marked(poll.id, key) for key in ("l10-1", "l10-4", "l11-3", "l12")] == [
        '["1"]',
        '["1"]',
        '["3","2"]',
        '["2","3","1"]',
    ]
    assert [one["tally"] for one in answer["details"]["rounds"]] == [
        {"1": 4, "2": 1, "3": 3},
        {"1": 4, "3": 4},
        {"1": 5},
    ]
    assert (answer["winners"], answer["details"]["ties"]) == ([], [["1", "3"]])


@pytest.mark.databases("sqlite")
def test_who_watches_is_told_what_is_being_done(world: World) -> None:
    told: list[tuple[str, int]] = []
    here = world.community_id
    import_residents_poll(the_house(here), here, read_soi(SOI.encode()), "0" * 64, lambda *words: told.append(words))
    assert [many for _doing, many in told] == [8, 8, 8]
