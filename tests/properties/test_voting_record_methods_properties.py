"""The verifier counts points, rankings and budgets as the application does, and finds whatever was changed in them."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from hashlib import sha256
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.law.rows import law_row
from app.core.values import Entry
from app.voting.rules import Budget, Marks, Option, Terms, residents_terms, rules_text, sum_roll, written_choice
from app.voting.rules.bundle import recountable
from app.voting.rules.methods import lot, method_outcome
from app.voting.rules.presets import METHODS
from app.voting.rules.terms import APPROVAL, RANKING, SCORE
from templates.voting.record import verify
from tests.records import VKEY, Cast, make_record, timed

TODAY = date(2026, 3, 2)
SEED = sha256(b"a head that nobody knew").hexdigest()
SEVERAL = ("score", "irv", "schulze", "budget")
Poll = tuple[Terms, list[Entry], list[Cast]]


def asked(method: str, costs: list[int], budget: int = 0, scale: int = 1) -> Terms:
    """A residents' poll by a method on as many ideas as there are costs."""
    ideas = tuple(Option(str(8 + n), f"第{n}项", cost if budget else None) for n, cost in enumerate(costs))
    return residents_terms(TODAY, law_row, ideas, method, Budget(budget, scale=scale) if budget else None)


def marks(terms: Terms, keys: list[str], points: list[int]) -> Marks:
    """What a voter marks who names these options."""
    return dict(zip(keys, points, strict=False)) if terms.selection == SCORE else keys


@st.composite
def polls(draw: st.DrawFn, method: str) -> Poll:
    """Few options and few kinds of ballots, so that ties are frequent."""
    costs = draw(st.lists(st.integers(1, 40), min_size=2, max_size=5))
    budget = draw(st.integers(1, 90)) if method == "budget" else 0
    terms = asked(method, costs, budget, draw(st.sampled_from((1, 1, 3))))
    if method == "budget":
        terms = replace(terms, selection=draw(st.sampled_from((APPROVAL, APPROVAL, RANKING, SCORE))))
    kinds = [
        "invalid" if draw(st.integers(0, 9)) == 9 else written_choice(terms, marks(terms, order, points))
        for order, points in draw(
            st.lists(
                st.tuples(
                    st.lists(st.sampled_from(terms.option_keys), min_size=1, unique=True),
                    st.lists(st.integers(0, 5), min_size=5, max_size=5),
                ),
                min_size=1,
                max_size=5,
            )
        )
    ]
    choices = draw(st.lists(st.sampled_from(kinds), max_size=12))
    roll = [Entry(f"p{place}", "", draw(st.sampled_from(("", "1号楼")))) for place in range(len(choices) + 1)]
    return terms, roll, [Cast(f"u{place}", choice, "online", place) for place, choice in enumerate(choices, 1)]


@pytest.mark.parametrize("method", SEVERAL)
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.booleans())
def test_the_verifier_recounts_every_method_as_the_application_counts(
    method: str, data: st.DataObject, with_lot: bool
) -> None:
    terms, roll, cast = data.draw(polls(method))
    rules = json.loads(rules_text(timed(terms), ""))
    choices = {one.unit: one.choice for one in cast}
    order = lot(bytes.fromhex(SEED), terms.option_keys) if with_lot else ()
    sums = sum_roll(terms, roll, {f"p{place}": one.choice for place, one in enumerate(cast)})
    answer = method_outcome(terms, sums, Counter(choices.values()), order).as_json()
    rows = [{"unit": f"u{place}"} for place in range(1, len(roll) + 1)]
    assert spelled(verify.decision(rules, rows, [], choices, order)) == spelled(answer)


@pytest.mark.parametrize("method", SEVERAL)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(("", SEED)), st.booleans())
def test_whole_records_of_every_method_hold(method: str, data: st.DataObject, seed: str, shown: bool) -> None:
    poll = data.draw(polls(method))
    files = make_record(*poll, seed=seed, shown=shown)
    report = verify.check(files, VKEY)
    details = report.outcome["details"]
    assert report.recounted == (shown or not poll[2])
    assert ("sealed" in report.outcome) == (not shown)
    assert bool(report.lot[0]) == bool(details["lot"]) == bool(details["ties"] and seed)


def held(method: str, seed: str = "", *, shown: bool = True, dice: str = "") -> dict[str, bytes]:
    """The record of a poll of twelve voters on four ideas; with a seed it ends in a tie."""
    chance = Random(f"{method}{dice}")
    tie = bool(seed or dice == "tie")
    terms = asked(method, [30, 30, 50, 20], 45 if method == "budget" else 0)
    cast = []
    for place in range(1, 13):
        order = chance.sample(terms.option_keys, chance.randint(1, 4))
        if tie:
            order = [terms.option_keys[place % 2]]
        text = written_choice(terms, marks(terms, order, [1 + chance.randint(0, 4) for _ in order] if not tie else [3]))
        cast.append(Cast(f"u{place}", text, "online", place))
    return make_record(terms, [Entry(f"p{n}", "") for n in range(12)], cast, shown=shown, seed=seed)


