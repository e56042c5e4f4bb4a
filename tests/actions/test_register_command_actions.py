"""`flask register import`: figures on standard output, words on standard error; 0 done, 1 refused, 2 wrong usage."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.register.forms import LARGEST_FILE
from app.register.models import Dwelling
from tests.books import COUPLE, HEAD, SMALL, Row, book
from tests.conftest import Clock
from tests.world import World


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The small register as a file."""
    path = tmp_path / "名册.xlsx"
    path.write_bytes(book(SMALL))
    return path


def run(app: Flask, *words: object) -> Result:
    answer = app.test_cli_runner().invoke(args=["register", "import", *map(str, words)])
    db.session.rollback()
    return answer


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Dwelling)) or 0


def test_a_register_is_taken_in_from_the_terminal(app: Flask, world: World, file: Path, clock: Clock) -> None:
    answer = run(app, file, "--community", world.slug, "--json")
    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == {"dwellings": 5, "owners": 3, "residents": 3, "rejected": []}
    assert "正在核对各行" in answer.stderr
    assert count() == 5


def test_a_dry_run_says_the_same_and_writes_nothing(app: Flask, world: World, file: Path, clock: Clock) -> None:
    answer = run(app, file, "--community", world.slug, "--dry-run", "--json")
    assert (answer.exit_code, json.loads(answer.stdout)["dwellings"], count()) == (0, 5, 0)
    assert "没有写入" in run(app, file, "--community", world.slug, "--dry-run").stdout


def test_bad_rows_are_one_object_each_and_nothing_is_written(
    app: Flask, world: World, tmp_path: Path, clock: Clock
) -> None:
    bad: list[Row] = [*COUPLE, ["1栋", 1, "101", "九十平", "住宅", "胡海燕", "1/1", "19900000001", "", "", ""]]
    path = tmp_path / "bad.xlsx"
    path.write_bytes(book(bad))
    answer = run(app, path, "--community", world.slug, "--json")
    assert answer.exit_code == 1
    (rejected,) = json.loads(answer.stdout)["rejected"]
    assert (rejected["row"], rejected["column"]) == (4, "建筑面积、房号")
    assert "九十平" in rejected["reason"]
    assert "第2行" in rejected["reason"]
    assert count() == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"no workbook", "文本文件"),
        (b"PK".ljust(LARGEST_FILE + 1), "超过10 MB"),
        (book(SMALL, HEAD[:3]), "缺少"),
    ],
)
def test_a_file_that_is_refused_as_a_whole_has_row_nought(
    app: Flask, world: World, tmp_path: Path, clock: Clock, content: bytes, said: str
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    answer = run(app, path, "--community", world.slug, "--json")
    (rejected,) = json.loads(answer.stdout)["rejected"]
    assert (answer.exit_code, rejected["row"], rejected["column"]) == (1, 0, "")
    assert said in rejected["reason"]


def test_a_list_that_forgets_dwellings_is_refused_also_as_a_dry_run(
    app: Flask, world: World, file: Path, tmp_path: Path, clock: Clock
) -> None:
    assert run(app, file, "--community", world.slug).exit_code == 0
    path = tmp_path / "short.xlsx"
    path.write_bytes(book(SMALL[:-1]))
    for words in ((), ("--dry-run",)):
        answer = run(app, path, "--community", world.slug, "--json", *words)
        assert answer.exit_code == 1
        assert "2-1-102" in json.loads(answer.stdout)["rejected"][0]["reason"]


def test_the_same_file_again_is_done_already(app: Flask, world: World, file: Path, clock: Clock) -> None:
    for _ in range(2):
        assert run(app, file, "--community", world.slug, "--json").exit_code == 0
    assert count() == 5


def test_an_unknown_community_is_refused_and_a_missing_file_is_wrong_usage(
    app: Flask, world: World, file: Path, clock: Clock
) -> None:
    assert run(app, file, "--community", "nowhere").exit_code == 1
    assert run(app, file).exit_code == 2
    assert run(app, "missing.xlsx", "--community", world.slug).exit_code == 2
