"""How owners' and council's cases are counted, at the edges."""

import json
from typing import Any

import pytest

from app.core.law.rows import LawGap, law_row
from app.voting.rules import Outcome, decide, read_case

OPEN, CLOSE = "2026-11-01T09:00:00+08:00", "2026-11-21T18:00:00+08:00"
NOON = "2026-11-05T12:00:00+08:00"


def unit(name: str, area: int = 100, owners: list[str] | None = None, developer: bool = False) -> dict[str, Any]:
    return {"unit": name, "area": area, "owners": [f"p-{name}"] if owners is None else owners, "developer": developer}


def ballot(unit: str, choice: str = "yes", channel: str = "online", time: str = NOON, name: str = "") -> dict[str, Any]:
    return {"ballot": name or f"b-{unit}", "unit": unit, "choice": choice, "channel": channel, "time": time}


def owners(units: list[dict[str, Any]], ballots: list[dict[str, Any]], **rest: Any) -> Outcome:
    case = {
        "kind": "owners",
        "matter": 5,
        "on": "2026-11-23",
        "units": units,
        "ballots": ballots,
        "opens_at": OPEN,
        "closes_at": CLOSE,
        "precedence": "last",
        "follow_majority": False,
        **rest,
    }
    return decide(read_case(json.dumps(case).encode()), law_row)


def homes(many: int) -> list[dict[str, Any]]:
    return [unit(f"u{place}") for place in range(many)]


def votes(many: int, choice: str = "yes", start: int = 0) -> list[dict[str, Any]]:
    return [ballot(f"u{place}", choice) for place in range(start, start + many)]


def holds(outcome: Outcome) -> dict[str, bool]:
    return {item.name: item.holds for item in outcome.strict.inequalities}


def test_exactly_two_thirds_of_area_and_heads_is_enough() -> None:
    assert owners(homes(3), votes(2)).strict.outcome == "adopted"
    assert owners(homes(6), votes(3)).strict.outcome == "not-quorate"


def test_a_hundredth_of_a_square_metre_less_than_two_thirds_is_not_enough() -> None:
    units = [unit("u0", 99), unit("u1", 100), unit("u2", 100)]
    outcome = owners(units, votes(2))
    assert holds(outcome) == {
        "participation-area": False,
        "participation-heads": True,
        "agreement-area": True,
        "agreement-heads": True,
    }
    assert outcome.strict.outcome == "not-quorate"


@pytest.mark.parametrize(("matter", "outcome"), [(1, "rejected"), (5, "rejected"), (6, "rejected"), (9, "rejected")])
def test_exactly_half_is_never_enough_to_agree(matter: int, outcome: str) -> None:
    ballots = votes(2) + votes(2, "no", 2)
    assert owners(homes(4), ballots, matter=matter).strict.outcome == outcome


@pytest.mark.parametrize("matter", range(1, 10))
def test_three_quarters_are_enough_for_every_matter_and_needed_for_three_of_them(matter: int) -> None:
    special = matter in (6, 7, 8)
    three_of_four = owners(homes(4), votes(3) + votes(1, "no", 3), matter=matter)
    assert three_of_four.strict.outcome == "adopted"
    assert three_of_four.strict.inequalities[2].relation == (">=" if special else ">")
    two_of_three = owners(homes(3), votes(2) + votes(1, "no", 2), matter=matter)
    assert two_of_three.strict.outcome == ("rejected" if special else "adopted")


@pytest.mark.parametrize("choice", ["abstain", "invalid"])
def test_abstaining_and_invalid_ballots_take_part_and_do_not_agree(choice: str) -> None:
    outcome = owners(homes(3), votes(1) + votes(2, choice, 1))
    assert (outcome.strict.heads.participating, outcome.strict.heads.agreeing) == (3, 1)
    assert outcome.strict.outcome == "rejected"


def test_a_head_is_the_exact_set_of_owners() -> None:
    units = [
        unit("a", owners=["p1"]),
        unit("b", owners=["p1"]),
        unit("c", owners=["p2", "p1"]),
        unit("d", owners=["p1", "p2"]),
    ]
    outcome = owners(units, [ballot("a"), ballot("c")])
    assert (outcome.strict.heads.total, outcome.strict.heads.participating, outcome.strict.heads.agreeing) == (2, 2, 2)
    assert outcome.strict.area is not None
    assert outcome.strict.area.participating == 200


def test_owners_whose_names_look_like_a_set_are_no_set() -> None:
    units = [unit("a", owners=["p1", "p2"]), unit("b", owners=['p1", "p2']), unit("c", owners=["p1, p2"])]
    assert owners(units, []).strict.heads.total == 3
    assert owners([unit("a", owners=["developer"]), unit("b", owners=[], developer=True)], []).strict.heads.total == 2


