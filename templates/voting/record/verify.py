"""Checks the record of one vote, without the site that made it. Standard library only.

Run it in the folder with the files of the record:

    python3 -I verify.py [VKEY]

VKEY is the public key of the log, as it stands on the poster of the notice board; without it the one in README.txt is
taken and printed, so that you can compare it. It recounts the vote from rules.json, roll.csv and ballots.jsonl, and holds
against that outcome.json, every hash, every proof and the signature of the log. It prints the outcome and exits 0, or one
sentence at the first difference and exits 1.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from math import gcd
from pathlib import Path
from typing import Any, NoReturn

FILES = ("rules.json", "roll.csv", "ballots.jsonl", "outcome.json", "proofs.json", "checkpoint")
LARGEST = 1 << 29
CHANNELS = ("online", "paper", "stall", "phone", "proxy", "letter")
PARTIES = ("branch", "residents", "owners", "property")
COLUMNS = {
    "units": ["unit", "head", "area", "eligible_from", "channel_used", "building"],
    "people": ["unit", "head", "eligible_from", "channel_used", "building"],
    "seats": ["unit", "party", "present", "recused", "channel_used"],
}
RULES = (
    "kind", "matter", "on", "opens_at", "closes_at", "precedence", "follow_majority", "electorate", "options", "channels",
    "thresholds", "roll_sha256",
)  # fmt: skip
MARK = ("name", "stage", "of", "numerator", "denominator", "relation", "article", "version")
# How the verifier can count; a record that counts otherwise is checked in everything else, and says so.
SELECTIONS, METHODS = ("one", "approval", "score", "ranking"), ("number", "points", "irv", "schulze", "budget")
COUNTING = (
    "selection", "least", "most", "participates", "abstention", "invalid", "method", "highest", "budget", "currency", "scale",
)  # fmt: skip


class Difference(Exception):
    """The first thing that does not fit, in Chinese and English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(english)
        self.chinese, self.english = chinese, english


def differs(where: str, chinese: str, english: str) -> NoReturn:
    """Say what does not fit in which file."""
    raise Difference(f"{where}：{chinese}", f"{where}: {english}")


# ---- Reading: exactly one spelling of everything, so that no byte can be changed unseen -------------------------------


def dumps(value: Any) -> str:
    """JSON in the one spelling of these files."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_json(where: str, text: str) -> Any:
    """A JSON value without doubled keys, fractions and other surprises."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in found}) != len(found):
            raise ValueError("a key stands twice")
        return dict(found)

    def refuse(_text: str) -> NoReturn:
        raise ValueError("a number that is not whole")

    try:
        return json.loads(text, object_pairs_hook=pairs, parse_float=refuse, parse_constant=refuse)
    except (ValueError, RecursionError):
        differs(where, "不是完整的JSON，可能被截断或改动。", "is not whole JSON; it was cut or changed.")


def record(where: str, value: Any, names: Sequence[str], more: Sequence[str] = ()) -> dict[str, Any]:
    """An object with exactly these fields (and perhaps some more)."""
    if not isinstance(value, dict) or not set(names) <= set(value) <= {*names, *more}:
        differs(where, "缺少项目，或者有多余的项目。", "a field is missing or too many.")
    return value


def word(where: str, value: Any, among: Iterable[str] | None = None) -> str:
    """A text, perhaps one of a few."""
    if not isinstance(value, str) or (among is not None and value not in among):
        differs(where, "这里的文字不合规定。", "this text is not one that may stand here.")
    return value


def whole(where: str, value: Any, least: int = 0, most: int = 1 << 53) -> int:
    """A whole number within bounds."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        differs(where, "这里的数不合规定。", "this number is not one that may stand here.")
    return value


def items(where: str, value: Any) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        differs(where, "这里应当是列表。", "a list should stand here.")
    return value


def truth(where: str, value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        differs(where, "这里应当是true或false。", "true or false should stand here.")
    return value


TIME = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{6}))?Z", re.ASCII)


def instant(where: str, value: Any) -> tuple[str, str]:
    """A moment in UTC as a value that sorts."""
    found = TIME.fullmatch(word(where, value))
    if found is None:
        differs(where, "这里的时间不合规定。", "this is not a time in UTC.")
    return found[1], found[2] or "000000"


def unbase64(where: str, text: Any) -> bytes:
    """Standard base64 in its one spelling."""
    try:
        raw = base64.b64decode(word(where, text), validate=True)
    except ValueError:
        raw = b""
    if not raw or base64.b64encode(raw).decode() != text:
        differs(where, "不是规范的base64。", "is not base64 in its one spelling.")
    return raw


def sha256(data: bytes) -> str:
    """A hash in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


# ---- Ed25519 (RFC 8032), verification only ------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def add(one: Point, two: Point) -> Point:
    """The sum of two points in extended coordinates."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """A point so many times."""
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = add(found, point)
        point, number = add(point, point), number >> 1
    return found


def decode(raw: bytes) -> Point | None:
    """The point that 32 bytes stand for, or None."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (not x and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def encode(point: Point) -> bytes:
    """The 32 bytes of a point."""
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a key made a signature over a message (RFC 8032, 5.1.7)."""
    key = decode(public) if len(public) == 32 and len(signature) == 64 else None
    s = int.from_bytes(signature[32:], "little")
    if key is None or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    minus = (P - key[0], key[1], 1, P - key[3])
    return encode(add(times(s, BASE), times(int.from_bytes(digest, "little") % ORDER, minus))) == signature[:32]


# ---- The log: its key, its signed head, and the way from an entry to it ------------------------------------------------


def read_vkey(text: str) -> tuple[str, bytes, bytes]:
    """Name, id and public key of the log out of `name+hash+key`."""
    name, _, rest = text.strip().partition("+")
    digest, _, coded = rest.partition("+")
    raw = unbase64("VKEY", coded)
    key_id = hashlib.sha256(name.encode("utf-8", "replace") + b"\n" + raw).digest()[:4]
    if not name or len(raw) != 33 or raw[0] != 1 or key_id.hex() != digest:
        differs("VKEY", "不是一把完整的账本公钥，请对照公告栏重新抄写。", "is not a whole key of a log; copy it again.")
    return name, key_id, raw[1:]


def read_checkpoint(text: str, vkey: str) -> tuple[int, bytes]:
    """Size and root of the head that the log signed; the note holds that one signature and nothing else."""
    where = "checkpoint"
    name, key_id, public = read_vkey(vkey)
    body, gap, tail = text.partition("\n\n")
    lines = body.split("\n")
    mark = f"— {name} "
    if not gap or len(lines) != 3 or not tail.startswith(mark) or not tail.endswith("\n") or tail.count("\n") != 1:
        differs(where, "不是这把公钥签名的账本头。", "is not a head of the log with this key.")
    raw = unbase64(where, tail[len(mark) : -1])
    if lines[0] != name or raw[:4] != key_id or not signed(public, f"{body}\n".encode(), raw[4:]):
        differs(where, "账本的签名不对。", "the signature of the log does not hold.")
    root = unbase64(where, lines[2])
    if not re.fullmatch(r"[1-9]\d{0,15}", lines[1], re.ASCII) or len(root) != 32:
        differs(where, "账本头的写法不对。", "the head of the log is not written as it should be.")
    return int(lines[1]), root


def includes(entry: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof leads from an entry to the root (RFC 9162, 2.1.3.2)."""
    found, here, last = hashlib.sha256(b"\0" + entry).digest(), index, size - 1
    for step in proof:
        if not last:
            return False
        if here & 1 or here == last:
            found = hashlib.sha256(b"\1" + step + found).digest()
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\1" + found + step).digest()
        here, last = here >> 1, last >> 1
    return index < size and not last and found == root


