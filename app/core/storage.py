"""Files outside of the database: a folder of this machine, or whatever STORAGE_URL names (S3 and its like)."""

import os
import uuid
from typing import Any

import fsspec
from flask import current_app
from fsspec.implementations.local import LocalFileSystem


def keep_file(path: str, content: bytes) -> None:
    """Write a file whole and for good, or not at all; writing the same again does no harm. `path` has no leading slash."""
    files, target = _place(path)
    if not isinstance(files, LocalFileSystem):
        files.pipe_file(target, content)
        return
    files.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
    draft = f"{target}.{uuid.uuid4().hex}"
    with files.open(draft, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    files.mv(draft, target)


def fetch_file(path: str) -> bytes | None:
    """What a file holds, or None where there is none."""
    files, target = _place(path)
    try:
        return bytes(files.cat_file(target))
    except FileNotFoundError:
        return None


def drop_file(path: str) -> None:
    """A file is gone; one that was gone already is no matter."""
    files, target = _place(path)
    if files.exists(target):
        files.rm_file(target)


def _place(path: str) -> tuple[Any, str]:
    files, root = fsspec.core.url_to_fs(current_app.config["STORAGE_URL"])
    return files, f"{root.rstrip('/')}/{path}"
