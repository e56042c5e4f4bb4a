"""Which events everybody is told of."""

import re

import pytest

from app.notices import rules


@pytest.mark.parametrize(
    ("event", "outcome", "by_council", "told"),
    [
        ("OutcomeDeclared", "adopted", False, True),
        ("OutcomeDeclared", "not-quorate", False, True),
        ("OutcomeDeclared", "rejected", True, True),
        ("OutcomeDeclared", "adopted", True, False),
        ("OutcomeDeclared", "not-quorate", True, False),
        ("TenderPublished", "", False, True),
        ("BallotCast", "", False, False),
        ("CommentMade", "", False, False),
    ],
)
def test_an_adopted_motion_is_told_as_a_resolution_and_small_steps_not_at_all(
    event: str, outcome: str, by_council: bool, told: bool
) -> None:
    assert rules.worth_telling(event, {"outcome": outcome}, by_council=by_council) is told


@pytest.mark.parametrize("event", sorted(rules.KINDS))
def test_every_kind_names_its_thing_or_its_number_and_writes_its_figures_in_a_known_way(event: str) -> None:
    kind = rules.KINDS[event]
    assert re.search(r"%\((about|number|meeting)\)s", kind.heading)
    assert {how for _, _, how in kind.facts} <= {rules.MOMENT, rules.DAY, rules.MONEY, rules.OUTCOME}
    assert kind.colour in ("open", "good", "bad", "wait", "plain")
