"""A participatory-budgeting election as a `.pb` file tells it: what may be chosen, and every ballot.

Source of the format: Faliszewski et al., Participatory Budgeting: Data, Tools and Analysis (IJCAI 2023).
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm

from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules.case.reading import Malformed
from app.voting.rules.terms import Option

APPROVAL, ORDINAL, CUMULATIVE, SCORING = "approval", "ordinal", "cumulative", "scoring"
VOTE_TYPES = (APPROVAL, ORDINAL, CUMULATIVE, SCORING)
_SECTIONS = ("META", "PROJECTS", "VOTES")
# Names hold signs that Python would take for the end of a line.
_LINE = re.compile(r"\r\n|\n|\r")
_AMOUNT = re.compile(r"[0-9]{1,18}(?:[.,][0-9]{1,4})?")
_POINTS = re.compile(r"[0-9]{1,6}(?:\.0+)?")
_BLANK = Refusal(N_("这张票没有选任何项目。"))
_LONGEST_ID = 80
_LONGEST_LABEL = 400


@dataclass(frozen=True, slots=True)
class PaperVote:
    """One ballot of the file: who (a pseudonym), the projects named, in their order, and the points for each if it gives any.

    `times`: how often it was cast.
    """

    voter: str
    projects: tuple[str, ...]
    points: tuple[int, ...] | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class RejectedVote:
    """One ballot of the file that cannot be taken: its line, its voter, and why."""

    line: int
    voter: str
    reason: Refusal


@dataclass(frozen=True, slots=True)
class Election:
    """A whole file. `least` and `most` bound the projects on a ballot (0: no upper bound); days are the file's own.

    Costs and budget count `scale` to one of the file's currency. `blank`: how many of the rejected name nothing at all.
    """

    title: str
    vote_type: str
    options: tuple[Option, ...]
    votes: tuple[PaperVote, ...]
    rejected: tuple[RejectedVote, ...]
    least: int
    most: int
    begins: date | None
    ends: date | None
    budget: int | None = None
    currency: str = ""
    scale: int = 1
    blank: int = 0


def read_pb(data: bytes) -> Election:
    """Read a `.pb` file. Raises Malformed with the line where its form fails; single bad ballots are `rejected`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed("$", N_("文件不是UTF-8编码。")) from error
    sections = _sections(_LINE.split(text))
    meta = {row[0].strip(): row[1].strip() for _line, row in sections["META"][1] if len(row) > 1}
    projects = _projects(*sections["PROJECTS"])
    budget = _amount(meta["budget"], "$") if meta.get("budget") else None
    parts = lcm(*(cost.denominator for _key, _label, cost in projects), (budget or Fraction(0)).denominator)
    scale = next(power for power in (1, 10, 100, 1000, 10_000) if power % parts == 0)
    options = tuple(Option(key, label, int(cost * scale)) for key, label, cost in projects)
    votes, rejected = _votes(*sections["VOTES"], {option.key for option in options}, meta.get("vote_type", ""))
    return Election(
        title=meta.get("description", "") or meta.get("unit", ""),
        vote_type=meta.get("vote_type", ""),
        options=options,
        votes=votes,
        rejected=rejected,
        least=_bound(meta, "min_length", 1),
        most=_bound(meta, "max_length", 0),
        begins=_day(meta.get("date_begin", "")),
        ends=_day(meta.get("date_end", "")),
        budget=None if budget is None else int(budget * scale),
        currency=meta.get("currency", "")[:10],
        scale=scale,
        blank=sum(one.reason == _BLANK for one in rejected),
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


def _projects(heading: Sequence[str], rows: Rows) -> list[tuple[str, str, Fraction]]:
    key_at = _column(heading, "project_id", "PROJECTS")
    cost_at = _column(heading, "cost", "PROJECTS")
    name_at = list(heading).index("name") if "name" in heading else key_at
    found: dict[str, tuple[str, str, Fraction]] = {}
    for number, row in rows:
        key = _cell(row, key_at)
        if not key or len(key) > _LONGEST_ID or key in found:
            raise Malformed(f"line {number}", N_("项目编号空着、太长或者重复。"))
        found[key] = (key, _cell(row, name_at)[:_LONGEST_LABEL] or key, _amount(_cell(row, cost_at), f"line {number}"))
    if len(found) < 2:
        raise Malformed("$", N_("文件里至少要有两个项目。"))
    return list(found.values())


def _amount(cell: str, where: str) -> Fraction:
    if not _AMOUNT.fullmatch(cell):
        raise Malformed(where, N_("金额应当是数字，最多四位小数。"))
    return Fraction(cell.replace(",", "."))


def _votes(
    heading: Sequence[str], rows: Rows, known: set[str], vote_type: str
) -> tuple[tuple[PaperVote, ...], tuple[RejectedVote, ...]]:
    voter_at = _column(heading, "voter_id", "VOTES")
    vote_at = _column(heading, "vote", "VOTES")
    points_at = list(heading).index("points") if "points" in heading and vote_type != APPROVAL else None
    if points_at is None and vote_type in (CUMULATIVE, SCORING):
        _column(heading, "points", "VOTES")
    votes: list[PaperVote] = []
    rejected: list[RejectedVote] = []
    seen: set[str] = set()
    for number, row in rows:
        voter = _cell(row, voter_at)
        projects = tuple(part.strip() for part in _cell(row, vote_at).split(",") if part.strip())
        points = None if points_at is None else _points(_cell(row, points_at))
        reason = _vote_refusal(voter, projects, known, seen) or _points_refusal(projects, points, points_at is not None)
        if reason is None:
            seen.add(voter)
            votes.append(PaperVote(voter, projects, points))
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
        return _BLANK
    unknown = [project for project in projects if project not in known]
    if unknown:
        return Refusal(N_("没有编号为“%(project)s”的项目。"), {"project": unknown[0][:_LONGEST_ID]})
    if len(set(projects)) != len(projects):
        return Refusal(N_("同一个项目选了两次。"))
    return None


def _points(cell: str) -> tuple[int, ...] | None:
    """Whole numbers that are not negative, `3.0` included; None for anything else."""
    parts = [part.strip() for part in cell.split(",") if part.strip()]
    if not all(_POINTS.fullmatch(part) for part in parts):
        return None
    return tuple(int(part.partition(".")[0]) for part in parts)


def _points_refusal(projects: Sequence[str], points: Sequence[int] | None, wanted: bool) -> Refusal | None:
    if wanted and (points is None or len(points) != len(projects)):
        return Refusal(N_("每个项目要有一个分数，是不小于0的整数。"))
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
