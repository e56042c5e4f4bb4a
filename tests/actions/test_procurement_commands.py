"""`flask procurement replay`: what it publishes, what it refuses, how it ends."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app.procurement import queries
from tests.conftest import Clock
from tests.world import World

SOUND: dict[str, Any] = {
    "id": "T-1",
    "title": "助餐服务",
    "method": "public_tender",
    "budget_cny": 286000.10,
    "term": {"years": 1},
    "weights": {"price": 15, "technical": 85},
    "criteria": [{"part": "technical", "name": "方案", "weight": 85, "kind": "objective", "scale": {"有": 100}}],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a file may be."""
    return tmp_path / "tenders.json"


def replay(app: Flask, file: Path, slug: str, *options: str) -> Result:
    """Run the command."""
    return app.test_cli_runner().invoke(args=["procurement", "replay", str(file), "--community", slug, *options])


def write(file: Path, *tenders: Any) -> Path:
    """A file of tenders."""
    file.write_text(json.dumps({"tenders": list(tenders)}, ensure_ascii=False), "utf-8")
    return file


def test_a_sound_tender_is_published_without_a_warning(app: Flask, world: World, clock: Clock, file: Path) -> None:
    done = replay(app, write(file, SOUND), world.slug, "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert (len(told["tenders"]), told["refused"], told["warnings"]) == (1, [], [])
    assert queries.get_tender(world.community_id, 1).ceiling == 28_600_010


def test_what_cannot_be_read_is_refused_and_the_rest_published(
    app: Flask, world: World, clock: Clock, file: Path
) -> None:
    bad = {**SOUND, "id": "T-2", "budget_cny": -5}
    done = replay(app, write(file, bad, SOUND, "no tender", SOUND), world.slug, "--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert [one["id"] for one in told["tenders"]] == ["T-1"]
    assert [(one["id"], one["where"]) for one in told["refused"]] == [
        ("T-2", "budget_cny"), ("tenders[2]", "$"), ("T-1", "$"),
    ]  # fmt: skip
    assert "负数" in done.stderr


def test_without_json_the_answer_is_in_words(app: Flask, world: World, clock: Clock, file: Path) -> None:
    done = replay(app, write(file, SOUND), world.slug)
    assert done.stdout.strip() == f"T-1 → /c/{world.slug}/tenders/1 助餐服务"


@pytest.mark.parametrize("text", ["", "{", "[1", '{"tenders": 5}', "5", "null", '"x"'])
def test_what_is_no_file_of_tenders_is_misuse(app: Flask, world: World, clock: Clock, file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    done = replay(app, file, world.slug, "--json")
    assert done.exit_code == 2
    assert done.stdout == ""


def test_bytes_that_are_no_text_are_misuse(app: Flask, world: World, clock: Clock, file: Path) -> None:
    file.write_bytes(b"PK\x03\x04\xff\xfe")
    assert replay(app, file, world.slug).exit_code == 2


def test_a_community_that_does_not_exist_is_refused(app: Flask, world: World, clock: Clock, file: Path) -> None:
    done = replay(app, write(file, SOUND), "nowhere", "--json")
    assert done.exit_code == 1
    assert "nowhere" in done.stderr
