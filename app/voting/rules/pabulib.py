"""A participatory-budgeting election as a `.pb` file tells it: what may be chosen, and every ballot.

Source of the format: Faliszewski et al., Participatory Budgeting: Data, Tools and Analysis (IJCAI 2023).
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules.case.reading import Malformed
from app.voting.rules.terms import Option

APPROVAL = "approval"
_SECTIONS = ("META", "PROJECTS", "VOTES")
# Names hold signs that Python would take for the end of a line.
_LINE = re.compile(r"\r\n|\n|\r")
_LONGEST_ID = 80
_LONGEST_LABEL = 400


@dataclass(frozen=True, slots=True)
class PaperVote:
    """One ballot of the file: who (a pseudonym), and the projects named, in their order."""

    voter: str
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RejectedVote:
    """One ballot of the file that cannot be taken: its line, its voter, and why."""

    line: int
    voter: str
    reason: Refusal


@dataclass(frozen=True, slots=True)
class Election:
    """A whole file. `least` and `most` bound the projects on a ballot (0: no upper bound); days are the file's own."""

    title: str
    vote_type: str
    options: tuple[Option, ...]
    votes: tuple[PaperVote, ...]
    rejected: tuple[RejectedVote, ...]
    least: int
    most: int
    begins: date | None
    ends: date | None


def read_pb(data: bytes) -> Election:
    """Read a `.pb` file. Raises Malformed with the line where its form fails; single bad ballots are `rejected`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed("$", N_("文件不是UTF-8编码。")) from error
    sections = _sections(_LINE.split(text))
    meta = {row[0]: row[1] for _line, row in sections["META"][1] if len(row) > 1}
    options = _options(*sections["PROJECTS"])
    least, most = _bound(meta, "min_length", 1), _bound(meta, "max_length", 0)
    votes, rejected = _votes(*sections["VOTES"], {option.key for option in options})
    return Election(
        title=meta.get("description", "").strip() or meta.get("unit", "").strip(),
        vote_type=meta.get("vote_type", "").strip(),
        options=options,
        votes=votes,
        rejected=rejected,
        least=least,
        most=most,
        begins=_day(meta.get("date_begin", "")),
        ends=_day(meta.get("date_end", "")),
    )


Rows = list[tuple[int, list[str]]]


def _sections(lines: Sequence[str]) -> dict[str, tuple[list[str], Rows]]:
    found: dict[str, tuple[list[str], Rows]] = {}
    current: tuple[list[str], Rows] | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name = line.strip().upper()
        if name in _SECTIONS:
            if name in found:
                raise Malformed(f"line {number}", N_("这一节出现了两次。"))
            current = found.setdefault(name, ([], []))
            continue
        if current is None:
            raise Malformed(f"line {number}", N_("文件应当以META开头。"))
        row = _cells(line, number)
        if current[0]:
            current[1].append((number, row))
        else:
            current[0].extend(cell.strip() for cell in row)
    for name in _SECTIONS:
        if name not in found or not found[name][0]:
            raise Malformed("$", N_("缺少%(section)s一节。"), {"section": name})
    return found


def _cells(line: str, number: int) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=";", strict=False))
    except csv.Error as error:
        raise Malformed(f"line {number}", N_("这一行读不懂。")) from error


def _column(heading: Sequence[str], name: str, section: str) -> int:
    if name not in heading:
        raise Malformed("$", N_("%(section)s一节缺少%(column)s一列。"), {"section": section, "column": name})
    return list(heading).index(name)


def _options(heading: Sequence[str], rows: Rows) -> tuple[Option, ...]:
    key_at = _column(heading, "project_id", "PROJECTS")
    cost_at = _column(heading, "cost", "PROJECTS")
    name_at = list(heading).index("name") if "name" in heading else key_at
    options: list[Option] = []
    seen: set[str] = set()
    for number, row in rows:
        key = _cell(row, key_at)
        if not key or len(key) > _LONGEST_ID or key in seen:
            raise Malformed(f"line {number}", N_("项目编号空着、太长或者重复。"))
        seen.add(key)
        options.append(Option(key, _cell(row, name_at)[:_LONGEST_LABEL] or key, _cost(_cell(row, cost_at), number)))
    if len(options) < 2:
        raise Malformed("$", N_("文件里至少要有两个项目。"))
    return tuple(options)


def _cost(cell: str, number: int) -> int:
    if not cell.isascii() or not cell.isdigit():
        raise Malformed(f"line {number}", N_("项目金额应当是整数。"))
    return int(cell[:18])


def _votes(
    heading: Sequence[str], rows: Rows, known: set[str]
) -> tuple[tuple[PaperVote, ...], tuple[RejectedVote, ...]]:
    voter_at = _column(heading, "voter_id", "VOTES")
    vote_at = _column(heading, "vote", "VOTES")
    votes: list[PaperVote] = []
    rejected: list[RejectedVote] = []
    seen: set[str] = set()
    for number, row in rows:
        voter = _cell(row, voter_at)
        projects = tuple(part.strip() for part in _cell(row, vote_at).split(",") if part.strip())
        reason = _vote_refusal(voter, projects, known, seen)
        if reason is None:
            seen.add(voter)
            votes.append(PaperVote(voter, projects))
        else:
            rejected.append(RejectedVote(number, voter[:_LONGEST_ID], reason))
    return tuple(votes), tuple(rejected)


def _vote_refusal(voter: str, projects: Sequence[str], known: set[str], seen: set[str]) -> Refusal | None:
    """The file's own bounds are the voters' affair and were checked where they voted; here only what cannot be counted."""
    if not voter or len(voter) > _LONGEST_ID:
        return Refusal(N_("没有投票人编号，或者编号太长。"))
    if voter in seen:
        return Refusal(N_("这位投票人前面已经有一张票。"))
    if not projects:
        return Refusal(N_("这张票没有选任何项目。"))
    unknown = [project for project in projects if project not in known]
    if unknown:
        return Refusal(N_("没有编号为“%(project)s”的项目。"), {"project": unknown[0][:_LONGEST_ID]})
    if len(set(projects)) != len(projects):
        return Refusal(N_("同一个项目选了两次。"))
    return None


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _bound(meta: dict[str, str], name: str, otherwise: int) -> int:
    cell = meta.get(name, "").strip()
    return int(cell[:6]) if cell.isascii() and cell.isdigit() else otherwise


def _day(cell: str) -> date | None:
    parts: Iterable[str] = reversed(cell.strip().split("."))
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        return None
