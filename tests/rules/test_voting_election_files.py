"""Files of ballots of every kind, and which rule counts which."""

from datetime import date

import pytest

from app.voting.rules import Malformed, Option, read_pb
from app.voting.rules.methods import RULES, count_election, count_refusal, read_soi
from app.voting.rules.methods.counting import spending

PB = """META
key;value
description;Toulouse
budget;100
vote_type;{kind}
currency;EUR
PROJECTS
project_id;cost;name
10;60;Pont
2;50;Banc
3;40;Arbre
VOTES
voter_id;vote{points}
"""
APPROVALS = PB.format(kind="approval", points="") + "a;10,2\nb;10\nc;2,3\nd;10\n"
POINTS = PB.format(kind="cumulative", points=";points") + "a;3,2;5,1\nb;2;2\nc;10,3;1,3.0\n"
ORDERS = PB.format(kind="ordinal", points="") + "a;3,2,10\nb;2,3\nc;10\n"
SOI = """# FILE NAME: 1.soi
# TITLE: Ballina
# DATA TYPE: soi
# PUBLICATION DATE: 2015-03-28
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 8
# NUMBER UNIQUE ORDERS: 3
# ALTERNATIVE NAME 1: HARTLEY Matthew
# ALTERNATIVE NAME 3: SMITH: Tamara
4: 1
3: 3,2
1: 2,3,1
"""


def test_approvals_are_counted_by_every_rule_for_budgets_and_by_their_number() -> None:
    election = read_pb(APPROVALS.encode())
    assert (election.budget, election.currency, election.scale) == (100, "EUR", 1)
    assert count_election(election, "approval").as_json() == {
        "rule": "approval",
        "winners": ["10"],
        "order": ["10", "2", "3"],
    }
    assert count_election(election, "greedy").winners == ("10", "3")
    assert count_election(election, "equal-shares").winners == ("10",)
    assert count_election(election, "equal-shares-add1").winners == ("10",)


def test_points_are_read_with_the_project_they_belong_to() -> None:
    election = read_pb(POINTS.encode())
    assert election.votes[2].points == (1, 3)
    assert [dict(support.satisfaction) for support in spending(election).supports] == [
        {"3": 5, "2": 1},
        {"2": 2},
        {"10": 1, "3": 3},
    ]
    assert count_election(election, "greedy").order == ("3", "2")


def test_an_order_without_points_gives_bordas_and_can_be_counted_as_a_ranking() -> None:
    election = read_pb(ORDERS.encode())
    assert [dict(support.satisfaction) for support in spending(election).supports] == [
        {"3": 2, "2": 1, "10": 0},
        {"2": 1, "3": 0},
        {"10": 0},
    ]
    assert count_election(election, "irv").winners == ("2",)
    assert count_election(election, "schulze").order == ("2", "3", "10")


def test_an_order_with_points_of_its_own_keeps_them() -> None:
    text = ORDERS.replace("voter_id;vote\n", "voter_id;vote;points\n").replace("3,2,10\n", "3,2,10;9,4,1\n")
    text = text.replace("b;2,3\n", "b;2,3;9,4\n").replace("c;10\n", "c;10;9\n")
    assert read_pb(text.encode()).votes[0].points == (9, 4, 1)


def test_amounts_with_decimals_are_counted_in_their_smallest_part() -> None:
    election = read_pb(APPROVALS.replace("budget;100", "budget;100,25").replace(";60;", ";60.5;").encode())
    assert (election.budget, election.scale, election.options[0].cost) == (10025, 100, 6050)
    assert spending(election).step == 100
    assert count_election(election, "equal-shares-add1").winners == ("10",)


def test_ballots_that_name_nothing_are_not_taken_and_have_a_share_all_the_same() -> None:
    election = read_pb((APPROVALS + "e;\nf;\n").encode())
    assert (election.blank, len(election.rejected), spending(election).voters) == (2, 2, 6)


