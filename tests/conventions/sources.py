"""Source files as values, so that a convention can be asked of the house and of a planted violation alike."""

import ast
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """One file: its path from the root, with slashes, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """What Python reads in it."""
        return ast.parse(self.text, self.path)

    @property
    def module(self) -> str:
        """The dotted name under which it is imported."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def at(self, node: ast.AST | int, words: str) -> str:
        """A complaint that an editor can jump to."""
        return f"{self.path}:{node if isinstance(node, int) else getattr(node, 'lineno', 1)}: {words}"


def python_of(*folders: str, root: Path = ROOT) -> list[Source]:
    """Every Python file of some folders of the house."""
    found = [path for folder in folders for path in sorted((root / folder).rglob("*.py"))]
    return [Source(path.relative_to(root).as_posix(), path.read_text("utf-8")) for path in found]


def committed(root: Path = ROOT) -> list[Source]:
    """Every text file that git keeps, or would keep at the next commit."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=root, check=True, capture_output=True, text=True).stdout
    return [
        Source(name, text)
        for name in sorted(filter(None, listed.split("\0")))
        if (text := _text(root / name)) is not None
    ]


def _text(path: Path) -> str | None:
    if not path.is_file():
        return None
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def slice_of(source: Source) -> str:
    """The slice that a file belongs to; empty for core, wiring, demo and everything outside app/."""
    parts = source.path.split("/")
    return (
        parts[1]
        if len(parts) > 2 and parts[0] == "app" and parts[1] not in ("core", "wiring", "demo", "translations")
        else ""
    )


def imports(source: Source) -> Iterator[tuple[ast.stmt, str]]:
    """Every module or name that a file imports, dotted in full, wherever the import stands."""
    package = source.module if source.path.endswith("/__init__.py") else source.module.rpartition(".")[0]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node, name.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([node.module] if node.module else [])])
            for name in node.names:
                yield node, f"{base}.{name.name}"


def called(node: ast.Call) -> str:
    """The dotted words of what is called, as far as they are plain: `db.session.commit`."""
    words: list[str] = []
    target: ast.expr = node.func
    while isinstance(target, ast.Attribute):
        words.insert(0, target.attr)
        target = target.value
    if isinstance(target, ast.Name):
        words.insert(0, target.id)
    return ".".join(words)


def expect_none(complaints: Sequence[str]) -> None:
    """Fail with every complaint on a line of its own, so that each can be mended at its place."""
    assert not complaints, f"{len(complaints)} against the conventions:\n  " + "\n  ".join(complaints)