def proven(where: str, value: Any, head: tuple[int, bytes]) -> tuple[int, dict[str, Any], str | None]:
    """Place, entry and salt of one proof that leads to the head."""
    proof = record(where, value, ("index", "entry", "proof", "salt"))
    index = whole(where, proof["index"])
    steps = [unbase64(where, step) for step in items(where, proof["proof"])]
    try:
        entry = word(where, proof["entry"]).encode()
    except UnicodeEncodeError:
        entry = b""
    if any(len(step) != 32 for step in steps) or not includes(entry, index, head[0], steps, head[1]):
        differs(where, "这一条不在签名的账本里。", "this entry is not in the signed log.")
    told = read_json(where, entry.decode())
    if not isinstance(told, dict):
        differs(where, "账本里的这一条不是一个对象。", "the entry in the log is no object.")
    return index, told, proof["salt"]


# ---- Rules, roll, ballots ------------------------------------------------------------------------------------------


def read_rules(text: str) -> dict[str, Any]:
    """rules.json: what decides how the vote is counted."""
    where = "rules.json"
    rules = record(where, read_json(where, text), RULES, ("labels", "costs", "counting"))
    word(f"{where} kind", rules["kind"], ("owners", "council", "committee", "residents"))
    word(f"{where} electorate", rules["electorate"], COLUMNS)
    word(f"{where} precedence", rules["precedence"], ("last", "first", "paper"))
    truth(f"{where} follow_majority", rules["follow_majority"])
    if instant(f"{where} closes_at", rules["closes_at"]) <= instant(f"{where} opens_at", rules["opens_at"]):
        differs(where, "截止不晚于开始。", "it closes before it opens.")
    for name in ("options", "channels"):
        rules[name] = [word(f"{where} {name}", one) for one in items(f"{where} {name}", rules[name])]
    for mark in items(f"{where} thresholds", rules["thresholds"]):
        record(f"{where} thresholds", mark, MARK)
        for name in ("name", "article", "version"):
            word(f"{where} {name}", mark[name])
        word(f"{where} stage", mark["stage"], ("participation", "agreement", "consent", "party", "consensus"))
        word(f"{where} of", mark["of"], ("heads", "area", "parties"))
        word(f"{where} relation", mark["relation"], (">=", ">"))
        whole(f"{where} denominator", mark["denominator"], 1, 10**6)
        whole(f"{where} numerator", mark["numerator"], 0, 10**6)
    counting = rules.setdefault("counting", {})
    if not isinstance(counting, dict):
        differs(where, "counting应当是一个对象。", "counting should be an object.")
    for name, least in (("highest", 0), ("budget", 0), ("scale", 1)):
        whole(f"{where} {name}", counting.get(name, least), least)
    for name, cost in record(f"{where} costs", rules.get("costs", {}), (), rules["options"]).items():
        whole(f"{where} costs {name}", cost or 0)
    return rules


def countable(rules: Mapping[str, Any]) -> bool:
    """Whether this program knows how such a vote is counted."""
    counting = rules["counting"]
    known = counting.get("selection", "one") in SELECTIONS and counting.get("method", "number") in METHODS
    return known and set(counting) <= set(COUNTING)


def read_roll(text: str, rules: Mapping[str, Any]) -> list[dict[str, str]]:
    """roll.csv: one row for each who may vote; without the channels it has the hash that was fixed at the opening."""
    where, columns = "roll.csv", COLUMNS[rules["electorate"]]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        rows = []
    if not rows or rows[0] != columns or any(len(row) != len(columns) for row in rows) or written(rows) != text:
        differs(where, "不是完整的名册。", "is not a whole roll.")
    out = columns.index("channel_used")
    if sha256(written([row[:out] + row[out + 1 :] for row in rows]).encode()) != rules["roll_sha256"]:
        differs(where, "名册与开始投票时固定的不一样。", "the roll is not the one that was fixed at the opening.")
    roll = [dict(zip(columns, row)) for row in rows[1:]]
    if len({row["unit"] for row in roll}) != len(roll):
        differs(where, "同一户出现两次。", "a unit stands in it twice.")
    for row in roll:
        if not re.fullmatch(r"\d{1,12}", row.get("area", "0"), re.ASCII):
            differs(where, "面积不是整数。", "an area is no whole number.")
    return roll


