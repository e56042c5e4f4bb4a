"""`flask opendata …`: a file that is there whole or not at all, and words for whoever asked."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from tests.conftest import Clock
from tests.tendering import Tendering
from tests.world import World


@pytest.fixture
def run(app: Flask) -> Any:
    """The command at a terminal."""

    def ask(slug: str, out: Path, *more: str) -> Result:
        return app.test_cli_runner().invoke(args=["opendata", "ocds", "--community", slug, "--out", str(out), *more])

    return ask


def test_every_purchase_is_written_with_its_progress_on_standard_error(
    run: Any, world: World, clock: Clock, tmp_path: Path
) -> None:
    Tendering(world, clock).whole()
    out = tmp_path / "f.json"
    done = run(world.slug, out, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"records": 1, "file": str(out)}
    assert "正在写采购记录" in done.stderr
    found = json.loads(out.read_text("utf-8"))
    assert [one["ocid"] for one in found["records"]] == ["ocds-213czf-wutongli-1"]
    assert found["packages"] == [f"http://127.0.0.1:8000/c/{world.slug}/ocds/releases-2026.json"]
    assert [path.name for path in tmp_path.glob("*f.json*")] == ["f.json"]


def test_a_community_that_never_bought_gets_a_file_without_records_and_is_told(
    run: Any, world: World, clock: Clock, tmp_path: Path
) -> None:
    out = tmp_path / "f.json"
    done = run(world.other_slug, out)
    assert done.exit_code == 0
    assert "还没有采购" in done.stderr
    assert "0项采购写在f.json里。" in done.stdout
    found = json.loads(out.read_text("utf-8"))
    assert found["records"] == []
    assert "packages" not in found


def test_a_draft_is_not_in_the_file(run: Any, world: World, clock: Clock, tmp_path: Path) -> None:
    Tendering(world, clock).drafted()
    run(world.slug, tmp_path / "f.json")
    assert json.loads((tmp_path / "f.json").read_text("utf-8"))["records"] == []


def test_an_unknown_community_is_refused_and_no_file_is_left(run: Any, world: World, tmp_path: Path) -> None:
    done = run("nowhere", tmp_path / "f.json")
    assert done.exit_code == 1
    assert "没有叫“nowhere”的社区" in done.stderr
    assert not (tmp_path / "f.json").exists()


def test_a_place_where_nothing_can_be_written_is_wrong_usage(run: Any, world: World, tmp_path: Path) -> None:
    done = run(world.slug, tmp_path / "missing" / "f.json")
    assert done.exit_code == 2
    assert "写不了文件f.json" in done.stderr
    assert run(world.slug, tmp_path).exit_code == 2


def test_a_file_that_stands_there_is_replaced_whole(run: Any, world: World, clock: Clock, tmp_path: Path) -> None:
    out = tmp_path / "f.json"
    out.write_text("old" * 100_000, "utf-8")
    assert run(world.slug, out).exit_code == 0
    assert json.loads(out.read_text("utf-8"))["records"] == []


def test_the_communities_are_listed_for_who_wants_all_of_them(app: Flask, world: World) -> None:
    done = app.test_cli_runner().invoke(args=["opendata", "communities", "--json"])
    assert {one["slug"] for one in json.loads(done.stdout)["communities"]} == {world.slug, world.other_slug}
