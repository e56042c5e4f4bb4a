"""A case for `flask voting decide` is read strictly, and the first fault is named by its path."""

import copy
import json
from typing import Any

import pytest

from app.voting.rules import Malformed, read_case
from app.voting.rules.case.reading import instant

OWNERS: dict[str, Any] = {
    "kind": "owners",
    "matter": 5,
    "on": "2026-11-23",
    "units": [
        {"unit": "1-1-101", "area": 8950, "owners": ["p1"], "developer": False},
        {"unit": "1-1-102", "area": 7000, "owners": ["p2", "p3"], "developer": False},
    ],
    "ballots": [
        {"ballot": "b1", "unit": "1-1-101", "choice": "yes", "channel": "online", "time": "2026-11-01T10:00:00+08:00"},
        {"ballot": "b2", "unit": "1-1-102", "choice": "no", "channel": "paper", "time": "2026-11-01T10:00:00+08:00"},
    ],
    "opens_at": "2026-11-01T09:00:00+08:00",
    "closes_at": "2026-11-21T18:00:00+08:00",
    "precedence": "last",
    "follow_majority": False,
}
COUNCIL: dict[str, Any] = {
    "kind": "council",
    "seats": [
        {"seat": "s1", "party": "branch", "present": True, "recused": False},
        {"seat": "s2", "party": "owners", "present": True, "recused": False},
    ],
    "ballots": [{"seat": "s1", "choice": "yes"}, {"seat": "s2", "choice": "no"}],
    "parties": "3/4",
}
GONE = object()


def fault(data: bytes) -> str:
    with pytest.raises(Malformed) as caught:
        read_case(data)
    assert caught.value.why
    return caught.value.path


def changed(case: dict[str, Any], path: str, value: Any) -> bytes:
    """The case with one place changed (`units.1.area`), or taken out."""
    case = copy.deepcopy(case)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = case
    for step in way:
        place = place[step]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return json.dumps(case).encode()


def test_a_well_formed_case_of_each_kind_is_read() -> None:
    assert read_case(json.dumps(OWNERS).encode()).ballots[1].channel == "paper"
    assert read_case(json.dumps(COUNCIL).encode()).parties == (3, 4)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"nul",
        b"[]",
        b"null",
        b'"case"',
        b"7",
        b"\xff\xfe{}",
        b"\xef\xbb\xbf" + json.dumps(OWNERS).encode(),
        json.dumps(OWNERS).encode("utf-16"),
        json.dumps(OWNERS).encode() + b"{}",
        json.dumps(OWNERS).replace("8950", "NaN").encode(),
        json.dumps(OWNERS).replace("8950", "-Infinity").encode(),
        json.dumps(OWNERS).replace("8950", "08950").encode(),
        json.dumps(OWNERS).replace("p1", "p\n1").replace("\\n", "\n").encode(),
        json.dumps(OWNERS).encode().replace(b"p1", b"p\xed\xa0\x80"),
        b"[" * 100_000 + b"]" * 100_000,
        b'{"kind":' * 50_000,
    ],
)
def test_what_is_no_json_object_is_malformed_as_a_whole(data: bytes) -> None:
    assert fault(data) == "$"


@pytest.mark.parametrize("name", sorted(OWNERS))
def test_every_field_of_an_owners_case_is_required(name: str) -> None:
    assert fault(changed(OWNERS, name, GONE)) == name


@pytest.mark.parametrize("name", sorted(COUNCIL))
def test_every_field_of_a_council_case_is_required(name: str) -> None:
    assert fault(changed(COUNCIL, name, GONE)) == name


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("units.1.unit", "units[1].unit"),
        ("units.0.area", "units[0].area"),
        ("units.1.owners", "units[1].owners"),
        ("units.1.developer", "units[1].developer"),
        ("ballots.0.ballot", "ballots[0].ballot"),
        ("ballots.1.unit", "ballots[1].unit"),
        ("ballots.1.choice", "ballots[1].choice"),
        ("ballots.1.channel", "ballots[1].channel"),
        ("ballots.1.time", "ballots[1].time"),
    ],
)
def test_every_field_of_a_unit_and_a_ballot_is_required(path: str, shown: str) -> None:
    assert fault(changed(OWNERS, path, GONE)) == shown


