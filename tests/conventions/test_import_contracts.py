"""The import contracts of pyproject.toml hold, and each catches the violation that it is there for."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conventions.sources import ROOT

CONTRACTS = {
    c["id"]: c for c in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
}
PLANTED = {
    "an upward import": ("floors", "voting/queries.py", "from app.council import queries as _planted"),
    "a sideways import": ("floors", "proposals/queries.py", "from app.council import queries as _planted"),
    "an import of the roof": ("floors", "council/actions.py", "from app.wiring import create_app as _planted"),
    "core that knows a slice": ("floors", "core/numbers.py", "from app.identity import queries as _planted"),
    "a slice that nobody planned": ("floors", "gossip/__init__.py", "from app.core import clock as _planted"),
    "queries that call actions": ("slice", "identity/queries.py", "from app.identity import actions as _planted"),
    "models that ask queries": ("slice", "voting/models.py", "from app.voting import queries as _planted"),
    "actions that know the form": ("slice", "identity/actions.py", "from app.identity import forms as _planted"),
    "a file that nobody planned": ("slice", "voting/helpers.py", "from app.core import clock as _planted"),
    "a rule that asks the web": ("purity", "voting/rules", "from flask import request as _planted"),
    "a rule that asks the database": ("purity", "voting/rules", "from app.core.db import db as _planted"),
    "a rule that asks the clock": ("purity", "council/rules", "from app.core import clock as _planted"),
    "a rule that asks the web by a detour": ("purity", "council/rules", "from app.core.pages import page as _planted"),
}


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Ask import-linter about a tree."""
    words = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    return subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)


def plant(root: Path, place: str, line: str) -> None:
    """Write a line at the end of a module, of the `__init__.py` where the module is a folder, of a new one where there is none."""
    path = root / "app" / place
    folder = path.with_suffix("") if path.suffix else path
    if folder.is_dir():
        path = folder / "__init__.py"
    elif not path.suffix:
        path = path.with_suffix(".py")
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The house, for planting."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__", "translations"))
    return tmp_path


def test_the_house_keeps_its_contracts() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_slice_of_the_floors_is_held_to_the_inside_of_a_slice() -> None:
    named = {name.strip("() ") for layer in CONTRACTS["floors"]["layers"] for name in layer.split("|")}
    assert {f"app.{name}" for name in named - {"wiring", "demo", "core"}} == set(CONTRACTS["slice"]["containers"])
    assert CONTRACTS["floors"]["exhaustive"] is CONTRACTS["slice"]["exhaustive"] is True


@pytest.mark.parametrize("violation", PLANTED)
def test_a_planted_violation_is_named_by_its_contract(copy: Path, violation: str) -> None:
    contract, place, line = PLANTED[violation]
    plant(copy, place, line)
    done = lint(copy)
    assert done.returncode == 1, done.stdout[-3000:]
    broken = done.stdout.split("Broken contracts")[-1]
    assert CONTRACTS[contract]["name"].split(":")[0] in broken
    assert "_planted" not in broken
