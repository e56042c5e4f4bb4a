"""What nobody should type into the council's pages, and what the pages say to it."""

import pytest

from app.core.values import Ref
from app.council import actions, queries
from tests.conftest import Clock
from tests.council_world import Council, NewClient, as_member, as_role, convene
from tests.page_client import PageClient

HERE = "/c/wutongli"
BIG = "9" * 30


@pytest.mark.parametrize(
    "path",
    [
        f"meetings/{BIG}", f"meetings/{BIG}/minutes", f"meetings/{BIG}/minutes.pdf", f"meetings/1/motions/{BIG}",
        f"resolutions/2026/{BIG}", f"resolutions/{BIG}/1", "council/seats/" + "x" * 3000, "meetings/-1",
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_says_so(council: Council, client: PageClient, path: str) -> None:
    assert client.get(f"{HERE}/{path}", status=404).h1


@pytest.mark.parametrize("typed", [BIG, "-1", "１２", "x", "", "2147483648"])
def test_a_list_is_read_from_its_start_when_the_number_is_none(
    council: Council, client: PageClient, typed: str
) -> None:
    assert client.get(f"{HERE}/meetings?before={typed}").h1 == "四方联席会议"
    assert client.get(f"{HERE}/resolutions?before={typed}").h1 == "四方联席会议的决议"


@pytest.mark.parametrize(("seat", "status"), [(BIG, 404), ("9" * 12, 404), ("x", 404), ("", 404)])
def test_nobody_arrives_for_a_seat_that_does_not_exist(
    council: Council, new_client: NewClient, clock: Clock, seat: str, status: int
) -> None:
    held = convene(council)
    clock.set(held.starts_at)
    client = as_role(council, "secretary", new_client)
    client.post(f"{HERE}/meetings/1/roll/arrivals", {"seat": seat, "term": "1"}, status=status)
    assert queries.attendance_row(held.id, council.seats["b1"]) is None


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"text": "换灯"}, 409),
        ({"text": "a\x00b" * 1001}, 422),
        ({"text": "换感应灯", "item": BIG}, 422),
        ({"text": "换感应灯", "ceiling": "-5"}, 422),
        ({"text": "换感应灯", "ceiling": "九千"}, 422),
        ({"text": "换感应灯", "ceiling": "1e3", "purpose": "灯具"}, 422),
        ({"text": "换感应灯", "ceiling": "9" * 40}, 422),
        ({"text": "换感应灯", "ceiling": "0", "purpose": "灯具"}, 409),
        ({"text": "换感应灯", "ceiling": "100"}, 409),
        ({"text": "换感应灯", "ceiling": "999999999999", "purpose": "灯具"}, 409),
        ({"text": "换感应灯", "owners_matter": "77"}, 422),
    ],
)
def test_a_motion_that_cannot_be_read_or_stand_is_not_moved(
    council: Council, new_client: NewClient, typed: dict[str, str], status: int
) -> None:
    held = convene(council)
    held.open()
    sent = {"item": str(held.items[0]), "owners_matter": "", **typed}
    as_member(council, "o1", new_client).post(f"{HERE}/meetings/1/motions/new", sent, status=status)
    assert queries.motions_of([held.id]) == []


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"day": "2049-01-01", "time": "19:00"}, 409),
        ({"day": "0001-01-01", "time": "19:00"}, 409),
        ({"day": "2026-03-99", "time": "19:00"}, 422),
        ({"day": "2026-04-01", "time": "25:00"}, 422),
        ({"day": "2026-04-01", "time": "19:00", "item": BIG}, 409),
        ({"day": "2026-04-01", "time": "19:00", "place": "馆"}, 409),
    ],
)
def test_a_notice_that_makes_no_sense_does_not_go_out(
    council: Council, new_client: NewClient, typed: dict[str, str], status: int
) -> None:
    item = actions.propose_agenda_item(council.secretary, council.community_id, Ref("wish", 1), "换灯")
    sent = {"place": "社区会议室", "item": str(item), **typed}
    as_role(council, "secretary", new_client).post(f"{HERE}/meetings/new", sent, status=status)
    assert queries.meetings(council.community_id) == []


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"kind": "observer", "name": "王五", "from_day": "2028-01-01"}, 422),
        ({"kind": "holder", "name": "😀" * 30, "from_day": "2028-01-01"}, 409),
        ({"kind": "holder", "name": "\u200b\u202e", "from_day": "2028-01-01"}, 422),
        ({"kind": "holder", "name": "王五", "from_day": "明天"}, 422),
    ],
)
def test_nobody_is_appointed_by_what_cannot_be_read(
    council: Council, new_client: NewClient, typed: dict[str, str], status: int
) -> None:
    as_role(council, "secretary", new_client).post(f"{HERE}/council/seats/b1/appoint", typed, status=status)
    assert len(queries.terms_of_seat(council.seats["b1"])) == 1


def test_signs_that_cannot_be_seen_are_taken_out_of_a_name(council: Council, new_client: NewClient) -> None:
    typed = {"kind": "holder", "name": "王\u202e五\u200b", "from_day": "2028-01-01"}
    as_role(council, "secretary", new_client).post(f"{HERE}/council/seats/b1/appoint", typed)
    assert queries.terms_of_seat(council.seats["b1"])[-1].name == "王五"
