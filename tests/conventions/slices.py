"""What a slice may be made of, what of it others may see, and what its rules may know."""

import ast
import re
import sys
from collections.abc import Iterable, Sequence

from tests.conventions.sources import Source, called, imports, slice_of

FILES = frozenset(
    {
        "actions",
        "cli",
        "events",
        "forms",
        "models",
        "permissions",
        "queries",
        "reactions",
        "routes",
        "rules",
        "serializers",
    }
)
FACE = frozenset({"actions", "queries", "events", "rules", "permissions"})
NOISE = frozenset({"helpers", "utils", "util", "services", "managers", "common", "misc"})
PURE_CORE = (
    "app.core.values",
    "app.core.words",
    "app.core.law",
    "app.core.workdays",
    "app.core.formats",
    "app.core.wording",
)
PURE_LIBRARIES = frozenset({"numpy", "gmpy2", "cryptography", "rfc8785", "stdnum"})
IMPURE = frozenset(
    {
        "asyncio", "concurrent", "ctypes", "http", "logging", "multiprocessing", "os", "pathlib", "random", "secrets",
        "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "tempfile", "threading", "time", "uuid", "contextvars",
    }
)  # fmt: skip


LAWLESS = frozenset({"app/voting/cli/deciding.py"})
"""Where no community is known: a case brings its own facts, and is decided by the country's law."""


def figures(sources: Sequence[Source]) -> list[str]:
    """What a community has published holds: figures of law, working days and its day are asked of it, not of the house."""
    found = []
    for source in sources:
        if slice_of(source) == "bylaws" or source.path.startswith("app/core/") or source.path in LAWLESS:
            continue
        handed = {
            node.func.id
            for node in ast.walk(source.tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 3
        }
        found += [
            source.at(node, "a community may have a figure of its own: ask app.bylaws.queries.law")
            for node, name in imports(source)
            if re.fullmatch(r"app\.core\.law(\.rows)?\.law_rows?", name) and name.rpartition(".")[2] not in handed
        ]
        for node in (one for one in ast.walk(source.tree) if isinstance(one, ast.Call)):
            if called(node) == "Workdays":
                found.append(source.at(node, "a community may have days of its own: ask app.bylaws.queries.workdays"))
            if called(node).endswith("law_row") and "." in called(node):
                found.append(source.at(node, "a community may have a figure of its own: ask app.bylaws.queries.law"))
    return found


def names(sources: Sequence[Source]) -> list[str]:
    """A slice has only the files of the architecture, and every folder of code is a package."""
    found = []
    folders = {source.path.rpartition("/")[0] for source in sources}
    packages = {source.path.rpartition("/")[0] for source in sources if source.path.endswith("/__init__.py")}
    found += [
        f"{folder}: has no __init__.py, so that the import contracts do not see it" for folder in folders - packages
    ]
    for source in sources:
        parts = source.path.removesuffix(".py").split("/")
        if slice_of(source) and parts[2] not in FILES | {"__init__"}:
            found.append(source.at(1, f"“{parts[2]}” is not a file of a slice; those are {', '.join(sorted(FILES))}"))
        if NOISE & set(parts):
            found.append(source.at(1, "name it after what it knows, not after being useful"))
    return sorted(found)


def faces(sources: Sequence[Source]) -> list[str]:
    """Of another slice one sees actions, queries, events, rules and permissions; its models only from one's own models."""
    slices = {slice_of(source) for source in sources} - {""}
    found = []
    for source in sources:
        if source.path.startswith("app/wiring/"):
            continue
        own = slice_of(source)
        for node, name in imports(source):
            parts = name.split(".")
            if parts[0] != "app" or len(parts) < 3 or parts[1] not in slices or parts[1] == own:
                continue
            from_models = own and source.path.split("/")[2].removesuffix(".py") == "models"
            if parts[2] in FACE or (parts[2] == "models" and from_models):
                continue
            found.append(source.at(node, f"app.{parts[1]} shows {', '.join(sorted(FACE))}; “{parts[2]}” is its own"))
    return found


def rules(sources: Sequence[Source]) -> list[str]:
    """A rule knows values: the standard library without the outside world, pure libraries, pure parts of core, rules."""
    found = []
    for source in sources:
        if not slice_of(source) or source.path.split("/")[2].removesuffix(".py") != "rules":
            continue
        for node, name in imports(source):
            if not _pure(name):
                found.append(source.at(node, f"a rule may not know {name}; hand it the value"))
        found += [
            source.at(node, f"a rule may not call {called(node)}(); hand it the value")
            for node in ast.walk(source.tree)
            if isinstance(node, ast.Call) and called(node) in ("open", "print", "input", "exec", "eval")
        ]
        found += [source.at(node, "no floats in any rule; use integers and fractions") for node in _floats(source)]
    return found


def _pure(name: str) -> bool:
    first, *rest = name.split(".")
    if first == "app":
        return f"{name}.".startswith(tuple(f"{module}." for module in PURE_CORE)) or rest[1:2] in (
            ["rules"],
            ["events"],
        )
    return first in PURE_LIBRARIES or (first in sys.stdlib_module_names and first not in IMPURE)


def _floats(source: Source) -> Iterable[ast.AST]:
    for node in ast.walk(source.tree):
        typed = isinstance(node, ast.Constant) and isinstance(node.value, float)
        if typed or (isinstance(node, ast.Call) and called(node) == "float"):
            yield node
