"""The recount of a record at the terminal, by the very program that lies in it; no database."""

import importlib.util
import zipfile
import zlib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from app.core.cli import json_option, misuse, reply, say
from app.core.i18n import _
from app.voting.serializers import VERIFIER


@cache
def verifier() -> ModuleType:
    """The program of the records, as a module: it stands beside the house and imports nothing of it."""
    found = importlib.util.spec_from_file_location("record_verifier", VERIFIER)
    if found is None or found.loader is None:
        raise FileNotFoundError(VERIFIER)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@click.command("verify")
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option("--vkey", help="The key of the log as the poster gives it; otherwise that of the record's README.")
@json_option
def verify_record(bundle: Path, vkey: str | None, as_json: bool) -> None:
    """Count the record of a vote anew. Exit 0 with its outcome, 1 with the first difference, 2 where there is no file."""
    if not bundle.is_file():
        misuse(_("打不开文件%(name)s。", name=bundle.name))
    program = verifier()
    try:
        files = _files(bundle, program)
        key = vkey or program.readme_vkey(files.get("README.txt", b"").decode("utf-8", "replace"))
        report = program.check(files, key)
        words = program.told(report, key, vkey is not None)
    except program.Difference as fault:
        reply({"ok": False, "why": fault.chinese, "english": fault.english}, as_json)
        say(f"{fault.chinese}\n{fault.english}")
        raise SystemExit(1) from None
    reply({"ok": True, "outcome": report.outcome}, as_json)
    say("\n".join(words))


def _files(bundle: Path, program: ModuleType) -> dict[str, bytes]:
    """The files of a record that the program knows, none of them larger than it can check."""
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(bundle) as archive:
            for name in (*program.FILES, "README.txt"):
                if name in archive.namelist():
                    found[name] = _read(archive, name, program)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
        raise program.Difference(
            f"{bundle.name}：不是完整的压缩包。", f"{bundle.name}: is not a whole zip file."
        ) from error
    return found


def _read(archive: zipfile.ZipFile, name: str, program: ModuleType) -> bytes:
    if archive.getinfo(name).file_size > program.LARGEST:
        program.differs(name, "文件太大，不是这里的记录。", "is too large to be a file of this record.")
    content: Any = archive.read(name)
    return bytes(content)