def test_all_units_of_the_developer_are_one_head_whoever_is_written_beside_them() -> None:
    units = [unit("a", owners=[], developer=True), unit("b", owners=["x"], developer=True), unit("c", owners=["x"])]
    assert owners(units, []).strict.heads.total == 2


def test_a_head_agrees_only_when_all_its_counted_ballots_do() -> None:
    units = [unit("a", owners=["p"]), unit("b", owners=["p"]), unit("c", owners=["p"])]
    assert owners(units, [ballot("a"), ballot("b")]).strict.heads.agreeing == 1
    split = owners(units, [ballot("a"), ballot("b"), ballot("c", "no")])
    assert (split.strict.heads.participating, split.strict.heads.agreeing) == (1, 0)
    assert split.strict.area is not None
    assert split.strict.area.agreeing == 200


@pytest.mark.parametrize(
    ("time", "why"),
    [
        ("2026-11-01T08:59:59.999999+08:00", "before-opening"),
        ("2026-11-01T01:00:00Z", ""),
        ("2026-11-21T10:00:00Z", ""),
        ("2026-11-21T18:00:00.000001+08:00", "after-closing"),
    ],
)
def test_both_ends_of_the_window_count(time: str, why: str) -> None:
    outcome = owners(homes(1), [ballot("u0", time=time)])
    assert [item.why for item in outcome.rejected] == ([why] if why else [])
    assert outcome.strict.heads.participating == (0 if why else 1)


def test_an_unknown_unit_is_the_first_reason_and_reasons_stand_in_the_order_of_the_case() -> None:
    early, late = "2026-10-01T00:00:00Z", "2026-12-01T00:00:00Z"
    ballots = [
        ballot("u0", time=late, name="b3"),
        ballot("x", time=early, name="b1"),
        ballot("u0", time=early, name="b2"),
    ]
    outcome = owners(homes(1), ballots)
    assert [(item.ballot, item.why) for item in outcome.rejected] == [
        ("b3", "after-closing"),
        ("b1", "unknown-unit"),
        ("b2", "before-opening"),
    ]


def agrees(precedence: str, *ballots: tuple[str, str, str]) -> bool:
    """Whether the counted one of several ballots (choice, channel, time of day) is a yes."""
    written = [
        ballot("u0", choice, channel, f"2026-11-05T{time}:00+08:00", f"b{place}")
        for place, (choice, channel, time) in enumerate(ballots)
    ]
    outcome = owners(homes(1), written, precedence=precedence)
    assert outcome.rejected == ()
    return outcome.strict.heads.agreeing == 1


def test_the_last_ballot_counts_however_it_came() -> None:
    assert agrees("last", ("no", "paper", "10:00"), ("yes", "online", "11:00"))
    assert not agrees("last", ("no", "phone", "11:00"), ("yes", "paper", "10:00"))


def test_the_first_ballot_counts_however_it_came() -> None:
    assert agrees("first", ("yes", "online", "10:00"), ("no", "paper", "11:00"))
    assert not agrees("first", ("yes", "paper", "11:00"), ("no", "online", "10:00"))


@pytest.mark.parametrize("channel", ["paper", "letter"])
def test_paper_beats_the_rest_then_the_last(channel: str) -> None:
    assert agrees("paper", ("yes", channel, "10:00"), ("no", "online", "11:00"))
    assert agrees("paper", ("no", channel, "10:00"), ("yes", "paper", "11:00"), ("no", "stall", "12:00"))
    assert agrees("paper", ("no", "online", "10:00"), ("yes", "proxy", "11:00"))


@pytest.mark.parametrize("channel", ["online", "stall", "phone", "proxy"])
def test_what_is_no_paper_does_not_beat_the_rest(channel: str) -> None:
    assert not agrees("paper", ("yes", channel, "10:00"), ("no", "online", "11:00"))


def test_at_the_same_instant_the_one_later_in_the_list_is_the_later() -> None:
    for precedence, counts in (("last", True), ("paper", True), ("first", False)):
        assert agrees(precedence, ("no", "paper", "10:00"), ("yes", "paper", "10:00")) is counts


def test_a_rejected_ballot_supersedes_nothing() -> None:
    late = ballot("u0", "no", time="2026-11-30T00:00:00Z", name="late")
    outcome = owners(homes(1), [ballot("u0"), late])
    assert outcome.strict.heads.agreeing == 1
    assert [item.ballot for item in outcome.rejected] == ["late"]


def test_silent_units_follow_the_larger_area_beside_the_strict_count() -> None:
    outcome = owners(homes(6), votes(2) + votes(1, "no", 2), follow_majority=True)
    assert outcome.strict.outcome == "not-quorate"
    assert outcome.follow_majority is not None
    assert outcome.follow_majority.outcome == "adopted"
    assert outcome.follow_majority.heads.agreeing == 5