@pytest.mark.parametrize(
    ("path", "shown"),
    [("note", "note"), ("units.1.note", "units[1].note"), ("ballots.0.why", "ballots[0].why")],
)
def test_no_other_field_is_allowed(path: str, shown: str) -> None:
    assert fault(changed(OWNERS, path, 1)) == shown
    assert fault(changed(COUNCIL, "seats.0.alternate", "x")) == "seats[0].alternate"


def test_a_field_whose_name_cannot_be_shown_is_still_named() -> None:
    assert fault(json.dumps({**OWNERS, "\ud800": 1}).encode()) == "\\ud800"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('"matter": 5', "matter"),
        ('"area": 8950', "units[0].area"),
        ('"ballot": "b2"', "ballots[1].ballot"),
        ('"kind": "owners"', "kind"),
    ],
)
def test_no_key_stands_twice_in_an_object_even_with_the_same_value(text: str, shown: str) -> None:
    twice = json.dumps(OWNERS).replace(text, f"{text}, {text}")
    assert fault(twice.encode()) == shown
    escaped = f'"\\u{ord(text[1]):04x}{text[2:]}'
    assert json.loads("{" + escaped + "}") == json.loads("{" + text + "}")
    assert fault(json.dumps(OWNERS).replace(text, f"{text}, {escaped}").encode()) == shown


NOT_WHOLE: list[Any] = [0, -1, 10**10, True, False, None, "5", "", 5.0, 5.5, 1e300, [5], {}]


@pytest.mark.parametrize("value", NOT_WHOLE)
def test_matter_and_area_are_whole_numbers_in_their_range(value: Any) -> None:
    assert fault(changed(OWNERS, "matter", value)) == "matter"
    assert fault(changed(OWNERS, "units.0.area", value)) == "units[0].area"


def test_a_number_of_thousands_of_digits_is_out_of_range_and_no_crash() -> None:
    for number in ("9" * 5000, "-" + "9" * 5000):
        assert fault(json.dumps(OWNERS).replace("8950", number).encode()) == "units[0].area"
        assert fault(json.dumps(OWNERS).replace('"matter": 5', f'"matter": {number}').encode()) == "matter"


def test_the_ends_of_the_ranges_are_allowed() -> None:
    for matter in (1, 9):
        read_case(changed(OWNERS, "matter", matter))
    for area in (1, 10**9):
        read_case(changed(OWNERS, "units.0.area", area))
    assert fault(changed(OWNERS, "matter", 10)) == "matter"
    assert fault(changed(OWNERS, "units.0.area", 10**9 + 1)) == "units[0].area"


@pytest.mark.parametrize("value", ["1e3", "8950.0", "-0", "1E0"])
def test_a_number_written_with_a_fraction_or_an_exponent_is_no_integer(value: str) -> None:
    assert fault(json.dumps(OWNERS).replace("8950", value).encode()) == "units[0].area"


@pytest.mark.parametrize("value", ["", None, 7, True, ["u"], {}, "\ud800", "a\udfffb"])
def test_an_id_is_a_text_that_is_not_empty(value: Any) -> None:
    for path, shown in [
        ("units.0.unit", "units[0].unit"),
        ("units.0.owners.0", "units[0].owners[0]"),
        ("ballots.1.ballot", "ballots[1].ballot"),
        ("ballots.1.unit", "ballots[1].unit"),
    ]:
        assert fault(changed(OWNERS, path, value)) == shown
    for path, shown in [("seats.0.seat", "seats[0].seat"), ("ballots.0.seat", "ballots[0].seat")]:
        assert fault(changed(COUNCIL, path, value)) == shown


@pytest.mark.parametrize("value", [" ", "\u3000", "\u0000", "\U0001f3e0", "é", "1号楼"])
def test_any_text_that_can_be_written_is_an_id(value: str) -> None:
    read_case(changed(OWNERS, "units.0.unit", value))
    read_case(changed(COUNCIL, "seats.0.seat", value))


