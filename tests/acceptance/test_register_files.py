"""Registers as committees keep them: a good one gives its figures, a faulty one names its six rows."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.core.db import db
from app.core.values import Refusal
from app.register import queries
from app.register.forms import Sheet, open_workbook
from app.register.rules import Reading, read_register
from tests.world import World

GOOD, FAULTY = "heping-register", "heping-register-with-errors"


def read(shared_data: Path, name: str) -> tuple[Reading, dict[str, Any]]:
    sheet = open_workbook((shared_data / "register" / f"{name}.xlsx").read_bytes())
    assert isinstance(sheet, Sheet), sheet
    return read_register(sheet.rows, sheet.headings, date(2026, 11, 23)), expected(shared_data, name)


def expected(shared_data: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_data / "register" / f"{name}.expected.json").read_text())
    return found


def run(app: Flask, shared_data: Path, name: str, *words: str) -> tuple[int, dict[str, Any]]:
    file = str(shared_data / "register" / f"{name}.xlsx")
    answer = app.test_cli_runner().invoke(args=["register", "import", file, "--json", *words])
    db.session.rollback()
    return answer.exit_code, json.loads(answer.stdout)


@pytest.mark.parametrize("name", [GOOD, FAULTY])
def test_a_committees_spreadsheet_gives_exactly_its_figures(shared_data: Path, name: str) -> None:
    reading, wanted = read(shared_data, name)
    figures = reading.figures
    assert {
        "dwellings": figures.dwellings,
        "area": figures.area,
        "owners_as_heads": figures.owners,
        "co_owned": figures.co_owned,
        "developer_unsold": figures.developer,
        "not_lived_in_by_owner": figures.not_lived_in_by_owner,
        "tenants": figures.tenants,
    } == {key: wanted[key] for key in wanted if key not in ("area_unit", "must_reject")}


def test_a_good_spreadsheet_has_nothing_to_refuse(shared_data: Path) -> None:
    reading, _ = read(shared_data, GOOD)
    assert reading.findings == ()
    assert reading.notes == ()
    assert reading.figures.residents == 1055


def test_a_faulty_spreadsheet_names_exactly_its_six_rows(shared_data: Path) -> None:
    reading, wanted = read(shared_data, FAULTY)
    assert list(reading.rejected_rows) == [bad["row"] for bad in wanted["must_reject"]]
    assert [(finding.row, finding.column) for finding in reading.findings] == [
        (1447, "建筑面积"),
        (1447, "房号"),
        (1448, "建筑面积"),
        (1449, "份额"),
        (1450, "业主姓名"),
        (1451, "手机"),
        (1452, "入住日期"),
    ]
    duplicate = reading.findings[1].reason
    assert isinstance(duplicate, Refusal)
    assert duplicate.values == {"code": "3-1-501", "other": 250}


def test_the_command_takes_the_good_one_in_and_the_roll_agrees_with_it(
    app: Flask, world: World, shared_data: Path
) -> None:
    wanted = expected(shared_data, GOOD)
    code, answer = run(app, shared_data, GOOD, "--community", world.slug)
    assert (code, answer["rejected"]) == (0, [])
    assert (answer["dwellings"], answer["owners"]) == (wanted["dwellings"], wanted["owners_as_heads"])
    roll = queries.roll(world.community_id, date(2026, 11, 23))
    assert sum(entry.area for entry in roll) == wanted["area"]
    assert len({entry.head for entry in roll}) == wanted["owners_as_heads"]
    assert sum(entry.head == "developer" for entry in roll) == wanted["developer_unsold"]


def test_the_command_refuses_the_faulty_one_whole(app: Flask, world: World, shared_data: Path) -> None:
    code, answer = run(app, shared_data, FAULTY, "--community", world.slug)
    assert code == 1
    assert [row["row"] for row in answer["rejected"]] == [
        bad["row"] for bad in expected(shared_data, FAULTY)["must_reject"]
    ]
    assert not queries.is_filled(world.community_id)
