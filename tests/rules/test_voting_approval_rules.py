"""Approval polls, and the files in which cities keep them."""

from datetime import date
from pathlib import Path

import pytest

from app.core.law.rows import law_row
from app.voting.rules import (
    Malformed,
    Option,
    Sums,
    Tally,
    approval_outcome,
    chosen_options,
    owners_terms,
    read_pb,
    residents_terms,
    standings,
    tally,
    winners,
    written_choice,
)

TODAY = date(2026, 3, 2)
TERMS = residents_terms(TODAY, law_row, tuple(Option(key, f"项目{key}") for key in ("10", "9", "2")))


def test_a_choice_is_written_in_the_order_of_the_ballot_whatever_order_it_was_made_in() -> None:
    assert written_choice(TERMS, ["2", "10"]) == written_choice(TERMS, ("10", "2")) == '["10","2"]'
    assert chosen_options(TERMS, '["10","2"]') == ("10", "2")


def test_a_choice_of_one_is_written_as_it_is() -> None:
    terms = owners_terms(1, TODAY, law_row)
    assert written_choice(terms, ["no"]) == "no"
    assert chosen_options(terms, "no") == ("no",)


def test_every_option_is_tallied_those_that_nobody_named_included() -> None:
    assert tally(TERMS, ['["10","2"]', '["2"]']) == {"10": 1, "9": 0, "2": 2}


def test_all_that_tie_for_first_win_and_equal_ones_stand_by_their_key_as_text() -> None:
    order = standings({"2": 3, "10": 3, "9": 1})
    assert [item.option for item in order] == ["10", "2", "9"]
    assert winners(order) == ("10", "2")


def test_where_nobody_votes_nobody_wins() -> None:
    assert winners(standings({"1": 0, "2": 0})) == ()


def test_an_approval_poll_is_counted_with_its_options_and_winners() -> None:
    answer = approval_outcome(TERMS, Sums(Tally(9, 4, 0)), {"10": 1, "9": 3, "2": 0}).as_json()
    assert answer["outcome"] == "counted"
    assert answer["winners"] == ["9"]
    assert answer["options"][0] == {"option": "9", "ballots": 3}
    assert answer["heads"]["participating"] == 4


PB = """META
key;value
description;Assen Top Idee
num_projects;2
num_votes;2
vote_type;approval
date_begin;31.03.2024
date_end;15.04.2024
min_length;2
PROJECTS
project_id;cost;name
1;7200;"Podium; met dak"
2;21000;Platform\u2028één
VOTES
voter_id;vote
a;1,2
b;2
"""


def test_a_file_is_read_with_its_projects_votes_and_days() -> None:
    election = read_pb(PB.encode())
    assert (election.title, election.vote_type, election.least, election.most) == ("Assen Top Idee", "approval", 2, 0)
    assert (election.begins, election.ends) == (date(2024, 3, 31), date(2024, 4, 15))
    assert election.options == (Option("1", "Podium; met dak", 7200), Option("2", "Platform\u2028één", 21000))
    assert [vote.projects for vote in election.votes] == [("1", "2"), ("2",)]
    assert election.rejected == ()


def test_a_byte_order_mark_and_windows_lines_are_read_too() -> None:
    assert read_pb(b"\xef\xbb\xbf" + PB.replace("\n", "\r\n").encode()).options == read_pb(PB.encode()).options


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("c;3", "没有编号"),
        ("c;1,1", "选了两次"),
        ("a;1", "前面已经有"),
        ("c;", "没有选任何"),
        (";1", "没有投票人"),
        (f"{'x' * 81};1", "没有投票人"),
    ],
)
def test_a_ballot_that_cannot_be_counted_is_named_with_its_line_and_the_rest_is_taken(row: str, said: str) -> None:
    election = read_pb((PB + row + "\n").encode())
    assert len(election.votes) == 2
    assert [rejected.line for rejected in election.rejected] == [18]
    assert said in election.rejected[0].reason.sentence


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("META\n", "", "line 1"),
        ("VOTES\nvoter_id;vote\na;1,2\nb;2\n", "", "$"),
        ("PROJECTS\n", "META\n", "line 10"),
        ("project_id;cost", "project;cost", "$"),
        ("voter_id;vote", "voter_id;choice", "$"),
        ("1;7200", "2;7200", "line 13"),
        (";21000;", ";a lot;", "line 13"),
        ("1;7200", ";7200", "line 12"),
        ('1;7200;"Podium; met dak"\n', "", "$"),
    ],
)
def test_a_file_whose_form_fails_is_refused_with_its_line(old: str, new: str, path: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_pb(PB.replace(old, new, 1).encode())
    assert caught.value.path == path


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"PK\x03\x04 a spreadsheet", b"\x00" * 100])
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        read_pb(data)


@pytest.mark.parametrize("day", ["", "soon", "31.02.2024", "2024", "1.2.3.4", "٣١.٠٣.٢٠٢٤x"])
def test_a_day_that_cannot_be_read_is_left_open(day: str) -> None:
    assert read_pb(PB.replace("31.03.2024", day).encode()).begins is None


@pytest.mark.parametrize(
    ("name", "projects", "votes"),
    [
        ("Netherlands_Assen_2024", 14, 84),
        ("Poland_Swiecie_2023", 22, 2553),
        ("Poland_Warszawa_2023_Mokotow", 81, 11067),
    ],
)
def test_real_elections_are_read_whole(shared_data: Path, name: str, projects: int, votes: int) -> None:
    election = read_pb((shared_data / "pabulib" / f"{name}.pb").read_bytes())
    assert (len(election.options), len(election.votes), election.rejected) == (projects, votes, ())