def test_silent_units_that_follow_a_no_take_their_head_with_them() -> None:
    units = [unit("u0", owners=["p"]), unit("u1", owners=["p"]), unit("u2"), unit("u3", 300)]
    outcome = owners(units, [ballot("u0"), ballot("u3", "no")], follow_majority=True)
    assert outcome.follow_majority is not None
    heads, area = outcome.follow_majority.heads, outcome.follow_majority.area
    assert (heads.total, heads.participating, heads.agreeing) == (3, 3, 0)
    assert area is not None
    assert (area.total, area.participating, area.agreeing) == (600, 600, 100)


def test_on_a_tie_silent_units_stay_out() -> None:
    outcome = owners(homes(4), votes(1) + votes(1, "no", 1), follow_majority=True)
    assert outcome.follow_majority == outcome.strict


def test_abstentions_do_not_lead_silent_units() -> None:
    outcome = owners(homes(3), votes(1, "abstain"), follow_majority=True)
    assert outcome.follow_majority == outcome.strict


def test_the_count_that_follows_is_null_exactly_when_it_is_not_asked_for() -> None:
    assert owners(homes(1), []).as_json()["follow_majority"] is None
    assert set(owners(homes(1), [], follow_majority=True).as_json()["follow_majority"]) == {
        "outcome",
        "inequalities",
        "heads",
        "area",
    }


def test_nobody_voting_still_gives_all_four_inequalities() -> None:
    answer = owners(homes(1), [], matter=6).as_json()
    assert [item["name"] for item in answer["inequalities"]] == [
        "participation-area",
        "participation-heads",
        "agreement-area",
        "agreement-heads",
    ]
    assert [item["holds"] for item in answer["inequalities"]] == [False, False, True, True]
    assert answer["outcome"] == "not-quorate"


def test_before_the_civil_code_no_row_of_law_is_in_force() -> None:
    assert owners(homes(1), votes(1), on="2021-01-01").strict.outcome == "adopted"
    with pytest.raises(LawGap, match="2020-12-31"):
        owners(homes(1), votes(1), on="2020-12-31")


def test_the_largest_areas_are_counted_exactly() -> None:
    units = [unit(f"u{place}", 10**9) for place in range(3)]
    outcome = owners(units, votes(2))
    assert (outcome.strict.inequalities[0].left, outcome.strict.inequalities[0].right) == (6 * 10**9, 6 * 10**9)


# The council


def seat(name: str, party: str, present: bool = True, recused: bool = False) -> dict[str, Any]:
    return {"seat": name, "party": party, "present": present, "recused": recused}


def council(seats: list[dict[str, Any]], ballots: dict[str, str], parties: str = "3/4") -> Outcome:
    written = [{"seat": name, "choice": choice} for name, choice in ballots.items()]
    case = {"kind": "council", "seats": seats, "ballots": written, "parties": parties}
    return decide(read_case(json.dumps(case).encode()), law_row)


FOUR = [seat("b", "branch"), seat("r", "residents"), seat("o", "owners"), seat("p", "property")]


def test_three_of_four_parties_are_exactly_enough() -> None:
    assert council(FOUR, {"b": "yes", "r": "yes", "o": "yes", "p": "no"}).strict.outcome == "adopted"
    assert council(FOUR, {"b": "yes", "r": "yes", "o": "no", "p": "no"}).strict.outcome == "rejected"


def test_a_party_against_is_shown_and_not_fatal() -> None:
    outcome = council(FOUR, {"b": "yes", "r": "yes", "o": "yes", "p": "no"})
    assert not holds(outcome)["party-property"]
    assert outcome.strict.outcome == "adopted"


def test_exactly_half_of_the_seats_is_no_quorum() -> None:
    absent = [{**one, "seat": one["seat"] + "2", "present": False} for one in FOUR]
    everybody = dict.fromkeys(("b", "r", "o", "p"), "yes")
    assert council(FOUR + absent, everybody).strict.outcome == "not-quorate"
    assert council(FOUR + absent[:3], everybody).strict.outcome == "adopted"


def test_a_party_without_anybody_present_leaves_no_quorum() -> None:
    seats = [seat("b", "branch"), seat("r", "residents"), seat("o", "owners"), seat("p", "property", present=False)]
    outcome = council(seats, {"b": "yes", "r": "yes", "o": "yes"})
    assert holds(outcome)["quorum-seats"]
    assert not holds(outcome)["quorum-parties"]
    assert outcome.strict.outcome == "not-quorate"


def test_a_recused_seat_leaves_every_count() -> None:
    seats = [*FOUR, seat("p2", "property", recused=True), seat("p3", "property", present=False, recused=True)]
    outcome = council(seats, {"b": "yes", "r": "yes", "o": "yes", "p": "yes"})
    assert (outcome.strict.heads.total, outcome.strict.heads.participating) == (4, 4)


