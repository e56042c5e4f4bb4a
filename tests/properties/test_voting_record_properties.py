"""The verifier and the application agree on every poll, and any changed byte of a record is found."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.law.rows import law_row
from app.core.values import PARTIES, Entry
from app.voting.rules import Budget, Option, Terms, council_terms, owners_terms, residents_terms
from app.voting.rules.terms import AT_LEAST, CHANNELS, CHOICES, CONSENSUS, HEADS, PRECEDENCES, Threshold
from templates.voting.record import verify
from tests.records import CLOSES, OPENS, VKEY, Cast, make_record

TODAY = date(2026, 3, 2)
LAST = int((CLOSES - OPENS).total_seconds())
seconds = st.one_of(st.integers(-2, 3), st.integers(LAST - 2, LAST + 2), st.integers(0, LAST))
Poll = tuple[Terms, list[Entry], list[Cast]]


def casts(units: list[str], choices: list[str]) -> st.SearchStrategy[list[Cast]]:
    """Up to twenty ballots for these lines and a stranger, in and out of the window."""
    one = st.builds(
        Cast, st.sampled_from([*units, "u99"]), st.sampled_from(choices), st.sampled_from(CHANNELS), seconds
    )
    return st.lists(one, max_size=20)


@st.composite
def owners_polls(draw: st.DrawFn) -> Poll:
    many = draw(st.integers(1, 9))
    roll = [
        Entry(
            f"k{place}",
            "",
            f"{draw(st.integers(1, 3))}号楼",
            f"h{draw(st.integers(0, 5))}",
            area=draw(st.integers(1, 10**6)),
        )
        for place in range(many)
    ]
    terms = replace(
        owners_terms(draw(st.integers(1, 9)), TODAY, law_row),
        precedence=draw(st.sampled_from(PRECEDENCES)),
        follow_majority=draw(st.booleans()),
    )
    left_out = st.sampled_from(("takes-part", "left-out"))
    terms = replace(terms, abstention=draw(left_out), invalid=draw(left_out))
    return terms, roll, draw(casts([f"u{place}" for place in range(1, many + 1)], list(CHOICES)))


@st.composite
def council_polls(draw: st.DrawFn) -> Poll:
    keys = draw(st.lists(st.sampled_from([f"s{place}" for place in range(9)]), min_size=1, unique=True))
    roll = [
        Entry(
            key,
            "",
            group=draw(st.sampled_from(PARTIES)),
            present=draw(st.booleans()),
            recused=draw(st.sampled_from((False, False, True))),
        )
        for key in keys
    ]
    terms = council_terms(TODAY, law_row, (draw(st.integers(1, 4)), 4))
    if draw(st.booleans()):
        consensus = Threshold("consensus", CONSENSUS, HEADS, 1, 1, AT_LEAST, "四方联席会议")
        terms = replace(terms, thresholds=(*terms.thresholds, consensus))
    return terms, roll, draw(casts(keys, ["yes", "no", "abstain"]))


@st.composite
def residents_polls(draw: st.DrawFn) -> Poll:
    many = draw(st.integers(1, 7))
    roll = [Entry(f"p{place}", "", draw(st.sampled_from(("", "1号楼")))) for place in range(many)]
    ideas = (Option("1", "健身角"), Option("2", "充电棚"), Option("3", "滑梯"))
    terms = residents_terms(TODAY, law_row, ideas if draw(st.booleans()) else ())
    choices = (
        ["[]", '["1"]', '["1","3"]', '["1","2","3"]', "invalid"]
        if terms.selection == "approval"
        else ["yes", "no", "abstain"]
    )
    return terms, roll, draw(casts([f"u{place}" for place in range(1, many + 1)], choices))


polls = st.one_of(owners_polls(), council_polls(), residents_polls())


@settings(max_examples=1000, deadline=None)
@given(polls, st.booleans())
def test_the_verifier_and_the_application_agree_on_every_poll(poll: Poll, shown: bool) -> None:
    terms, roll, cast = poll
    files = make_record(terms, roll, cast, shown=shown)
    report = verify.check(files, VKEY)
    answer = json.loads(files["outcome.json"])
    assert report.outcome == answer
    assert report.received == len(cast)
    assert report.counted == sum(line["units"] for line in answer["counts"]) or terms.selection == "approval"
    assert (report.shown, report.recounted) == (shown, shown or not cast)
    assert verify.told(report, VKEY, True)


def _sample(shown: bool, council: bool = False) -> dict[str, bytes]:
    if council:
        roll = [Entry(f"{party}-{n}", "", group=party, present=n < 2) for party in PARTIES for n in (0, 1, 2)]
        cast = [Cast(entry.key, "no" if place == 4 else "yes", "online", place) for place, entry in enumerate(roll)]
        return make_record(council_terms(TODAY, law_row), roll, cast, shown=shown)
    roll = [
        Entry(f"k{n}", "", f"{1 + n % 2}号楼", f"h{n // 2}", area=8000 + n, eligible_from=TODAY if n % 3 else None)
        for n in range(9)
    ]
    cast = [Cast(f"u{1 + n * 5 % 9}", CHOICES[n * 7 % 4], CHANNELS[n % 6], n * 1000) for n in range(14)]
    cast += [Cast("u77", "yes", "paper", 5), Cast("u2", "no", "letter", LAST + 1)]
    terms = replace(owners_terms(5, TODAY, law_row), precedence="paper", follow_majority=True)
    return make_record(terms, roll, cast, shown=shown)


def _budget(shown: bool) -> dict[str, bytes]:
    """A budget whose two ways of spending end in a tie that a lot has decided."""
    ideas = tuple(Option(str(n), f"第{n}项", cost) for n, cost in enumerate((30, 30, 50, 20), 1))
    terms = residents_terms(TODAY, law_row, ideas, "budget", Budget(75, scale=1))
    choices = ['["1","2"]', '["3"]', '["4"]', "invalid", '["1","2","4"]', '["1","2"]']
    cast = [Cast(f"u{place}", choice, "paper", place) for place, choice in enumerate(choices, 1)]
    return make_record(terms, [Entry(f"p{n}", "") for n in range(8)], cast, shown=shown, seed="5e" * 32)


SAMPLES = {
    "with choices": _sample(True),
    "without choices": _sample(False),
    "council": _sample(True, council=True),
    "council without choices": _sample(False, council=True),
    "budget": _budget(True),
    "budget without choices": _budget(False),
}
Broken = Callable[[bytes], bytes]


def fault(files: dict[str, bytes]) -> str:
    """The sentence at the first difference; fails where the verifier finds none or falls over."""
    with pytest.raises(verify.Difference) as found:
        verify.told(verify.check(files, VKEY), VKEY, True)
    assert found.value.chinese.endswith("。")
    assert found.value.english.endswith(".")
    return str(found.value)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("file", verify.FILES)
def test_any_changed_byte_is_found(name: str, file: str) -> None:
    files = SAMPLES[name]
    proofs = json.loads(files["proofs.json"])
    assert verify.check(files, VKEY).size == len(proofs["ballots"]) + 2 + ("lot" in proofs)
    assert ("lot" in proofs) == name.startswith("budget")
    whole = files[file]
    chance = random.Random(f"{name} {file}")
    places = range(len(whole)) if len(whole) < 160 else sorted(chance.sample(range(len(whole)), 160))
    for place in places:
        other = chance.choice(
            [
                sign
                for sign in (b"0", b"1", b"7", b"a", b" ", b"\n", b'"', bytes([whole[place] ^ 1]))
                if sign[0] != whole[place]
            ]
        )
        fault({**files, file: whole[:place] + other + whole[place + 1 :]})  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_an_answer_in_another_order_is_found(name: str) -> None:
    files = SAMPLES[name]
    outcome = json.loads(files["outcome.json"])
    turned = json.dumps(dict(reversed(outcome.items())), ensure_ascii=False, separators=(",", ":")) + "\n"
    fault({**files, "outcome.json": turned.encode()})


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("file", verify.FILES)
def test_what_is_cut_off_or_added_is_found(name: str, file: str) -> None:
    files = SAMPLES[name]
    whole = files[file]
    for cut in sorted({0, 1, len(whole) // 3, len(whole) // 2, len(whole) - 2, len(whole) - 1}):
        fault({**files, file: whole[:cut]})
    for more in (b" ", b"\n", b"\0", whole):
        fault({**files, file: whole + more})
    fault({key: value for key, value in files.items() if key != file})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(SAMPLES)), st.sampled_from(verify.FILES), st.data())
def test_odd_files_get_a_sentence(name: str, file: str, data: st.DataObject) -> None:
    odd = st.one_of(
        st.binary(max_size=200),
        st.sampled_from([b"[" * 100_000, b'{"a":' * 50_000, b"9" * 10_000, b"\xef\xbb\xbf{}", b"null", b"[]", b"{}", b"NaN"]),
    )  # fmt: skip
    files = {**SAMPLES[name], file: data.draw(odd)}
    with pytest.raises(verify.Difference) as found:
        verify.check(files, VKEY)
    assert found.value.english.endswith(".")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(("outcome.json", "proofs.json")), st.randoms(use_true_random=False), st.data())
def test_a_value_that_is_replaced_by_another_kind_of_value_gets_a_sentence(
    file: str, chance: random.Random, data: st.DataObject
) -> None:
    odd = data.draw(st.sampled_from([None, True, -1, 10**40, "", "x", [], {}, [1], {"a": 1}, "\ud800"]))

    def change(value: object) -> object:
        place = value
        for _ in range(chance.randint(0, 4)):
            if isinstance(place, dict) and place:
                key = chance.choice(sorted(place))
                if not isinstance(place[key], dict | list) or chance.random() < 0.3:
                    if place[key] == odd and type(place[key]) is type(odd):
                        return {}
                    place[key] = odd
                    return value
                place = place[key]
            elif isinstance(place, list) and place:
                place = place[0]
        return odd

    files = SAMPLES[data.draw(st.sampled_from(("with choices", "budget")))]
    value = change(json.loads(files[file]))
    text = json.dumps(value, separators=(",", ":")) + "\n"
    with pytest.raises(verify.Difference):
        verify.check({**files, file: text.encode()}, VKEY)
