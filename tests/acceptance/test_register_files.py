"""Registers as committees keep them: a good one gives its figures, a faulty one names its six rows."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from app.core.values import Refusal
from app.register.forms import Sheet, open_workbook
from app.register.rules import Reading, read_register

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "register"


def read(name: str) -> tuple[Reading, dict[str, object]]:
    if not FOLDER.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"The shared registers are missing: {FOLDER.name}")
        pytest.skip("left out: ../shared/data/register is absent")
    sheet = open_workbook((FOLDER / f"{name}.xlsx").read_bytes())
    assert isinstance(sheet, Sheet), sheet
    expected = json.loads((FOLDER / f"{name}.expected.json").read_text())
    return read_register(sheet.rows, sheet.headings, date(2026, 11, 23)), expected


@pytest.mark.parametrize("name", ["heping-register", "heping-register-with-errors"])
def test_a_committees_spreadsheet_gives_exactly_its_figures(name: str) -> None:
    reading, expected = read(name)
    figures = reading.figures
    assert {
        "dwellings": figures.dwellings,
        "area": figures.area,
        "owners_as_heads": figures.owners,
        "co_owned": figures.co_owned,
        "developer_unsold": figures.developer,
        "not_lived_in_by_owner": figures.not_lived_in_by_owner,
        "tenants": figures.tenants,
    } == {key: expected[key] for key in expected if key not in ("area_unit", "must_reject")}


def test_a_good_spreadsheet_has_nothing_to_refuse() -> None:
    reading, _ = read("heping-register")
    assert reading.findings == ()
    assert reading.figures.residents == 1055


def test_a_faulty_spreadsheet_names_exactly_its_six_rows() -> None:
    reading, expected = read("heping-register-with-errors")
    wanted = expected["must_reject"]
    assert isinstance(wanted, list)
    assert list(reading.rejected_rows) == [bad["row"] for bad in wanted]
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