def test_a_party_all_of_whose_seats_are_recused_is_no_party_of_the_count() -> None:
    seats = [*FOUR[:3], seat("p", "property", recused=True)]
    outcome = council(seats, {"b": "yes", "r": "yes", "o": "no"})
    assert "party-property" not in holds(outcome)
    assert (outcome.strict.inequalities[-1].left, outcome.strict.inequalities[-1].right) == (8, 9)
    assert outcome.strict.outcome == "rejected"


def test_a_party_agrees_by_more_than_half_of_its_present_seats_voting_or_not() -> None:
    seats = [*FOUR, seat("o2", "owners"), seat("o3", "owners", present=False)]
    outcome = council(seats, {"b": "yes", "r": "yes", "o": "yes", "p": "yes"})
    owners_party = next(item for item in outcome.strict.inequalities if item.name == "party-owners")
    assert (owners_party.left, owners_party.right, owners_party.holds) == (2, 2, False)


def test_ballots_of_unknown_recused_and_absent_seats_are_rejected_in_their_order() -> None:
    seats = [*FOUR, seat("gone", "owners", present=False), seat("torn", "owners", present=False, recused=True)]
    outcome = council(seats, {"x": "yes", "torn": "yes", "b": "yes", "gone": "no"})
    assert [(item.ballot, item.why) for item in outcome.rejected] == [
        ("x", "unknown-seat"),
        ("torn", "recused-seat"),
        ("gone", "absent-seat"),
    ]


def test_when_everybody_is_recused_no_quorum_is_left() -> None:
    outcome = council([seat("b", "branch", recused=True)], {})
    assert [item.name for item in outcome.strict.inequalities] == ["quorum-seats", "quorum-parties", "parties"]
    assert [item.holds for item in outcome.strict.inequalities] == [False, True, True]
    assert outcome.strict.outcome == "not-quorate"


def test_parties_stand_in_the_order_of_the_bylaws_and_the_fraction_is_not_reduced() -> None:
    outcome = council(list(reversed(FOUR)), {}, "2/4")
    assert [item.name for item in outcome.strict.inequalities] == [
        "quorum-seats",
        "quorum-parties",
        "party-branch",
        "party-residents",
        "party-owners",
        "party-property",
        "parties",
    ]
    assert (outcome.strict.inequalities[-1].left, outcome.strict.inequalities[-1].right) == (0, 8)


def test_a_councils_answer_has_no_area_and_no_second_count() -> None:
    answer = council(FOUR, {"b": "abstain"}).as_json()
    assert (answer["area"], answer["follow_majority"], answer["strict"]) == (None, None, True)
    assert {item["article"] for item in answer["inequalities"]} == {"四方联席会议"}
    assert list(answer) == ["outcome", "inequalities", "heads", "area", "strict", "follow_majority", "rejected"]


def landlord_and_homes() -> list[dict[str, Any]]:
    """One owner holds 60 % of the area in six units; nineteen neighbours share the rest."""
    large = [unit(f"big{place}", 1_900, ["landlord"]) for place in range(6)]
    return large + [unit(f"u{place}", 400) for place in range(19)]


def landlord_votes(choice: str) -> list[dict[str, Any]]:
    return [ballot(f"big{place}", choice) for place in range(6)]


def test_an_owner_of_sixty_percent_is_one_head_and_decides_nothing_alone() -> None:
    outcome = owners(landlord_and_homes(), landlord_votes("yes"))
    assert (outcome.strict.heads.total, outcome.strict.heads.participating) == (20, 1)
    assert (outcome.strict.area.participating, outcome.strict.area.total) == (11_400, 19_000)
    assert outcome.strict.outcome == "not-quorate"


def test_against_an_owner_of_sixty_percent_the_heads_alone_do_not_carry() -> None:
    outcome = owners(landlord_and_homes(), [*landlord_votes("no"), *votes(19)])
    assert holds(outcome)["agreement-heads"]
    assert not holds(outcome)["agreement-area"]
    assert outcome.strict.outcome == "rejected"


def test_with_an_owner_of_sixty_percent_the_area_alone_does_not_carry_either() -> None:
    outcome = owners(landlord_and_homes(), [*landlord_votes("yes"), *votes(9), *votes(10, "no", start=9)])
    assert holds(outcome)["agreement-area"]
    assert not holds(outcome)["agreement-heads"]  # 10 of 20 is not more than half
    assert outcome.strict.outcome == "rejected"


def test_when_all_abstain_everybody_took_part_and_nobody_agreed() -> None:
    outcome = owners(homes(4), votes(4, "abstain"))
    assert outcome.strict.outcome == "rejected"
    assert (outcome.strict.heads.participating, outcome.strict.heads.agreeing) == (4, 0)
