"""The list that an owners' decision is filed with: for whom, when, and that it was taken out."""

import csv
import io

import openpyxl
import pytest
from flask import Flask

from app.core.values import Entry
from app.journal import queries as journal
from app.voting import actions, queries
from tests.conftest import Clock
from tests.desks import handed_in
from tests.page_client import PageClient
from tests.polls import MATTER, after_close, cast, open_council, open_owners, units
from tests.world import PASSWORD, World


@pytest.fixture
def declared(world: World, clock: Clock) -> list[Entry]:
    """An owners' vote that is declared; one unit is called like a formula."""
    roll = units(1, 4)
    roll[2] = Entry("=1+1", "=HYPERLINK(1)", "1号楼", "h9", area=8950, voters=roll[2].voters)
    poll_id = open_owners(world, roll)
    cast(world, poll_id, roll[0], "yes")
    handed_in(world, poll_id, roll[1], "no", "stall")
    cast(world, poll_id, roll[2], "abstain")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.declare_outcome(poll_id)
    return roll


@pytest.mark.parametrize("role", ["secretary", "operator", "auditor"])
def test_whoever_files_the_decision_takes_out_the_list_and_the_record_says_so(
    client: PageClient, world: World, declared: list[Entry], role: str
) -> None:
    client.sign_in(world.login(role), PASSWORD)
    page = client.get(f"/c/{world.slug}/polls/1/export")
    done = client.submit(page, button="导出CSV")
    table = client.get(done.location).response
    rows = {row["房屋"]: row for row in csv.DictReader(io.StringIO(table.data.decode("utf-8-sig")))}
    assert list(next(iter(rows.values()))) == ["房屋", "表决", "时间", "方式", "凭证"]
    assert (rows["1号楼101"]["表决"], rows["1号楼101"]["方式"]) == ("同意", "网上")
    assert (rows["1号楼102"]["表决"], rows["1号楼102"]["方式"]) == ("不同意", "投票点")
    assert "服务台第1号" in rows["1号楼102"]["凭证"]
    assert rows["'=HYPERLINK(1)"]["表决"] == "弃权"
    assert rows["1号楼104"]["表决"] == "没有参加"
    assert "no-store" in table.headers["Cache-Control"]
    [line, *_] = [line for line in journal.history(world.community_id, MATTER) if line.event == "VotesExported"]
    assert (line.told["lines"], line.told["form"]) == (4, "csv")


def test_the_workbook_holds_texts_alone(client: PageClient, world: World, declared: list[Entry]) -> None:
    client.sign_in(world.login("secretary"), PASSWORD)
    page = client.get(f"/c/{world.slug}/polls/1/export")
    done = client.submit(page, button="导出表格（XLSX）")
    assert done.location.endswith(".xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(done.location).response.data)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}
    assert sheet.max_row == 5


def test_nobody_else_gets_the_list(app: Flask, world: World, declared: list[Entry]) -> None:
    code = actions.export_votes(world.actor("secretary"), 1, "csv")
    for role in ("owner", "resident", "member", "convener", "clerk"):
        client = PageClient(app)
        client.sign_in(world.login(role), PASSWORD)
        client.get(f"/c/{world.slug}/polls/1/export", status=403)
        client.get(f"/c/{world.slug}/polls/1/export/{code}.csv", status=403)
    secretary = PageClient(app)
    secretary.sign_in(world.login("secretary"), PASSWORD)
    secretary.get(f"/c/{world.slug}/polls/1/export/{code}.csv")
    secretary.get(f"/c/{world.slug}/polls/1/export/AAAA-AAAA.csv", status=404)


def test_before_the_outcome_and_of_other_votes_there_is_no_list(client: PageClient, world: World, clock: Clock) -> None:
    poll_id = open_owners(world, units(1, 2))
    given = cast(world, poll_id, units(1, 2)[0], "yes")
    open_council(world)
    client.sign_in(world.login("secretary"), PASSWORD)
    assert client.get(f"/c/{world.slug}/polls/1/export").says("公布结果以前")
    client.post(f"/c/{world.slug}/polls/1/export", {"form": "csv"}, status=409)
    assert client.get(f"/c/{world.slug}/polls/2/export").says("只有公开投票的业主表决")
    client.get(f"/c/{world.slug}/polls/1/export/{given.code}.csv", status=404)
