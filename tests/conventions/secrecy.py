"""What never stands in a file that is kept: hosts of registries, paths of one machine, keys; and who may read a choice."""

import ast
import re
from collections.abc import Sequence

from tests.conventions.sources import Source

CHOICES = frozenset({"Ballot.choice", "RollEntry.choice", "BallotReading.choice", "ProxyMandate.instruction"})
FOR_ACTIONS = frozenset({"queries.readings", "queries.instruction", "queries.line_ballots"})
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock", "package-lock.json")
HOST = re.compile(r"\w+://|\bfile:|--(extra-)?index(-url)?\b|--find-links|\"resolved\"")
MACHINE = re.compile(r"(?<![\w.\-/])/(work|root|(home|Users)/[a-z]\w*|tmp/team|opt/(wheels|pypi))\b")
KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(ghp|github_pat|glpat|sk-ant|AKIA)[-_A-Za-z0-9]{16,}")


def hosts(sources: Sequence[Source]) -> list[str]:
    """A lock names libraries and hashes; where they come from is the machine's own business."""
    return _lines([source for source in sources if source.path in LOCKS], HOST, "a lock names no host")


def machine_paths(sources: Sequence[Source]) -> list[str]:
    """Nothing points at a folder of somebody's machine."""
    return _lines(sources, MACHINE, "a path of one machine; say it from the root of the checkout")


def keys(sources: Sequence[Source]) -> list[str]:
    """No secret is kept in a file."""
    return _lines(sources, KEY, "a secret; take it from the environment")


def choices(sources: Sequence[Source]) -> list[str]:
    """What is marked on a ballot is read by few: columns of choices in voting's queries and actions, and what the desk read, or
    a mandate says, in its actions alone."""
    found = []
    for source in sources:
        if not source.path.startswith("app/") or not source.path.endswith(".py"):
            continue
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
                continue
            name = f"{node.value.id}.{node.attr}"
            if name in CHOICES and not source.path.startswith(("app/voting/queries/", "app/voting/actions/")):
                found.append(source.at(node, f"{name} is for voting's queries and actions"))
            if name in FOR_ACTIONS and not source.path.startswith("app/voting/actions/"):
                found.append(source.at(node, f"{name} is for voting's actions alone; no page asks what was read"))
    return found


def pins(text: str) -> dict[str, set[str]]:
    """The versions that a lock names for each library, with their conditions."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if match := re.match(r"([\w.\-]+)(?:\[[^\]]*\])?==(.*?)\s*\\?$", line):
            found.setdefault(match[1].lower(), set()).add(match[2])
    return found


def _lines(sources: Sequence[Source], pattern: re.Pattern[str], words: str) -> list[str]:
    return [
        source.at(number, words)
        for source in sources
        for number, line in enumerate(source.text.splitlines(), 1)
        if pattern.search(line)
    ]
