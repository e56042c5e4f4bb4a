"""The commands that a stranger types after cloning: the tables, the year, and whether its record holds."""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
Flask = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the year is told, once for this file."""
    return tmp_path_factory.mktemp("year") / "year.sqlite"


@pytest.fixture(scope="module")
def flask(built: None, file: Path) -> Flask:
    """`flask --app wsgi …` in a process of its own."""
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG", "TMPDIR")}
    env = {**kept, "DATABASE_URL": f"sqlite:///{file}", "STORAGE_URL": f"file://{file.parent / 'files'}"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)

    return run


@pytest.fixture(scope="module")
def year(flask: Flask) -> dict[str, Any]:
    """The answer of `flask demo` over the tables of `flask db upgrade`."""
    made = flask("db", "upgrade")
    assert made.returncode == 0, made.stderr
    told = flask("demo", "--json")
    assert told.returncode == 0, told.stderr
    answer: dict[str, Any] = json.loads(told.stdout)
    return answer


def verdict(flask: Flask) -> tuple[int, dict[str, Any]]:
    """What `flask journal verify --json` answers, with its exit status."""
    done = flask("journal", "verify", "--json")
    answer: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, answer


def test_the_demo_prints_a_sign_in_for_every_part_that_somebody_can_play(year: dict[str, Any]) -> None:
    [community] = year["communities"]
    assert community["slug"] == "wutongli"
    assert {one["login"] for one in community["sign_ins"]} >= {
        "shuji", "juwei", "yewei", "wuye", "mishu", "fuwutai", "jumin", "hefeng", "tongxin", "linli", "pingshen", "guanli",
    }  # fmt: skip


def test_the_demo_is_told_into_an_empty_house_only(year: dict[str, Any], flask: Flask) -> None:
    again = flask("demo", "--json")
    assert again.returncode == 1
    assert "not empty" in again.stderr


def test_the_record_of_the_year_holds_until_one_byte_of_one_entry_is_changed(
    year: dict[str, Any], flask: Flask, file: Path
) -> None:
    status, answer = verdict(flask)
    assert (status, answer["ok"]) == (0, True)
    assert int(str(answer["size"])) > 500
    with closing(sqlite3.connect(file)) as record:
        [(number, text)] = record.execute(
            "SELECT id, text FROM journal_entry ORDER BY id LIMIT 1 OFFSET 100"
        ).fetchall()
        changed = text.replace("0", "1", 1) if "0" in text else text.replace("1", "2", 1)
        assert sum(one != two for one, two in zip(text, changed, strict=True)) == 1
        record.execute("UPDATE journal_entry SET text = ? WHERE id = ?", (changed, number))
        record.commit()
    status, answer = verdict(flask)
    assert (status, answer["ok"]) == (1, False)
    with closing(sqlite3.connect(file)) as record:
        record.execute("UPDATE journal_entry SET text = ? WHERE id = ?", (text, number))
        record.commit()
    assert verdict(flask)[1]["ok"] is True


FETCH = """
import pathlib, re, sys
from wsgi import app
from app.core.db import db
from app.voting.models import Poll
folder = pathlib.Path(sys.argv[1])
with app.app_context():
    numbers = [one.number for one in db.session.query(Poll).filter(Poll.declared_at.is_not(None)).order_by(Poll.id)]
owner = app.test_client()
token = re.search('csrf_token" value="([0-9a-f]+)"', owner.get("/sign-in").text)[1]
typed = {"login": sys.argv[2], "password": sys.argv[3], "csrf_token": token}
assert owner.post("/sign-in", data=typed).status_code == 303
for name, client in (("public", app.test_client()), ("owner", owner)):
    for number in numbers:
        answer = client.get(f"/c/wutongli/polls/{number}/record.zip")
        assert answer.status_code == 200, (number, answer.status_code)
        (folder / f"{name}-{number}.zip").write_bytes(answer.data)
"""


def test_every_declared_vote_of_the_year_is_confirmed_by_a_bare_python(
    flask: Flask, file: Path, year: dict[str, Any], tmp_path: Path
) -> None:
    sign_ins = {one["login"]: one["password"] for one in year["communities"][0]["sign_ins"]}
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG", "TMPDIR")}
    env = {**kept, "DATABASE_URL": f"sqlite:///{file}", "STORAGE_URL": f"file://{file.parent / 'files'}"}
    asked = [sys.executable, "-c", FETCH, str(tmp_path), "jumin", sign_ins["jumin"]]
    fetched = subprocess.run(asked, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert fetched.returncode == 0, fetched.stderr
    bundles = sorted(tmp_path.glob("*.zip"))
    assert len(bundles) == 2 * 9, "six of the council, one of the owners, two of the residents"
    for bundle in bundles:
        empty = tmp_path / bundle.stem
        with zipfile.ZipFile(bundle) as archive:
            archive.extractall(empty)
        command = [sys.executable, "-I", "verify.py"]
        done = subprocess.run(command, cwd=empty, env={}, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (0, ""), f"{bundle.name}: {done.stdout}"
    whole = flask("voting", "verify", str(bundles[0]), "--json")
    assert json.loads(whole.stdout)["ok"]
