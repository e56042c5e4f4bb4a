"""Pages are compiled before anybody asks for one, and compiled anew when they or their compiler change."""

import time
from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache

from app.core import templating
from app.wiring import create_app
from app.wiring.compiled import compile_all

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, built: None) -> Path:
    monkeypatch.setattr(templating, "INSTANCE", tmp_path)
    return tmp_path


def kept(house: Path) -> dict[Path, int]:
    return {file: file.stat().st_mtime_ns for file in house.rglob("*.cache")}


def test_every_page_is_compiled_once_and_found_again(house: Path) -> None:
    began = time.process_time()
    many = compile_all()
    compiling = time.process_time() - began
    assert many == sum(file.suffix in (".html", ".xml", ".txt") for file in TEMPLATES.rglob("*.*"))
    first = kept(house)
    assert len(first) == many
    began = time.process_time()
    assert compile_all() == many
    assert kept(house) == first, "a second start compiles nothing"
    assert time.process_time() - began < compiling


def test_another_compiler_finds_nothing_of_the_former(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = create_app({"DATABASE_URL": "sqlite://"}).jinja_env.bytecode_cache
    monkeypatch.setattr(templating, "version", lambda _name: "another")
    there = create_app({"DATABASE_URL": "sqlite://"}).jinja_env.bytecode_cache
    assert isinstance(here, FileSystemBytecodeCache)
    assert isinstance(there, FileSystemBytecodeCache)
    assert here.directory != there.directory


def test_a_house_that_may_not_write_beside_its_data_compiles_in_memory(house: Path) -> None:
    (house / "templates").write_text("a file stands where the folder would be")
    assert create_app({"DATABASE_URL": "sqlite://"}).jinja_env.bytecode_cache is None
