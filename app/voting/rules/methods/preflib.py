"""Rankings as a PrefLib `.soi` (or `.soc`) file tells them: who stands, and how often each order was cast.

Source of the format: Mattei and Walsh, PrefLib: A Library for Preferences (ADT 2013).
"""

import re
from collections.abc import Sequence
from datetime import date

from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules.case.reading import Malformed
from app.voting.rules.pabulib import ORDINAL, Election, PaperVote, RejectedVote
from app.voting.rules.terms import Option

_LINE = re.compile(r"\r\n|\n|\r")
_HEAD = re.compile(r"#\s*([A-Z ]+?)(?:\s+([0-9]+))?\s*:(.*)", re.IGNORECASE)
_NAME, _MANY, _VOTERS = "ALTERNATIVE NAME", "NUMBER ALTERNATIVES", "NUMBER VOTERS"
_TYPES = ("soi", "soc")
_MOST, _LONGEST_LABEL = 10_000_000, 400


def read_soi(data: bytes) -> Election:
    """Read a `.soi` file. Raises Malformed with the line where its form fails; single bad orders are `rejected`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed("$", N_("文件不是UTF-8编码。")) from error
    facts: dict[str, str] = {}
    names: dict[str, str] = {}
    rows: list[tuple[int, str]] = []
    for number, line in enumerate(_LINE.split(text), 1):
        if not line.strip():
            continue
        if not line.startswith("#"):
            rows.append((number, line))
        elif found := _HEAD.match(line):
            key, which, value = found[1].upper(), found[2], found[3].strip()
            if key == _NAME and which:
                names[str(int(which))] = value[:_LONGEST_LABEL]
            else:
                facts[key] = value
    if facts.get("DATA TYPE", "").lower() not in _TYPES:
        raise Malformed("$", N_("这不是排序选票文件：开头应当写明DATA TYPE: soi。"))
    keys = [str(number) for number in range(1, _whole(facts, _MANY) + 1)]
    if len(keys) < 2 or not set(names) <= set(keys):
        raise Malformed("$", N_("文件里至少要有两个候选项，编号从1开始。"))
    votes, rejected = _orders(rows, set(keys))
    if sum(vote.times for vote in votes) + len(rejected) < 1:
        raise Malformed("$", N_("文件里没有选票。"))
    if not rejected and _VOTERS in facts and sum(vote.times for vote in votes) != _whole(facts, _VOTERS):
        raise Malformed("$", N_("文件写明有%(said)s张选票，实际有%(many)s张。"),
                        {"said": facts[_VOTERS][:20], "many": sum(vote.times for vote in votes)})  # fmt: skip
    day = _day(facts.get("PUBLICATION DATE", ""))
    return Election(
        title=facts.get("TITLE", ""),
        vote_type=ORDINAL,
        options=tuple(Option(key, names.get(key) or key) for key in keys),
        votes=votes,
        rejected=rejected,
        least=1,
        most=0,
        begins=day,
        ends=day,
    )


def _orders(rows: Sequence[tuple[int, str]], known: set[str]) -> tuple[tuple[PaperVote, ...], tuple[RejectedVote, ...]]:
    votes: list[PaperVote] = []
    rejected: list[RejectedVote] = []
    for number, line in rows:
        many, colon, order = line.partition(":")
        many = many.strip()
        if not colon or not many.isascii() or not many.isdigit() or not 0 < int(many[:12]) <= _MOST:
            raise Malformed(f"line {number}", N_("这一行应当是“张数: 编号,编号”。"))
        if "{" in order or "}" in order:
            raise Malformed(f"line {number}", N_("这一行有并列的名次，现在只能读没有并列的排序。"))
        places = tuple(part.strip() for part in order.split(",") if part.strip())
        reason = _order_refusal(places, known)
        if reason is None:
            votes.append(PaperVote(f"l{number}", places, times=int(many)))
        else:
            rejected.append(RejectedVote(number, f"l{number}", reason))
    return tuple(votes), tuple(rejected)


def _order_refusal(places: Sequence[str], known: set[str]) -> Refusal | None:
    if not places:
        return Refusal(N_("这张票没有选任何项目。"))
    unknown = [key for key in places if key not in known]
    if unknown:
        return Refusal(N_("没有编号为“%(project)s”的项目。"), {"project": unknown[0][:80]})
    if len(set(places)) != len(places):
        return Refusal(N_("同一个项目选了两次。"))
    return None


def _whole(facts: dict[str, str], name: str) -> int:
    cell = facts.get(name, "")
    if not cell.isascii() or not cell.isdigit() or int(cell[:12]) > _MOST:
        raise Malformed("$", N_("开头缺少%(name)s，或者不是整数。"), {"name": name})
    return int(cell)


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None