def test_ids_are_unique_and_the_second_one_is_the_fault() -> None:
    assert fault(changed(OWNERS, "units.1.unit", "1-1-101")) == "units[1].unit"
    assert fault(changed(OWNERS, "ballots.1.ballot", "b1")) == "ballots[1].ballot"
    assert fault(changed(COUNCIL, "seats.1.seat", "s1")) == "seats[1].seat"
    assert fault(changed(COUNCIL, "ballots.1.seat", "s1")) == "ballots[1].seat"


def test_two_ballots_of_one_unknown_seat_are_malformed_too() -> None:
    assert fault(changed(COUNCIL, "ballots", [{"seat": "x", "choice": "no"}] * 2)) == "ballots[1].seat"


@pytest.mark.parametrize("value", [{}, None, "u", 1, True])
def test_lists_are_lists(value: Any) -> None:
    for path in ("units", "ballots", "units.0.owners"):
        assert fault(changed(OWNERS, path, value)) == path.replace(".0", "[0]")
    assert fault(changed(COUNCIL, "seats", value)) == "seats"


def test_units_and_seats_hold_at_least_one_and_ballots_may_be_none() -> None:
    assert fault(changed(OWNERS, "units", [])) == "units"
    assert fault(changed(COUNCIL, "seats", [])) == "seats"
    read_case(changed(OWNERS, "ballots", []))
    read_case(changed(COUNCIL, "ballots", []))


@pytest.mark.parametrize("value", [[], "b", None, 3])
def test_members_of_lists_are_objects(value: Any) -> None:
    assert fault(changed(OWNERS, "ballots.1", value)) == "ballots[1]"
    assert fault(changed(OWNERS, "units.1", value)) == "units[1]"
    assert fault(changed(COUNCIL, "seats.0", value)) == "seats[0]"


def test_only_the_developer_may_be_without_owners() -> None:
    assert fault(changed(OWNERS, "units.0.owners", [])) == "units[0].owners"
    case = copy.deepcopy(OWNERS)
    case["units"][0].update(owners=[], developer=True)
    read_case(json.dumps(case).encode())


def test_no_owner_stands_twice_in_a_unit_not_even_the_developers() -> None:
    assert fault(changed(OWNERS, "units.1.owners", ["p2", "p3", "p2"])) == "units[1].owners"
    case = copy.deepcopy(OWNERS)
    case["units"][0].update(owners=["d", "d"], developer=True)
    assert fault(json.dumps(case).encode()) == "units[0].owners"


@pytest.mark.parametrize("value", [0, 1, "true", "false", "", None, []])
def test_true_and_false_are_nothing_else(value: Any) -> None:
    assert fault(changed(OWNERS, "units.1.developer", value)) == "units[1].developer"
    assert fault(changed(OWNERS, "follow_majority", value)) == "follow_majority"
    assert fault(changed(COUNCIL, "seats.1.present", value)) == "seats[1].present"
    assert fault(changed(COUNCIL, "seats.1.recused", value)) == "seats[1].recused"


@pytest.mark.parametrize("value", ["YES", "Yes", "", " yes", "maybe", None, 1, ["yes"], {}])
def test_words_are_written_exactly(value: Any) -> None:
    assert fault(changed(OWNERS, "ballots.1.choice", value)) == "ballots[1].choice"
    assert fault(changed(OWNERS, "ballots.1.channel", value)) == "ballots[1].channel"
    assert fault(changed(OWNERS, "precedence", value)) == "precedence"
    assert fault(changed(OWNERS, "kind", value)) == "kind"
    assert fault(changed(COUNCIL, "seats.1.party", value)) == "seats[1].party"
    assert fault(changed(COUNCIL, "ballots.0.choice", value)) == "ballots[0].choice"


def test_a_council_knows_no_invalid_ballot() -> None:
    assert fault(changed(COUNCIL, "ballots.0.choice", "invalid")) == "ballots[0].choice"


@pytest.mark.parametrize(
    "value",
    ["23.11.2026", "2026-11-31", "2026-02-29", "2026-13-01", "20261123", "2026-W47-1", "2026-11-23T00:00:00Z", "0000-01-01",
     " 2026-11-23", "2026-11-23\n", "２０２６-11-23", "2026-1-1", "", None, 20261123],
)  # fmt: skip
def test_the_day_is_a_day_of_the_calendar(value: Any) -> None:
    assert fault(changed(OWNERS, "on", value)) == "on"


