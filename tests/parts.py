"""The suite in several processes, one for each core: each takes the next file of tests that nobody has taken."""

import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).resolve().parents[1]
MOST = 4
SLOWEST = "browser"
QUICK = frozenset({"conventions", "rules"})
RAN = ("passed", "failed", "errors", "skipped", "xfailed", "xpassed")


def taken(items: Iterable[pytest.Item], folder: Path, part: int, parts: int) -> Iterator[pytest.Item]:
    """The tests of one file after another, each taken for this process alone; the slowest folder goes first.

    Every process begins at another place of what takes long and goes on from the start; with what is quick they come to
    an end together.
    """
    files = [(path, list(tests)) for path, tests in groupby(items, key=lambda item: item.path)]
    files.sort(key=lambda file: file[0].parent.name != SLOWEST)
    quick = [file for file in files if file[0].parent.name in QUICK]
    slow = [file for file in files if file[0].parent.name not in QUICK]
    first = len(slow) * part // parts
    for path, tests in slow[first:] + slow[:first] + quick:
        try:
            Path(folder, "-".join(path.relative_to(ROOT).parts)).touch(exist_ok=False)
        except FileExistsError:
            continue
        yield from tests


def run_taken(session: pytest.Session, folder: Path, part: int, parts: int) -> bool:
    """pytest's own loop, over what this process takes."""
    waiting = taken(session.items, folder, part, parts)
    item = next(waiting, None)
    while item is not None:
        following = next(waiting, None)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        item = following
    return True


@dataclass(slots=True)
class Part:
    """One process and what it says: a line for each file at once, the rest when all have ended."""

    words: list[str]
    rest: list[str] = field(default_factory=list)
    status: int = 1

    def run(self) -> None:
        """Run to the end."""
        words = [sys.executable, "-m", "pytest", "--no-header", "-o", "console_output_style=classic", *self.words]
        with subprocess.Popen(words, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            for line in process.stdout or ():
                if line.startswith("tests/"):
                    print(line, end="", flush=True)
                else:
                    self.rest.append(line)
        self.status = process.returncode

    def counts(self) -> Counter[str]:
        """How many passed, failed and so on, by the last line."""
        last = next((line for line in reversed(self.rest) if line.startswith("=")), "")
        return Counter({_plural(word): int(many) for many, word in re.findall(r"(\d+) ([a-z]+)", last)})

    def collected(self) -> int:
        """How many tests there are."""
        found = re.search(r"^collected (\d+) items?(?: / (\d+) deselected)?", "".join(self.rest), re.MULTILINE)
        return int(found[1]) - int(found[2] or 0) if found else 0


def _plural(word: str) -> str:
    return "errors" if word == "error" else word


def total(parts: list[Part], seconds: float) -> tuple[str, int]:
    """The last line and the status: good when every process ended well and nothing was left."""
    counts: Counter[str] = sum((part.counts() for part in parts), Counter())
    ran, wanted = sum(counts[word] for word in RAN), max(part.collected() for part in parts)
    status = max(abs(part.status) for part in parts)
    words = [f"{counts[word]} {word}" for word in RAN if counts[word] or word in ("passed", "failed")]
    if ran < wanted:
        words.append(f"{wanted - ran} never ran")
        status = status or 1
    return f"=== {', '.join(words)} in {seconds:.0f} s by {len(parts)} processes", status


def main(words: list[str]) -> int:
    """Run the whole suite on every core; what is asked for by name, in one process as pytest does."""
    count = 1 if words else min(os.cpu_count() or 1, MOST)
    if count == 1:
        return subprocess.run([sys.executable, "-m", "pytest", *words], cwd=ROOT).returncode
    begun = time.monotonic()
    with TemporaryDirectory(prefix="house-parts-") as folder:
        parts = [Part([f"--part={at}/{count}", f"--taken={folder}"]) for at in range(count)]
        threads = [threading.Thread(target=part.run) for part in parts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for part in parts:
        print("".join(part.rest))
    line, status = total(parts, time.monotonic() - begun)
    print(line)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