def sentence(files: dict[str, bytes]) -> str:
    """What the verifier says is wrong; fails where it finds nothing or falls over."""
    with pytest.raises(verify.Difference) as found:
        verify.check(files, VKEY)
    assert found.value.chinese.endswith("。")
    assert found.value.english.endswith(".")
    assert "cannot be understood" not in str(found.value)
    return str(found.value)


def spelled(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def leaves(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The ways to everything in a value that has no parts."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way for key, part in pairs for way in leaves(part, (*path, key))] or [path]


def changed(value: dict[str, object], path: tuple[str | int, ...]) -> dict[str, object]:
    """The same answer with another value in one place."""
    copy: dict[str, object] = json.loads(json.dumps(value))
    place: Any = copy
    for key in path[:-1]:
        place = place[key]
    old = place[path[-1]]
    place[path[-1]] = old + 1 if type(old) is int else [*old, "8"] if isinstance(old, list) else f"{old}9"
    return copy


@pytest.mark.parametrize("seed", ["", SEED])
@pytest.mark.parametrize("method", SEVERAL)
def test_every_changed_figure_of_an_answer_is_found(method: str, seed: str) -> None:
    files = held(method, seed)
    verify.check(files, VKEY)
    outcome = json.loads(files["outcome.json"])
    for way in leaves({name: outcome[name] for name in ("winners", "details", "heads")}):
        said = sentence({**files, "outcome.json": spelled(changed(outcome, way))})
        assert said.startswith(("outcome.json", "proofs.json lot"))


@pytest.mark.parametrize("method", SEVERAL)
def test_an_answer_to_other_choices_is_found(method: str) -> None:
    """Even where whoever made the record had the log sign other ballots than those that were counted."""
    one, other = held(method), held(method, dice="tie")
    outcome, told = json.loads(one["outcome.json"]), json.loads(other["outcome.json"])
    assert outcome["details"] != told["details"]
    mixed = {**told, "details": outcome["details"], "winners": outcome["winners"]}
    assert "the recount gives" in sentence({**other, "outcome.json": spelled(mixed)})


@pytest.mark.parametrize("method", SEVERAL)
def test_a_changed_choice_is_found(method: str) -> None:
    files = held(method)
    lines = files["ballots.jsonl"].decode().splitlines(keepends=True)
    choices = [json.loads(line)["choice"] for line in lines]
    for place, line in enumerate(lines):
        ballot = json.loads(line)
        for choice in {*choices, "invalid", "[]", "{}", '["8","8"]', '{"8":6}', '{"8":true}', "8", '["x"]'} - {
            choices[place]
        }:
            forged = [*lines[:place], spelled({**ballot, "choice": choice}).decode(), *lines[place + 1 :]]
            sentence({**files, "ballots.jsonl": "".join(forged).encode()})


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize("method", SEVERAL)
def test_the_order_of_lots_follows_from_the_seed_in_the_log(method: str, shown: bool) -> None:
    files = held(method, SEED, shown=shown)
    report = verify.check(files, VKEY)
    assert report.lot[0] == SEED
    assert any(SEED in line for line in verify.told(report, VKEY, True))
    outcome, proofs = json.loads(files["outcome.json"]), json.loads(files["proofs.json"])
    outcome["details"]["lot"].reverse()
    if not shown:
        outcome["sealed"] = verify.seals(outcome)
    assert "the order of lots" in sentence({**files, "outcome.json": spelled(outcome)})
    del proofs["lot"]
    assert "no proof of it" in sentence({**files, "proofs.json": spelled(proofs)})


@pytest.mark.parametrize("method", SEVERAL)
def test_before_the_lot_a_tie_has_no_winner_and_is_told(method: str) -> None:
    report = verify.check(held(method, dice="tie"), VKEY)
    assert report.outcome["winners"] == []
    assert any("A tie waits for a lot." in line for line in verify.told(report, VKEY, True))


@pytest.mark.parametrize("method", METHODS)
def test_the_verifier_knows_every_way_in_which_residents_may_be_asked(method: str) -> None:
    terms = residents_terms(TODAY, law_row, () if method == "opinion" else (Option("1", "健身角"),), method)
    assert recountable(terms)
    assert not recountable(replace(terms, method="dice"))


def test_without_the_choices_the_verifier_says_that_it_cannot_count() -> None:
    report = verify.check(held("score", shown=False), VKEY)
    assert not report.recounted
    assert any("cannot be recounted here" in line for line in verify.told(report, VKEY, True))