@pytest.mark.parametrize(
    ("row", "said"),
    [("d;3,2;5", "要有一个分数"), ("d;3;-1", "要有一个分数"), ("d;3;2.5", "要有一个分数"), ("d;3;", "要有一个分数")],
)
def test_points_that_do_not_fit_are_named_with_their_line(row: str, said: str) -> None:
    election = read_pb((POINTS + row + "\n").encode())
    assert (len(election.votes), election.rejected[0].line) == (3, 17)
    assert said in election.rejected[0].reason.sentence


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [("budget;100", "budget;much", "$"), (";60;", ";-60;", "line 9"), (";points", ";marks", "$")],
)
def test_an_amount_or_a_column_that_is_missing_refuses_the_file(old: str, new: str, path: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_pb(POINTS.replace(old, new).encode())
    assert caught.value.path == path


def test_rankings_are_read_with_names_and_how_often_each_was_cast() -> None:
    election = read_soi(SOI.replace("\n", "\r\n").encode())
    assert election.title == "Ballina"
    assert election.options == (Option("1", "HARTLEY Matthew"), Option("2", "2"), Option("3", "SMITH: Tamara"))
    assert [(vote.projects, vote.times) for vote in election.votes] == [
        (("1",), 4),
        (("3", "2"), 3),
        (("2", "3", "1"), 1),
    ]
    assert (election.begins, election.ends) == (date(2015, 3, 28), date(2015, 3, 28))
    assert count_election(election, "irv").as_json() == {"rule": "irv", "winners": ["1"], "order": ["1", "3", "2"]}


@pytest.mark.parametrize(("line", "said"), [("2: 1,9", "没有编号"), ("2: 1,1", "选了两次"), ("2:", "没有选任何")])
def test_an_order_that_cannot_be_counted_is_named_with_its_line(line: str, said: str) -> None:
    election = read_soi(f"{SOI}{line}\n".encode())
    assert (sum(vote.times for vote in election.votes), election.rejected[0].line) == (8, 13)
    assert said in election.rejected[0].reason.sentence


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("DATA TYPE: soi", "DATA TYPE: cat", "$"),
        ("NUMBER ALTERNATIVES: 3", "NUMBER ALTERNATIVES: 2", "$"),
        ("NUMBER ALTERNATIVES: 3", "NUMBER ALTERNATIVES: many", "$"),
        ("NUMBER ALTERNATIVES: 3", "NUMBER ALTERNATIVES: 99999999999", "$"),
        ("NUMBER VOTERS: 8", "NUMBER VOTERS: 9", "$"),
        ("4: 1", "1", "line 10"),
        ("4: 1", "0: 1", "line 10"),
        ("4: 1", "x: 1", "line 10"),
        ("4: 1", "4: {1,2}", "line 10"),
        ("4: 1\n3: 3,2\n1: 2,3,1\n", "", "$"),
    ],
)
def test_rankings_whose_form_fails_are_refused_with_their_line(old: str, new: str, path: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_soi(SOI.replace(old, new, 1).encode())
    assert caught.value.path == path


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"PK\x03\x04", b"\x00" * 99, APPROVALS.encode()])
def test_what_are_no_rankings_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        read_soi(data)


@pytest.mark.parametrize(
    ("election", "fit"),
    [
        (read_pb(APPROVALS.encode()), {"greedy", "equal-shares", "equal-shares-add1", "approval"}),
        (read_pb(POINTS.encode()), {"greedy", "equal-shares", "equal-shares-add1"}),
        (read_pb(ORDERS.encode()), {"greedy", "equal-shares", "equal-shares-add1", "irv", "schulze"}),
        (read_soi(SOI.encode()), {"irv", "schulze"}),
        (read_pb(APPROVALS.replace("budget;100\n", "").encode()), {"approval"}),
        (read_pb(PB.format(kind="approval", points="").encode()), set()),
    ],
)
def test_a_rule_counts_the_ballots_it_is_made_for(election: object, fit: set[str]) -> None:
    assert {rule for rule in RULES if count_refusal(election, rule) is None} == fit


def test_a_rule_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(ValueError, match="dice"):
        count_election(read_pb(APPROVALS.encode()), "dice")