def written(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV in its one spelling."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def read_ballots(text: str, rules: Mapping[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """ballots.jsonl: every ballot received, in its order; and whether it says how they are marked."""
    names = ["ballot", "unit", "choice", "channel", "time", "status", "why"]
    first = text.partition("\n")[0]
    shown = not text or '"choice":' in first
    if not shown:
        names[2] = "commitment"
    found: list[dict[str, Any]] = []
    for number, line in enumerate(text.split("\n")[:-1] if text else [], 1):
        where = f"ballots.jsonl:{number}"
        ballot = record(where, read_json(where, line), names)
        if dumps(ballot) != line or list(ballot) != names:
            differs(where, "这一行的写法不对。", "this line is not written as it should be.")
        for name in ("ballot", "unit"):
            word(where, ballot[name])
        word(where, ballot["channel"], CHANNELS)
        ballot["at"] = instant(where, ballot["time"])
        if shown and not allowed(word(where, ballot["choice"]), rules):
            differs(where, "选票上没有这个选项。", "this choice is not on the ballot.")
        found.append(ballot)
    if text and not text.endswith("\n"):
        differs("ballots.jsonl", "文件的末尾被截断。", "the end of the file was cut off.")
    if len({ballot["ballot"] for ballot in found}) != len(found):
        differs("ballots.jsonl", "同一张选票出现两次。", "a ballot stands in it twice.")
    return found, shown


def allowed(choice: str, rules: Mapping[str, Any]) -> bool:
    """Whether a choice names options of this vote, each once, and gives points only within bounds."""
    if choice == "invalid" or not countable(rules):
        return True
    names, most = chosen(choice, rules), rules["counting"].get("highest", 0)
    fair = all(not most or number <= most for number in points(choice, rules).values())
    return fair and set(names) <= set(rules["options"]) and len(set(names)) == len(names)


def chosen(choice: str, rules: Mapping[str, Any]) -> list[str]:
    """The options that a choice names, in a ranking from the first place down."""
    where, selection = "ballots.jsonl", rules["counting"].get("selection", "one")
    if selection == "one" or choice == "invalid":
        return [choice]
    if selection == "score":
        return list(points(choice, rules))
    return [word(where, one) for one in items(where, read_json(where, choice))]


def points(choice: str, rules: Mapping[str, Any]) -> dict[str, int]:
    """The points that a choice gives; none where ballots give no points."""
    where = "ballots.jsonl"
    if rules["counting"].get("selection") != "score" or choice == "invalid":
        return {}
    given = read_json(where, choice)
    return {name: whole(where, number) for name, number in record(where, given, (), rules["options"]).items()}


# ---- Counting anew ---------------------------------------------------------------------------------------------------


def reason(
    ballot: Mapping[str, Any], rules: Mapping[str, Any], roll: Mapping[str, Mapping[str, str]], voided: Container[str]
) -> str | None:
    """Why a ballot cannot count, or None; `voided` are those that the desk made void, as the log says."""
    seats = rules["electorate"] == "seats"
    row = roll.get(ballot["unit"])
    if row is None:
        return "unknown-seat" if seats else "unknown-unit"
    if seats and row["recused"] == "true":
        return "recused-seat"
    if seats and row["present"] != "true":
        return "absent-seat"
    if ballot["at"] < instant("rules.json", rules["opens_at"]):
        return "before-opening"
    if ballot["at"] > instant("rules.json", rules["closes_at"]):
        return "after-closing"
    return "void" if ballot["ballot"] in voided else None


def counted(
    ballots: Sequence[dict[str, Any]], rules: Mapping[str, Any], roll: Mapping[str, Any], voided: Container[str]
) -> dict[str, dict[str, Any]]:
    """The one ballot of each unit that counts, by channel and time only; every stated status is held against it."""
    best: dict[str, tuple[Any, dict[str, Any]]] = {}
    why = {ballot["ballot"]: reason(ballot, rules, roll, voided) for ballot in ballots}
    for ballot in ballots:
        if why[ballot["ballot"]] is None:
            known = best.get(ballot["unit"])
            paper = rules["precedence"] == "paper" and ballot["channel"] in ("paper", "letter")
            rank = (paper, ballot["at"])
            if known is None or (rank >= known[0] if rules["precedence"] != "first" else ballot["at"] < known[0][1]):
                best[ballot["unit"]] = (rank, ballot)
    found = {unit: ballot for unit, (_, ballot) in best.items()}
    for number, ballot in enumerate(ballots, 1):
        rejected = why[ballot["ballot"]]
        status = "rejected" if rejected else "counted" if found[ballot["unit"]] is ballot else "superseded"
        if (ballot["status"], ballot["why"]) != (status, rejected):
            differs(
                f"ballots.jsonl:{number}",
                f"这张票应当是{status}（{rejected or '无'}），写的却是别的。",
                f"this ballot should be {status} ({rejected or 'no reason'}), and something else is written.",
            )
    return found


class Tally:
    """All, those who take part, those who agree."""

    def __init__(self, total: int = 0, participating: int = 0, agreeing: int = 0) -> None:
        self.total, self.participating, self.agreeing = total, participating, agreeing

    def as_json(self) -> dict[str, int]:
        """As outcome.json writes it."""
        return {"total": self.total, "participating": self.participating, "agreeing": self.agreeing}


def takes_part(row: Mapping[str, str], choice: str | None, rules: Mapping[str, Any]) -> bool:
    """Whoever cast a ballot takes part, at the council whoever was there; unless the rules leave abstentions out."""
    usual = "presence" if rules["kind"] == "council" else "ballot"
    if rules["counting"].get("participates", usual) == "presence":
        return row.get("present") == "true"
    left_out = {"abstain": "abstention", "invalid": "invalid"}.get(choice or "", "")
    return choice is not None and rules["counting"].get(left_out) != "left-out"


def tallies(
    roll: Sequence[Mapping[str, str]], choices: Mapping[str, str], rules: Mapping[str, Any]
) -> tuple[Tally, Tally, dict[str, Tally]]:
    """Heads, area and parties. A head takes part when any of its units does, and agrees when all its ballots are yes."""
    area = Tally()
    parties: dict[str, Tally] = {}
    heads: dict[str, Tally] = {}
    for row in roll:
        if row.get("recused") == "true":
            continue
        choice = choices.get(row["unit"])
        part = takes_part(row, choice, rules)
        head = heads.setdefault(row.get("head") or row["unit"], Tally())
        group = [area, head] + ([parties.setdefault(row["party"], Tally())] if row.get("party") else [])
        for place, tally in enumerate(group):
            weight = int(row.get("area", "0")) if place == 0 else 1
            tally.total += weight
            tally.participating += weight * part
            tally.agreeing += weight * (part and choice == "yes")
    some = [head for head in heads.values() if head.participating]
    agree = sum(head.agreeing == head.participating for head in some)
    return Tally(len(heads), len(some), agree), area, {name: parties[name] for name in PARTIES if name in parties}


def inequalities(
    rules: Mapping[str, Any], heads: Tally, area: Tally, parties: Mapping[str, Tally]
) -> tuple[str, list[dict[str, Any]]]:
    """Every condition as whole numbers, and the outcome that follows."""
    rows: list[dict[str, Any]] = []
    failed = set()

    def row(mark: Mapping[str, Any], part: int, whole_: int, name: str) -> bool:
        left, right = mark["denominator"] * part, mark["numerator"] * whole_
        holds: bool = left > right if mark["relation"] == ">" else left >= right
        found = {"name": name, "left": left, "right": right, "relation": mark["relation"], "holds": holds}
        rows.append({**found, "article": mark["article"]})
        return holds

    favour = dict.fromkeys(parties, True)
    for mark in rules["thresholds"]:
        if mark["stage"] == "party":
            for name, tally in parties.items():
                favour[name] &= row(mark, tally.agreeing, tally.participating, f"{mark['name']}-{name}")
    shown, rows = rows, []
    for mark in rules["thresholds"]:
        if mark["stage"] == "party":
            rows += [one for one in shown if one["name"].startswith(f"{mark['name']}-")]
            continue
        seated = sum(tally.participating > 0 for tally in parties.values())
        by = {"heads": heads, "area": area, "parties": Tally(len(parties), seated, sum(favour.values()))}[mark["of"]]
        part = by.participating if mark["stage"] == "participation" else by.agreeing
        whole_ = by.total if mark["stage"] in ("participation", "consent") else by.participating
        if not row(mark, part, whole_, mark["name"]) and mark["stage"] != "consensus":
            failed.add(mark["stage"])
    decides = any(mark["stage"] in ("agreement", "consent") for mark in rules["thresholds"])
    if "participation" in failed:
        return "not-quorate", rows
    return ("rejected" if failed else "adopted" if decides else "counted"), rows


def one_count(rules: Mapping[str, Any], heads: Tally, area: Tally, parties: Mapping[str, Tally]) -> dict[str, Any]:
    """One way of counting, as outcome.json writes it."""
    outcome, rows = inequalities(rules, heads, area, parties)
    weighed = any(mark["of"] == "area" for mark in rules["thresholds"])
    return {
        "outcome": outcome,
        "inequalities": rows,
        "heads": heads.as_json(),
        "area": area.as_json() if weighed else None,
    }


def following(
    roll: Sequence[Mapping[str, str]], choices: Mapping[str, str], rules: Mapping[str, Any]
) -> dict[str, str]:
    """The silent join whichever of yes and no has more area among the counted; on a tie they stay out."""
    weight = {row["unit"]: int(row.get("area", "0")) for row in roll}
    yes, no = (sum(weight[unit] for unit, choice in choices.items() if choice == word_) for word_ in ("yes", "no"))
    return dict(choices) if yes == no else {**dict.fromkeys(weight, "yes" if yes > no else "no"), **choices}


def decision(
    rules: Mapping[str, Any],
    roll: Sequence[Mapping[str, str]],
    ballots: Sequence[Mapping[str, Any]],
    choices: Mapping[str, str],
    lot: Sequence[str] = (),
) -> dict[str, Any]:
    """The answer, as outcome.json begins; `lot` is the order of lots, where one was drawn."""
    answer = one_count(rules, *tallies(roll, choices, rules))
    counting = rules["counting"]
    several = counting.get("selection", "one") != "one"
    answer["strict"], answer["follow_majority"] = True, None
    if rules["follow_majority"] and not several:
        answer["follow_majority"] = one_count(rules, *tallies(roll, following(roll, choices, rules), rules))
    answer["rejected"] = [{"ballot": one["ballot"], "why": one["why"]} for one in ballots if one["why"]]
    valid = [choice for choice in choices.values() if choice != "invalid"]
    if several:
        answer["winners"] = []
    if counting.get("selection") == "approval":
        sums = Counter(option for choice in valid for option in chosen(choice, rules))
        order = sorted(rules["options"], key=lambda option: (-sums[option], option))
        answer["winners"] = [option for option in order if sums[option] and sums[option] == sums[order[0]]]
        if order:
            answer["options"] = [{"option": option, "ballots": sums[option]} for option in order]
    if several and counting.get("method", "number") != "number":
        # Before a lot is drawn equals stand by their key, and whoever would owe it to that does not win.
        lucky = list(lot) or sorted(rules["options"])
        details, first = by_method(rules, valid, len(choices), lucky)
        answer["winners"] = [first] if first and (lot or not details["ties"]) else []
        answer["details"] = {"method": counting["method"], **details, "lot": list(lot)}
    return answer


def counts(
    rules: Mapping[str, Any], roll: Sequence[Mapping[str, str]], found: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Units and area by option, channel and building."""
    order = {option: place for place, option in enumerate([*rules["options"], "invalid"])}
    sums: dict[tuple[str, str, str], list[int]] = {}
    for row in roll:
        if row["unit"] in found:
            ballot = found[row["unit"]]
            for option in chosen(ballot["choice"], rules):
                cell = sums.setdefault((option, ballot["channel"], row.get("building", "")), [0, 0])
                cell[0] += 1
                cell[1] += int(row.get("area", "0"))
    lines = []
    for option, channel, building in sorted(sums, key=lambda one: (order[one[0]], CHANNELS.index(one[1]), one[2])):
        units, area = sums[option, channel, building]
        line: dict[str, Any] = {"option": option, "channel": channel, "building": building, "units": units}
        lines.append({**line, "area": area} if "area" in COLUMNS[rules["electorate"]] else line)
    return lines


# ---- Points, rankings, budgets: whatever is not decided by the number of ballots ---------------------------------------


def by_method(
    rules: Mapping[str, Any], valid: Sequence[str], cast: int, lucky: Sequence[str]
) -> tuple[dict[str, Any], str]:
    """What the method of the rules finds, as outcome.json tells it, and who is first; `cast` counts invalid ballots, too."""
    options, method = rules["options"], rules["counting"]["method"]
    place = {option: number for number, option in enumerate(lucky)}
    if method == "points":
        return most_points(options, [points(choice, rules) for choice in valid], place)
    if method == "budget":
        return two_ways_to_spend(rules, valid, cast, place), ""
    rankings = Counter(tuple(names) for choice in valid if (names := chosen(choice, rules)))
    return (run_off if method == "irv" else strongest_chains)(options, rankings, place)


def most_points(
    options: Sequence[str], ballots: Sequence[Mapping[str, int]], place: Mapping[str, int]
) -> tuple[dict[str, Any], str]:
    """The option with most points in total is first."""
    total = {option: sum(ballot.get(option, 0) for ballot in ballots) for option in options}
    order = sorted(options, key=lambda option: (-total[option], place[option]))
    standings = [
        {"option": option, "points": total[option], "ballots": sum(option in ballot for ballot in ballots)}
        for option in order
    ]
    best = max(total.values(), default=0)
    first = sorted(option for option in options if best and total[option] == best)
    return {"standings": standings, "ties": [first] if len(first) > 1 else []}, order[0] if best else ""


def run_off(
    options: Sequence[str], rankings: Mapping[tuple[str, ...], int], place: Mapping[str, int]
) -> tuple[dict[str, Any], str]:
    """Instant run-off: whoever has fewest first places leaves, until one has more than half of what still stands."""
    left, rounds = list(options), list[dict[str, Any]]()
    gone: list[str] = []
    ties: list[list[str]] = []
    while True:
        tally = dict.fromkeys(left, 0)
        for ranking, many in rankings.items():
            for option in [one for one in ranking if one in tally][:1]:
                tally[option] += many
        standing = sum(tally.values())
        order = sorted(left, key=lambda option: (-tally[option], place[option]))
        told_ = {"tally": tally, "exhausted": sum(rankings.values()) - standing, "out": ""}
        rounds.append(told_)
        if len(left) <= 1 or 2 * max(tally.values()) > standing or not standing:
            return {"rounds": rounds, "order": order + gone, "ties": ties}, order[0] if standing else ""
        told_["out"] = order[-1]
        fewest = min(tally.values())
        equal = sorted(option for option in left if tally[option] == fewest)
        more = [votes for votes in tally.values() if votes > fewest]
        # Who leaves first matters unless the equals together stay behind the next one.
        if len(equal) > 1 and (not more or len(equal) * fewest >= min(more)):
            ties.append(equal)
        left.remove(order[-1])
        gone.insert(0, order[-1])


def strongest_chains(
    options: Sequence[str], rankings: Mapping[tuple[str, ...], int], place: Mapping[str, int]
) -> tuple[dict[str, Any], str]:
    """Schulze: one option beats another by the stronger chain of victories; what is ranked stands before what is not."""
    pairs = {one: {other: 0 for other in options if other != one} for one in options}
    for ranking, many in rankings.items():
        for number, one in enumerate(ranking):
            for other in options:
                if other not in ranking[: number + 1]:
                    pairs[one][other] += many
    paths = {
        one: {other: votes * (votes > pairs[other][one]) for other, votes in row.items()} for one, row in pairs.items()
    }
    longer = True
    while longer:
        longer = False
        for row in paths.values():
            for other in row:
                best = max((min(row[by], paths[by][other]) for by in row if by != other), default=0)
                if best > row[other]:
                    row[other], longer = best, True
    beats = {one: sum(way > paths[other][one] for other, way in row.items()) for one, row in paths.items()}
    order = sorted(options, key=lambda option: (-beats[option], place[option]))
    unbeaten = [one for one in options if rankings and all(paths[one][by] >= paths[by][one] for by in paths[one])]
    equal = sorted(option for option in unbeaten if beats[option] == beats[order[0]])
    winner = [one for one, row in pairs.items() if rankings and all(row[by] > pairs[by][one] for by in row)]
    return {
        "pairs": pairs,
        "paths": paths,
        "order": order,
        "condorcet": winner[0] if winner else "",
        "ties": [equal] if len(equal) > 1 else [],
    }, order[0] if unbeaten else ""


def two_ways_to_spend(
    rules: Mapping[str, Any], valid: Sequence[str], cast: int, place: Mapping[str, int]
) -> dict[str, Any]:
    """A budget spent on what most want first, and by equal shares; what nobody wants is not funded."""
    costs = {option: (rules.get("costs") or {}).get(option) or 0 for option in rules["options"]}
    budget, step = rules["counting"].get("budget", 0), rules["counting"].get("scale", 1)
    groups = [(many, wishes(choice, rules, costs)) for choice, many in sorted(Counter(valid).items())]
    total = {option: sum(many * wish.get(option, 0) for many, wish in groups) for option in costs}
    wanted = {option: cost for option, cost in costs.items() if total[option]}
    funded, ties = greedily(wanted, total, budget, place)
    shares = Shares(wanted, groups, (budget, step * cast, cast), place)
    return {
        "greedy": {"funded": funded, "cost": sum(wanted[option] for option in funded)},
        "equal-shares": shares.raised_until(budget, step) if cast else NOTHING,
        "ties": [list(tie) for tie in dict.fromkeys([*ties, *shares.ties])],
    }


NOTHING = {"funded": [], "cost": 0, "raised": 0, "share": [0, 1], "next_cost": None}


def wishes(choice: str, rules: Mapping[str, Any], costs: Mapping[str, int]) -> dict[str, int]:
    """What a voter has from each option: what it costs if approved of, its points, or the number of options ranked below."""
    if rules["counting"]["selection"] == "score":
        found = points(choice, rules)
    elif rules["counting"]["selection"] == "approval":
        found = {option: costs[option] for option in chosen(choice, rules)}
    else:
        found = {option: number for number, option in enumerate(reversed(chosen(choice, rules)))}
    return {option: number for option, number in found.items() if number}


def greedily(
    costs: Mapping[str, int], total: Mapping[str, int], budget: int, place: Mapping[str, int]
) -> tuple[list[str], list[tuple[str, ...]]]:
    """By what all have from an option for its cost, each as long as it still fits; and where the order of equals mattered."""
    worth = {option: (cost > 0, Fraction(-total[option], cost or 1) * (cost > 0)) for option, cost in costs.items()}
    funded: list[str] = []
    ties = []
    for _, equal in groupby(sorted(costs, key=lambda option: (worth[option], place[option])), worth.__getitem__):
        group = list(equal)
        if len(group) > 1 and min(map(costs.__getitem__, group)) <= budget < sum(map(costs.__getitem__, group)):
            ties.append(tuple(sorted(group)))
        for option in group:
            if costs[option] <= budget:
                funded.append(option)
                budget -= costs[option]
    return funded, ties


Line = tuple[int, int, int]
"""A number that grows with the raise r: (a + b × r) ÷ c, with c > 0."""
Bill = tuple[Line, list[tuple[int, int]], list[tuple[int, int]]]
"""A price, who gives all for it and who gives in proportion: what each has from it, and the place of the purse."""


class Purchase:
    """One round of equal shares: the purses before it, what is bought, and until which raise all of it goes the same."""

    def __init__(self, over: int, purses: Sequence[tuple[int, int]], prices: Mapping[str, Line]) -> None:
        self.over, self.purses, self.prices = over, purses, prices
        self.bought, self.price = "", (0, 0, 1)
        self.equal: list[str] = []
        self.until: int | None = None

    def sign(self, raised: int, a: int, b: int) -> int:
        """Whether a + b × raised is above, at or below nought; the next raise at which it is otherwise is noted."""
        here = a + b * raised
        if b and (not here or (here > 0) != (b > 0)):
            change = raised + max(1, -(-abs(here) // abs(b)))
            self.until = change if self.until is None else min(self.until, change)
        return (here > 0) - (here < 0)

    def compare(self, raised: int, one: Line, other: Line) -> int:
        """Which of two lines is higher at this raise."""
        return self.sign(raised, one[0] * other[2] - other[0] * one[2], one[1] * other[2] - other[1] * one[2])


class Shares:
    """The Method of Equal Shares, and how it goes on when everybody is given one more unit, again and again (add1).

    Everybody has an equal share. What costs its supporters least for what they have from it is bought, again and again; each
    pays in proportion to that, or all that is left. Every purse and price is a line over the raise, so that each comparison
    knows at which raise it comes out otherwise: raises before the first of these need not be counted.
    """

    def __init__(
        self,
        costs: Mapping[str, int],
        groups: Sequence[tuple[int, Mapping[str, int]]],
        purse: Line,
        place: Mapping[str, int],
    ) -> None:
        self.costs, self.place, self.many = costs, place, [many for many, _ in groups]
        self.unit = {option: gcd(*(wish.get(option, 0) for _, wish in groups)) for option in costs}
        self.fans = {
            option: [(wish[option] // self.unit[option], who) for who, (_, wish) in enumerate(groups) if option in wish]
            for option in costs
        }
        self.rounds = [Purchase(purse[2], [purse[:2]] * len(groups), dict.fromkeys(costs, (0, 0, 1)))]
        self.ties: dict[tuple[str, ...], None] = {}

    def raised_until(self, budget: int, step: int) -> dict[str, Any]:
        """Raise everybody's share until the next raise would overspend, or all that is wanted is funded."""
        share = Fraction(budget, self.rounds[0].over)
        raised, funded, next_cost = 0, self.run(0), None
        while len(funded) < len(self.costs):
            after = min(one.until for one in self.rounds if one.until is not None)
            more = self.run(after)
            cost = sum(self.costs[option] for option in more)
            if cost > budget:
                raised, next_cost = after - 1, cost
                break
            raised, funded = after, more
        share += raised * step
        return {
            "funded": funded,
            "cost": sum(self.costs[option] for option in funded),
            "raised": raised,
            "share": [share.numerator, share.denominator],
            "next_cost": next_cost,
        }

    def run(self, raised: int) -> list[str]:
        """What is bought at a raise, in its order; the rounds that still hold from the raise before are kept."""
        held = [one.until is None or one.until > raised for one in self.rounds]
        first = held.index(False) if False in held else 0
        old = self.rounds[first]
        now: Purchase | None = Purchase(old.over, old.purses, old.prices)
        del self.rounds[first:]
        while now is not None:
            self.rounds.append(now)
            now = self.buy(now, raised)
        for number, one in enumerate(self.rounds):
            if len(one.equal) > 1 and not set(one.equal) <= self.bought_alike(number, raised):
                self.ties[tuple(sorted(one.equal))] = None
        return [one.bought for one in self.rounds if one.bought]

    def bought_alike(self, number: int, raised: int) -> set[str]:
        """What was bought from a round on for as long as it cost the same."""
        one, found = self.rounds[number], set()
        for other in self.rounds[number:]:
            if not other.bought or one.compare(raised, other.price, one.price):
                break
            found.add(other.bought)
        return found

    def buy(self, now: Purchase, raised: int) -> Purchase | None:
        """Buy what has the least price at this raise; None where nothing can be paid for any more."""
        # Prices never fall while purses empty, so that those of earlier rounds say which ones need not be asked.
        prices = dict(now.prices)
        at = {option: Fraction(line[0] + line[1] * raised, line[2]) for option, line in prices.items()}
        bills: dict[str, Bill] = {}
        least: Fraction | None = None
        for option in sorted(prices, key=at.__getitem__):
            if least is not None and at[option] > least:
                break
            bill = self.bill(now, raised, option)
            if bill is None:
                del prices[option]
                continue
            bills[option], line = bill, bill[0]
            prices[option], at[option] = line, Fraction(line[0] + line[1] * raised, line[2])
            least = at[option] if least is None else min(least, at[option])
        if least is None:
            return None
        now.equal = [option for option in bills if at[option] == least]
        now.bought = min(now.equal, key=self.place.__getitem__)
        now.price = prices.pop(now.bought)
        for line in prices.values():
            now.compare(raised, line, now.price)
        for option in now.equal:
            self.watch(now, raised, bills[option])
        return self.paid(now, bills[now.bought], prices)

    def bill(self, now: Purchase, raised: int, option: str) -> Bill | None:
        """What an option costs for each unit of what its supporters have from it, who gives all, who gives a part."""
        rich, poor = list(self.fans[option]), list[tuple[int, int]]()
        a, b, weight = self.costs[option] * now.over, 0, sum(points_ * self.many[who] for points_, who in rich)
        while rich:
            left = a + b * raised
            short = {
                who for had, who in rich if (now.purses[who][0] + now.purses[who][1] * raised) * weight < had * left
            }
            if not short:
                return (a, b, now.over * weight * self.unit[option]), poor, rich
            for had, who in [one for one in rich if one[1] in short]:
                a -= self.many[who] * now.purses[who][0]
                b -= self.many[who] * now.purses[who][1]
                weight -= self.many[who] * had
                poor.append((had, who))
            rich = [one for one in rich if one[1] not in short]
        now.sign(raised, a, b)
        return None

    def watch(self, now: Purchase, raised: int, bill: Bill) -> None:
        """Note until when those who give all have no more, and the others have enough."""
        a, b, weight = self.to_share(now, bill)
        for had, who in bill[1] + bill[2]:
            now.sign(raised, now.purses[who][0] * weight - had * a, now.purses[who][1] * weight - had * b)

    def paid(self, now: Purchase, bill: Bill, prices: Mapping[str, Line]) -> Purchase:
        """The purses after a purchase, in the smallest whole numbers of a finer unit."""
        a, b, weight = self.to_share(now, bill)
        common = gcd(a, b, weight)
        a, b, weight = a // common, b // common, weight // common
        purses = [(have * weight, more * weight) for have, more in now.purses]
        for _, who in bill[1]:
            purses[who] = (0, 0)
        for had, who in bill[2]:
            purses[who] = (purses[who][0] - had * a, purses[who][1] - had * b)
        return Purchase(now.over * weight, purses, prices)

    def to_share(self, now: Purchase, bill: Bill) -> Line:
        """What those who do not give all pay together, in the unit of the purses, and the sum of what they have from it."""
        return bill[0][0], bill[0][1], sum(had * self.many[who] for had, who in bill[2])


# ---- The whole record ------------------------------------------------------------------------------------------------


class Report:
    """What was checked and what came out."""

    def __init__(self) -> None:
        self.rules: dict[str, Any] = {}
        self.outcome: dict[str, Any] = {}
        self.number = 0
        self.received = self.counted = self.size = 0
        self.shown = self.recounted = self.imported = True
        self.lot: tuple[str, list[str]] = ("", [])


def check(files: Mapping[str, bytes], vkey: str) -> Report:
    """Check a whole record: the bytes of its files by name, and the key of the log. Raises Difference at the first fault."""
    try:
        report = go_through(files, vkey)
        told(report, vkey, True)
    except Difference:
        raise
    except Exception as error:
        reason = type(error).__name__
        raise Difference(f"文件的内容无法读懂（{reason}）。", f"the files cannot be understood ({reason}).") from error
    return report


def go_through(files: Mapping[str, bytes], vkey: str) -> Report:
    """The steps of checking, from the log's signature to the last figure of the outcome."""
    texts: dict[str, str] = {}
    for name in FILES:
        if name not in files:
            differs(name, "缺少这个文件。", "this file is missing.")
        try:
            texts[name] = files[name].decode("utf-8")
        except UnicodeDecodeError:
            differs(name, "不是UTF-8文字，可能被截断或改动。", "is not text in UTF-8; it was cut or changed.")
    head = read_checkpoint(texts["checkpoint"], vkey)
    rules = read_rules(texts["rules.json"])
    report = Report()
    report.rules, report.size = rules, head[0]
    proofs, opened = check_rules(texts, files["rules.json"], rules, head)
    report.number = opened.get("number", 0)
    roll = read_roll(texts["roll.csv"], rules)
    ballots, report.shown = read_ballots(texts["ballots.jsonl"], rules)
    by_unit = {row["unit"]: row for row in roll}
    report.imported = check_ballots(ballots, proofs, opened, head, report.shown)
    voided = made_void(proofs, opened, head)
    found = counted(ballots, rules, by_unit, voided)
    for row in roll:
        if row["channel_used"] != (found[row["unit"]]["channel"] if row["unit"] in found else ""):
            differs("roll.csv", "投票方式与选票不符。", "a channel does not fit the ballots.")
    report.received, report.counted = len(ballots), len(found)
    report.recounted = report.shown and countable(rules)
    outcome = read_json("outcome.json", texts["outcome.json"])
    if not isinstance(outcome, dict):
        differs("outcome.json", "不是一个对象。", "is no object.")
    report.outcome = outcome
    hashes = {name: sha256(files[name]) for name in ("roll.csv", "ballots.jsonl")}
    if outcome.get("files") != hashes:
        differs("outcome.json files", "文件的哈希值不符。", "the hash of a file is another.")
    report.lot = drawn(rules, outcome, proofs, opened, head)
    if not ballots:
        report.shown = "sealed" not in outcome
    expected = outcome
    if report.recounted:
        choices = {unit: ballot["choice"] for unit, ballot in found.items()}
        expected = {
            **decision(rules, roll, ballots, choices, report.lot[1]),
            "counts": counts(rules, roll, found),
            "files": hashes,
        }
        if not report.shown:
            expected["sealed"] = seals(expected)
        agree(expected, outcome)
    else:
        check_sealed(outcome, rules, roll, ballots, found)
    if dumps(expected) + "\n" != texts["outcome.json"]:
        differs("outcome.json", "写法与规定的不一样。", "is not written as it should be.")
    return report


def check_rules(
    texts: Mapping[str, str], raw: bytes, rules: Mapping[str, Any], head: tuple[int, bytes]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rules are those whose hash went into the log when the vote was opened."""
    proofs = record(
        "proofs.json",
        read_json("proofs.json", texts["proofs.json"]),
        ("rules.json", "ballots"),
        ("voided", "imported", "lot"),
    )
    if dumps(proofs) + "\n" != texts["proofs.json"]:
        differs("proofs.json", "写法与规定的不一样。", "is not written as it should be.")
    where = "rules.json"
    _, opened, salt = proven(where, proofs[where], head)
    if opened.get("event") != "PollOpened" or opened.get("commitment") != sha256(raw) or salt != "":
        differs(where, "规则与开始投票时固定的不一样。", "the rules are not those that were fixed at the opening.")
    same = {"roll": "roll_sha256", "opens_at": "opens_at", "closes_at": "closes_at", "electorate": "electorate"}
    for field, name in same.items():
        if opened.get(field) != rules[name]:
            differs(where, f"{name}与账本不符。", f"{name} is not as the log says.")
    return proofs, opened


def check_ballots(
    ballots: Sequence[Mapping[str, Any]],
    proofs: Mapping[str, Any],
    opened: Mapping[str, Any],
    head: tuple[int, bytes],
    shown: bool,
) -> bool:
    """Every ballot is in the log as it stands here, once; whether the vote was held elsewhere and came in whole."""
    where = "proofs.json"
    mine = record(where, proofs["ballots"], [] if "imported" in proofs else [ballot["ballot"] for ballot in ballots])
    if "imported" in proofs:
        _, told, salt = proven(f"{where} imported", proofs["imported"], head)
        if (
            salt != ""
            or (told.get("event"), told.get("poll_id")) != ("BallotsImported", opened.get("poll_id"))
            or (told.get("taken") != len(ballots) or any(ballot.get("commitment") for ballot in ballots))
        ):
            differs(where, "导入的选票与账本不符。", "the ballots that came in are not as the log says.")
        return True
    places = set()
    for ballot in ballots:
        code = ballot["ballot"]
        place, told, salt = proven(f"{where} {code}", mine[code], head)
        places.add(place)
        if shown:
            if not isinstance(salt, str) or not re.fullmatch("[0-9a-f]{64}", salt, re.ASCII):
                differs(f"{where} {code}", "盐应当是64个十六进制数字。", "the salt should be 64 hexadecimal digits.")
            # RFC 8785: the names in their order, no spaces; texts are spelled as Python's json spells them.
            value = {name: ballot[name] for name in sorted(("ballot", "unit", "choice", "channel", "time"))}
            commitment = sha256(bytes.fromhex(salt) + dumps(value).encode())
        else:
            commitment = ballot["commitment"]
            if salt is not None:
                differs(f"{where} {code}", "这里不该有盐。", "no salt should stand here.")
        wanted = {"event": "BallotCast", "ballot": code, "commitment": commitment}
        wanted.update({name: opened.get(name) for name in ("community_id", "poll_id", "number")})
        if any(told.get(name) != value for name, value in wanted.items()):
            differs(f"{where} {code}", "这张票与账本里的不一样。", "this ballot is not the one in the log.")
    if len(places) != len(ballots):
        differs(where, "两张票用了同一条记录。", "two ballots share one entry.")
    return False


def made_void(proofs: Mapping[str, Any], opened: Mapping[str, Any], head: tuple[int, bytes]) -> set[str]:
    """The ballots that the desk made void, each by an entry of its own in the log."""
    where = "proofs.json voided"
    found = proofs.get("voided", {})
    if not isinstance(found, dict):
        differs(where, "这里应当是一个对象。", "an object should stand here.")
    for code, proof in found.items():
        _, told, salt = proven(f"{where} {code}", proof, head)
        if salt != "" or (told.get("event"), told.get("ballot"), told.get("poll_id")) != (
            "IntakeVoided",
            code,
            opened.get("poll_id"),
        ):
            differs(f"{where} {code}", "账本没有说这张票作废。", "the log does not say that this ballot is void.")
    return set(found)


def drawn(
    rules: Mapping[str, Any],
    outcome: Mapping[str, Any],
    proofs: Mapping[str, Any],
    opened: Mapping[str, Any],
    head: tuple[int, bytes],
) -> tuple[str, list[str]]:
    """The seed of the lot, as the log holds it, and the order that it gives: by SHA-256 of the seed and each key."""
    where, details = "proofs.json lot", outcome.get("details")
    stated = details.get("lot") if isinstance(details, dict) else None
    if "lot" not in proofs:
        if stated:
            differs(where, "结果里有抽签，却没有账本的证明。", "the outcome has a lot, and no proof of it is here.")
        return "", []
    _, told, salt = proven(where, proofs["lot"], head)
    seed = word(where, told.get("seed"))
    if salt != "" or (told.get("event"), told.get("poll_id")) != ("LotDrawn", opened.get("poll_id")):
        differs(where, "账本没有说这次表决抽过签。", "the log does not say that a lot was drawn.")
    if not re.fullmatch("[0-9a-f]{64}", seed, re.ASCII):
        differs(where, "种子应当是64个十六进制数字。", "the seed should be 64 hexadecimal digits.")
    order = sorted(rules["options"], key=lambda key: (sha256(bytes.fromhex(seed) + key.encode()), key))
    if stated != order:
        differs("outcome.json details.lot", "抽签的顺序与种子不符。", "the order of lots is not what the seed gives.")
    if told.get("answer") != seals(outcome)["answer"]:
        differs("outcome.json", "抽签后的结果与账本不符。", "the outcome after the lot is not the one in the log.")
    return seed, order


def agree(expected: Any, stated: Any, path: str = "") -> None:
    """Every field of outcome.json is what the recount gives."""
    if isinstance(expected, dict) and isinstance(stated, dict):
        for name in [*expected, *stated]:
            if name not in expected or name not in stated:
                differs(
                    f"outcome.json {path}{name}", "缺少这一项，或者多了这一项。", "this field is missing or too many."
                )
            agree(expected[name], stated[name], f"{path}{name}.")
    elif isinstance(expected, list) and isinstance(stated, list) and len(expected) == len(stated):
        for place, (one, other) in enumerate(zip(expected, stated)):
            agree(one, other, f"{path}{place}.")
    elif type(expected) is not type(stated) or expected != stated:
        differs(
            f"outcome.json {path.rstrip('.')}",
            f"重新计算得到的是{show(expected)}，写的是{show(stated)}。",
            f"the recount gives {show(expected)}, but {show(stated)} is written.",
        )


def show(value: Any) -> str:
    """A value in few signs."""
    text = dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


TAIL = ("counts", "files", "sealed")


def seals(outcome: Mapping[str, Any]) -> dict[str, str]:
    """The hashes of the answer (as OutcomeDeclared in the log holds it) and of the counts."""
    answer = {name: value for name, value in outcome.items() if name not in TAIL}
    return {"answer": sha256(dumps(answer).encode()), "counts": sha256(dumps(outcome.get("counts")).encode())}


def check_sealed(
    outcome: dict[str, Any],
    rules: Mapping[str, Any],
    roll: Sequence[Mapping[str, str]],
    ballots: Sequence[Mapping[str, Any]],
    found: Mapping[str, Any],
) -> None:
    """Without the choices: who took part is recounted, and what is stated must agree with itself and with its hashes."""
    answer = {name: value for name, value in outcome.items() if name not in TAIL}
    if outcome.get("sealed") != seals(outcome):
        differs("outcome.json", "内容与自己的哈希值不符。", "its content does not fit its own hash.")
    if answer.get("rejected") != [{"ballot": one["ballot"], "why": one["why"]} for one in ballots if one["why"]]:
        differs("outcome.json rejected", "不计入的票与选票不符。", "the rejected ballots are others.")
    cast = dict.fromkeys(found, "")
    heads, area, parties = tallies(roll, cast, rules)
    stated_heads = heads
    stated = [answer, answer["follow_majority"]] if isinstance(answer.get("follow_majority"), dict) else [answer]
    for nth, count in enumerate(stated):
        for name, tally in (("heads", heads), ("area", area)):
            if name == "area" and count.get(name) is None:
                continue
            given = record(f"outcome.json {name}", count.get(name), ("total", "participating", "agreeing"))
            limit = whole(f"outcome.json {name}", given["participating"])
            mine = Tally(tally.total, limit, whole(f"outcome.json {name}", given["agreeing"], 0, limit))
            loose = nth or {"abstention", "invalid"} & set(rules["counting"])
            if given["total"] != tally.total or (limit != tally.participating and not loose):
                differs(
                    f"outcome.json {name}", "参加的人数或面积与名册不符。", "who took part is not as the roll says."
                )
            if name == "heads":
                stated_heads = mine
            else:
                area = mine
        if not parties and countable(rules):
            expected = one_count(rules, stated_heads, area, {})
            if rules["counting"].get("selection") == "approval" and not rules["thresholds"]:
                expected["outcome"] = "counted"
            for name, value in expected.items():
                agree(value, count.get(name), f"{name}.")


# ---- Telling ---------------------------------------------------------------------------------------------------------

WORDS = {
    "adopted": ("通过", "adopted"),
    "rejected": ("未通过", "rejected"),
    "not-quorate": ("参加的人不够，不成立", "not quorate: too few took part"),
    "counted": ("已计票", "counted"),
}


def told(report: Report, vkey: str, given: bool) -> list[str]:
    """The outcome in plain words."""
    outcome, rules = report.outcome, report.rules
    chinese, english = WORDS[word("outcome.json outcome", outcome.get("outcome"), WORDS)]
    lines = [f"第{report.number}号表决：{chinese}", f"Vote no. {report.number}: {english}", ""]
    for row in outcome["inequalities"]:
        mark = "✓" if row["holds"] else "✗"
        lines.append(f"  {mark} {row['name']}: {row['left']} {row['relation']} {row['right']}  ({row['article']})")
    if outcome.get("follow_majority"):
        chinese, english = WORDS[outcome["follow_majority"]["outcome"]]
        lines.append(f"  未投票的随多数（另算，不代替上面的结果）：{chinese}")
        lines.append(f"  If the silent follow the majority (beside, never instead): {english}")
    names = rules.get("labels", {})
    sums: dict[str, int] = {}
    for line in outcome["counts"]:
        sums[line["option"]] = sums.get(line["option"], 0) + line["units"]
    lines += [f"  {names.get(option, option)}: {units}" for option, units in sums.items()]
    if "details" in outcome:
        lines += told_method(outcome["details"], outcome["winners"], names, report.lot[0])
    lines += [
        "",
        f"收到{report.received}张选票，计入{report.counted}张；账本共{report.size}条，签名有效。",
        f"{report.received} ballots received, {report.counted} counted; the log has {report.size} entries, its signature holds.",
    ]
    if report.recounted:
        lines += ["每张票都在账本里，结果已独立重新计算，完全一致。"]
        lines += ["Every ballot is in the log; the outcome was recounted independently and agrees in everything."]
    else:
        if report.shown:
            lines += ["这次表决的计票方法不在本程序之内，所以票数不能在这里重算；其余都已核对。"]
            lines += ["This vote is counted in a way that this program does not know; all but the count was checked."]
        else:
            lines += ["这份记录不公开每张票怎么投，所以“同意”的数目不能在这里重算；其余都已核对。"]
            lines += [
                "This record does not show how ballots are marked, so who agreed cannot be recounted here; all else was."
            ]
        lines += [
            f"答案的哈希值，应与账本中“公布结果”（或“抽签”）一条相同 / hash of the answer, as in OutcomeDeclared (or LotDrawn): {outcome['sealed']['answer']}"
        ]
    if report.imported:
        lines += [
            "选票是从别处整批导入的，没有逐张的账本记录。 / The ballots came in as a whole, without entries of their own."
        ]
    if not given:
        lines += ["", "请与公告栏上的公钥核对 / compare this key with the notice board:", f"  {vkey.strip()}"]
    return lines


def told_method(details: Mapping[str, Any], winners: Sequence[str], names: Mapping[str, str], seed: str) -> list[str]:
    """Who is first, what a budget is spent on, and how far a lot decided it."""
    lines = [f"  排在第一 / first: {names[winner]}" for winner in winners]
    for way, words in (("greedy", "按先后 / greedily"), ("equal-shares", "平均分配 / by equal shares")):
        if way in details:
            lines.append(f"  {words}: {'、'.join(names[option] for option in details[way]['funded']) or '—'}")
    if seed:
        lines.append(f"  抽签的顺序与账本中的种子相符；这份记录里没有证明种子是计票后第一页经见证的账本：{seed}")
        lines.append(
            "  The lots follow from the seed in the log; that it is the first witnessed head is not shown here."
        )
    elif details["ties"]:
        lines += ["  有并列，等待抽签。", "  A tie waits for a lot."]
    return lines


def readme_vkey(readme: str) -> str:
    """The key that README.txt gives: the one line that looks like a key."""
    found = re.findall(r"^\s*(\S+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44})\s*$", readme, re.MULTILINE)
    if len(found) != 1:
        differs(
            "README.txt",
            "里面没有账本公钥；请把公告栏上的公钥写在命令后面。",
            "holds no key; give the one of the notice board.",
        )
    return str(found[0])


def read_files(folder: Path) -> dict[str, bytes]:
    """The files of a record in a folder, none of them larger than can be checked."""
    found: dict[str, bytes] = {}
    for name in (*FILES, "README.txt"):
        path = folder / name
        try:
            if path.is_file() and path.stat().st_size > LARGEST:
                differs(name, "文件太大，不是这里的记录。", "is too large to be a file of this record.")
            if path.is_file():
                found[name] = path.read_bytes()
        except OSError:
            differs(name, "打不开这个文件。", "cannot be opened.")
    return found


def main(words: Sequence[str], folder: Path, say: Callable[[str], object]) -> int:
    """Check the record in a folder; 0 when everything fits, 1 with one sentence when something does not."""
    try:
        files = read_files(folder)
        given = len(words) == 1
        if len(words) > 1:
            differs("verify.py", "只接受一把公钥。", "takes one key and nothing else.")
        vkey = words[0] if given else readme_vkey(files.get("README.txt", b"").decode("utf-8", "replace"))
        lines = told(check(files, vkey), vkey, given)
    except Difference as fault:
        say(f"不一致：{fault.chinese}\nDifferent: {fault.english}")
        return 1
    say("\n".join(lines))
    return 0


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    raise SystemExit(main(sys.argv[1:], Path.cwd(), print))
