"""The launcher makes things once, makes them again when their source changes, and says what is wrong."""

import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import start
from tests.conventions.sources import ROOT

PARTS = (
    "start.py",
    "build.mjs",
    "package.json",
    "package-lock.json",
    "pyproject.toml",
    *(path.name for path in ROOT.glob("requirements*.*")),
)


@pytest.fixture
def clone(tmp_path: Path, built: None) -> Path:
    """A small checkout that borrows the libraries of this one."""
    for part in PARTS:
        shutil.copy(ROOT / part, tmp_path)
    for borrowed in (".venv", "node_modules"):
        if (ROOT / borrowed).exists():
            (tmp_path / borrowed).symlink_to(ROOT / borrowed)
    for path, text in {
        "css/site.css": "main{color:red}",
        "js/site.js": "document.title+=1",
        "img/seal.svg": "<svg/>",
    }.items():
        (tmp_path / "static" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "static" / path).write_text(text)
    folder = tmp_path / "app" / "translations" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "voting.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "票"\nmsgstr "vote"\n'
    )
    return tmp_path


def do(clone: Path, *acts: str) -> None:
    """Call functions of that checkout's launcher, as its commands do."""
    code = "import start; " + "; ".join(f"start.{act}()" for act in acts)
    subprocess.run([sys.executable, "-c", code], cwd=clone, check=True, capture_output=True)


def launch(clone: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the launcher of that checkout."""
    told = {**os.environ, **env}
    return subprocess.run(
        [sys.executable, "start.py", *words], cwd=clone, env=told, capture_output=True, text=True, check=False
    )


def test_built_files_are_named_by_their_content_and_lie_there_packed(clone: Path) -> None:
    do(clone, "build_assets")
    build = clone / "static" / "build"
    manifest = json.loads((build / "manifest.json").read_text())
    assert set(manifest) == {"site.css", "site.js", "img/seal.svg"}
    for file in manifest.values():
        assert gzip.decompress((build / f"{file}.gz").read_bytes()) == (build / file).read_bytes()
    before = manifest["site.css"]
    (clone / "static" / "css" / "site.css").write_text("main{color:blue}")
    do(clone, "build_assets")
    after = json.loads((build / "manifest.json").read_text())["site.css"]
    assert after != before
    assert not (build / before).exists()


def test_nothing_is_built_twice(clone: Path) -> None:
    do(clone, "build_assets", "compile_translations")
    made = [clone / "static/build/manifest.json", clone / "app/translations/en/LC_MESSAGES/voting.mo"]
    first = [path.stat().st_mtime_ns for path in made]
    do(clone, "build_assets", "compile_translations")
    assert [path.stat().st_mtime_ns for path in made] == first


def test_a_changed_or_missing_catalogue_is_compiled_again(clone: Path) -> None:
    catalogue = clone / "app/translations/en/LC_MESSAGES/voting.po"
    compiled = catalogue.with_suffix(".mo")
    do(clone, "compile_translations")
    assert b"vote" in compiled.read_bytes()
    catalogue.write_text(catalogue.read_text().replace("vote", "ballot"))
    do(clone, "compile_translations")
    assert b"ballot" in compiled.read_bytes()
    compiled.unlink()
    do(clone, "compile_translations")
    assert compiled.exists()


def test_a_lock_that_names_a_host_fails_the_check_by_name(clone: Path) -> None:
    with (clone / "requirements-node.lock").open("a") as lock:
        lock.write("--index-url https://pypi.example/simple\n")
    done = launch(clone, "check")
    assert done.returncode == 1
    assert "requirements-node.lock names a host" in done.stderr


def test_an_environment_of_another_lock_is_not_taken_for_ready(clone: Path) -> None:
    asked = [sys.executable, "-c", "import start; print(start.holds(start.DEV), start.holds(start.RUN))"]
    assert subprocess.check_output(asked, cwd=clone, text=True) == "True True\n"
    with (clone / "requirements-dev.lock").open("a") as lock:
        lock.write("# changed\n")
    assert subprocess.check_output(asked, cwd=clone, text=True) == "False True\n"


@pytest.mark.parametrize("words", [[], ["fly"], ["demo", "quickly"], ["serve", "--port", "x"]])
def test_wrong_words_are_wrong_usage(clone: Path, words: list[str]) -> None:
    done = launch(clone, *words)
    assert done.returncode == 2
    assert "usage" in done.stderr


def test_a_port_that_is_taken_is_left_to_its_owner() -> None:
    with closing(socket.socket()) as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        taken = owner.getsockname()[1]
        assert start.free_port(taken) != taken


def test_a_hash_sees_contents_and_names_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "ROOT", tmp_path)
    (tmp_path / "one.css").write_text("a")
    first = start.digest(tmp_path / "one.css")
    os.utime(tmp_path / "one.css", (1, 1))
    assert start.digest(tmp_path / "one.css") == first
    (tmp_path / "two.css").write_text("a")
    assert start.digest(tmp_path / "two.css") != first
    (tmp_path / "one.css").write_text("b")
    assert start.digest(tmp_path / "one.css") != first