@pytest.mark.parametrize(
    "value",
    ["2026-11-01", "2026-11-01T09:00:00", "2026-11-01 09:00:00Z", "2026-11-01t09:00:00Z", "2026-11-01T09:00:00z",
     "2026-11-01T24:00:00Z", "2026-11-01T25:00:00Z", "2026-11-01T09:60:00Z", "2026-11-01T09:00:60Z", "2026-11-31T09:00:00Z",
     "2026-11-01T09:00Z", "2026-11-01T09:00:00.Z", "2026-11-01T09:00:00.5Z", "2026-11-01T09:00:00.1234567Z",
     "2026-11-01T09:00:00,123456Z", "2026-11-01T09:00:00+0800", "2026-11-01T09:00:00+08", "2026-11-01T09:00:00+24:00",
     "2026-11-01T09:00:00+08:60", "2026-11-01T09:00:00+08:00 ", "2026-11-01T09:00:00Z\n", "+2026-11-01T09:00:00Z",
     "2026-11-01T09:00:00−08:00", "２０２６-11-01T09:00:00Z", "0000-01-01T00:00:00Z", "", None, 1793494800, True],
)  # fmt: skip
def test_a_time_is_written_in_one_way(value: Any) -> None:
    for path, shown in [("ballots.1.time", "ballots[1].time"), ("opens_at", "opens_at"), ("closes_at", "closes_at")]:
        assert fault(changed(OWNERS, path, value)) == shown


def test_times_are_compared_as_instants() -> None:
    assert instant("2026-11-01T09:00:00+08:00", "") == instant("2026-11-01T01:00:00Z", "")
    assert instant("2026-11-01T01:00:00-00:00", "") == instant("2026-11-01T01:00:00.000000+00:00", "")
    assert instant("2026-10-31T20:30:00-04:30", "") == instant("2026-11-01T01:00:00Z", "")
    assert instant("2026-11-01T01:00:00.000001Z", "") - instant("2026-11-01T01:00:00Z", "") == 1
    assert instant("2028-03-01T00:00:00Z", "") - instant("2028-02-29T00:00:00Z", "") == 86_400 * 10**6


def test_a_zone_may_push_an_instant_past_the_ends_of_the_calendar() -> None:
    assert instant("0001-01-01T00:00:00+08:00", "") < instant("0001-01-01T00:00:00Z", "")
    assert instant("9999-12-31T23:59:59.999999-08:00", "") > instant("9999-12-31T23:59:59.999999Z", "")


def test_the_window_ends_after_it_begins() -> None:
    assert fault(changed(OWNERS, "closes_at", OWNERS["opens_at"])) == "closes_at"
    assert fault(changed(OWNERS, "closes_at", "2026-11-01T01:00:00Z")) == "closes_at"
    read_case(changed(OWNERS, "closes_at", "2026-11-01T01:00:00.000001Z"))


@pytest.mark.parametrize(
    "value",
    ["three quarters", "", "0/4", "4/3", "3/0", "0/0", "1/1000", "1000/1000", "-1/2", "+1/2", "03/4", "3/04", "3 /4",
     " 3/4", "3/4\n", "3/4/5", "3", "3／4", "٣/٤", "1.5/2", None, 0.75, 1, True, ["3/4"], {"n": 3, "d": 4}],
)  # fmt: skip
def test_the_parties_fraction_is_n_over_d(value: Any) -> None:
    assert fault(changed(COUNCIL, "parties", value)) == "parties"


@pytest.mark.parametrize(("value", "read"), [("1/1", (1, 1)), ("2/4", (2, 4)), ("999/999", (999, 999))])
def test_the_parties_fraction_is_kept_as_it_is_written(value: str, read: tuple[int, int]) -> None:
    assert read_case(changed(COUNCIL, "parties", value)).parties == read


def test_the_first_fault_in_the_order_of_the_form_is_the_one_named() -> None:
    case = {**OWNERS, "matter": 0, "on": "x", "units": [], "precedence": "x"}
    assert fault(json.dumps(case).encode()) == "matter"
    case["matter"] = 1
    assert fault(json.dumps(case).encode()) == "on"
    case["on"] = "2026-11-23"
    assert fault(json.dumps(case).encode()) == "units"
