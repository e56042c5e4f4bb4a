"""Words that belong into one file of the house, and words that belong into none."""

import ast
import io
import re
import tokenize
from collections.abc import Sequence
from statistics import median

from tests.conventions.sources import Source, called, imports, slice_of

CLOCK = "app/core/clock.py"
DATABASE = "app/core/db.py"
TIMES = re.compile(r"(^|\.)((datetime|dt)\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime))$")
LONGEST, WIDEST = 400, 132
BARE_IGNORE = re.compile(r"#\s*type:\s*ignore(\[[\w, -]+\])?\s*$")
EXCUSE = re.compile(r"\s*#\s*(type:\s*ignore|noqa|fmt:).*$")
BARE_NOQA = re.compile(r"#\s*noqa(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?\s*$")
UNDONE = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
LEFT_OUT = re.compile(r"\b(pytest\.(skip|xfail|importorskip)|mark\.(skip|skipif|xfail)|unittest\.mock|mocker)\b")


def commits(sources: Sequence[Source]) -> list[str]:
    """One file commits."""
    return [
        source.at(node, f"only {DATABASE} commits; make the action @transactional")
        for source in sources
        if source.path != DATABASE
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]


def clocks(sources: Sequence[Source]) -> list[str]:
    """One file reads the time; durations may be measured anywhere."""
    found = []
    for source in sources:
        if source.path == CLOCK:
            continue
        calls = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call) and TIMES.search(called(node))]
        found += [source.at(node, f"only {CLOCK} reads the time; ask clock.now()") for node in calls]
        found += [
            source.at(node, f"only {CLOCK} reads the time")
            for node, name in imports(source)
            if name in ("time.time", "time.time_ns")
        ]
    return found


def days(sources: Sequence[Source]) -> list[str]:
    """Which day it is depends on where: a moment's own date is the one of Greenwich."""
    return [
        source.at(node, "ask clock.today(zone): in Shanghai it is another day until eight in the morning")
        for source in sources
        if slice_of(source)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and called_on_now(node)
    ]


def called_on_now(node: ast.Call) -> bool:
    """Whether a call is `clock.now().date()`."""
    target = node.func
    return (
        isinstance(target, ast.Attribute)
        and target.attr == "date"
        and isinstance(target.value, ast.Call)
        and called(target.value) == "clock.now"
    )


def aborts(sources: Sequence[Source]) -> list[str]:
    """A slice says why: it raises Refused, Forbidden or NotFound and never aborts."""
    return [
        source.at(node, "raise Refused, Forbidden or NotFound with a sentence")
        for source in sources
        if slice_of(source)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and called(node).rpartition(".")[2] == "abort"
    ]


def sizes(sources: Sequence[Source]) -> list[str]:
    """Files are short, and lines fit a screen (a character counts as one, also a Chinese one)."""
    found = []
    for source in sources:
        lines = source.text.splitlines()
        if len(lines) > LONGEST:
            found.append(source.at(LONGEST, f"{len(lines)} lines; over 300 it becomes a folder of the same name"))
        bare = [EXCUSE.sub("", line) for line in lines]
        found += [source.at(n, f"{len(line)} characters wide") for n, line in enumerate(bare, 1) if len(line) > WIDEST]
    return found


def middle(sources: Sequence[Source]) -> float:
    """The median length of the files that say something."""
    lengths = [len(source.text.splitlines()) for source in sources]
    return float(median([length for length in lengths if length > 1] or [0]))


def excuses(sources: Sequence[Source]) -> list[str]:
    """What silences a checker says why, and nothing is left for later."""
    found = []
    for source in sources:
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
            if token.type != tokenize.COMMENT:
                continue
            if BARE_IGNORE.search(token.string) or BARE_NOQA.search(token.string):
                found.append(
                    source.at(token.start[0], "say after it, in two spaces and a #, why the checker is wrong here")
                )
            if UNDONE.search(token.string):
                found.append(source.at(token.start[0], "do it, or file it as an issue"))
    return found


def left_out(sources: Sequence[Source]) -> list[str]:
    """No test is skipped, expected to fail, or asks a mock."""
    found = []
    for source in sources:
        code = "\n".join("" if line.lstrip().startswith("#") else line for line in source.text.splitlines())
        for node in ast.walk(ast.parse(code)):
            words = ast.unparse(node) if isinstance(node, ast.Attribute | ast.Import | ast.ImportFrom) else ""
            if LEFT_OUT.search(words.replace("from unittest import mock", "unittest.mock")):
                found.append(source.at(node, "run the test, on the real thing"))
    return found
