"""The terms of a poll: everything that decides how it runs and counts, frozen when it opens."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar

T = TypeVar("T")
# What is counted, and what gets one ballot.
OWNERS, COUNCIL, RESIDENTS, COMMITTEE = "owners", "council", "residents", "committee"
UNITS, SEATS, PEOPLE = "units", "seats", "people"
# What a threshold compares.
PARTICIPATION, AGREEMENT, CONSENT, PARTY = "participation", "agreement", "consent", "party"
CONSENSUS = "consensus"
# Conditions that are shown and decide nothing by themselves.
SHOWN = frozenset({PARTY, CONSENSUS})
HEADS, AREA, PARTIES = "heads", "area", "parties"
AT_LEAST, MORE = ">=", ">"
# Choices that every yes-or-no poll knows; `invalid` is only ever written by those who read a paper ballot.
YES, NO, ABSTAIN, INVALID = "yes", "no", "abstain", "invalid"
CHOICES = (YES, NO, ABSTAIN, INVALID)
ONLINE, PAPER, STALL, PHONE, PROXY, LETTER = "online", "paper", "stall", "phone", "proxy", "letter"
CHANNELS = (ONLINE, PAPER, STALL, PHONE, PROXY, LETTER)
LAST, FIRST, PAPER_FIRST = "last", "first", "paper"
PRECEDENCES = (LAST, FIRST, PAPER_FIRST)
# What is marked on a ballot: one option, all that one approves of, points for each, a ranking from the first place down.
ONE, APPROVAL, SCORE, RANKING = "one", "approval", "score", "ranking"
# How marks are counted: by the number of ballots, by points, by two methods for rankings; a budget is spent twice, greedily
# and by equal shares, and both results are published side by side.
BY_NUMBER, BY_POINTS, IRV, SCHULZE, BUDGET = "number", "points", "irv", "schulze", "budget"
# Taking part by casting a ballot, or by having answered the roll call.
BY_BALLOT, BY_PRESENCE = "ballot", "presence"
TAKES_PART, LEFT_OUT = "takes-part", "left-out"
# Who may see how a ballot was marked, once results may be seen at all.
PUBLIC, ELECTORATE, NOBODY = "public", "electorate", "nobody"
AT_THE_TIME, BY_THE_CHAIR = "time", "chair"
# A tie of yes and no fails; tied options of an approval poll all win; elsewhere a lot from a public seed decides.
TIE_FAILS, TIE_ALL, TIE_LOT = "fails", "all", "lot"
YUAN = "CNY"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One legal mark: `denominator` times what is compared must reach, or pass, `numerator` times its whole.

    `stage` says what is compared with what: `participation` those who take part with all, `agreement` those who agree
    with those who take part, `consent` those who agree with all; shown and not fatal are `party`, as agreement but for each
    party by itself, and `consensus`, agreement of everybody. `of` is heads, area or parties. A failed participation leaves the
    poll without a quorum.
    """

    name: str
    stage: str
    of: str
    numerator: int
    denominator: int
    relation: str
    article: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that may be chosen: its key on the ballot, its words, and what it costs (a bare number) if it costs."""

    key: str
    label: str
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent on the options together. Like their costs it counts `scale` to one of its currency: fen for yuan."""

    amount: int
    currency: str = YUAN
    scale: int = 100


@dataclass(frozen=True, slots=True)
class Terms:
    """How one poll runs and counts: told before it opens, never changed after.

    Times are aware; `closes_at` is the end in force (an earlier closing by the chair replaces it). `most` bounds the options
    of an approval ballot (0: no bound), `proxy_limit` the mandates that one proxy may hold (0: proxies are not taken, None:
    no bound).
    `method` counts ballots with several options, `highest` bounds the points for one of them (0: no bound), `budget` is what
    options that cost something are chosen within.
    `live` shows results while the poll is open; otherwise nobody sees them before the close.
    """

    kind: str
    electorate: str
    on: date
    options: tuple[Option, ...]
    thresholds: tuple[Threshold, ...] = ()
    matter: int | None = None
    selection: str = ONE
    least: int = 1
    most: int = 1
    participates: str = BY_BALLOT
    abstention: str = TAKES_PART
    invalid: str = TAKES_PART
    follow_majority: bool = False
    tie: str = TIE_FAILS
    channels: tuple[str, ...] = (ONLINE,)
    precedence: str = LAST
    changes: bool = True
    choices_visible: str = ELECTORATE
    live: bool = False
    closing: str = AT_THE_TIME
    proxy_limit: int | None = 0
    advisory: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    method: str = BY_NUMBER
    highest: int = 0
    budget: Budget | None = None

    @property
    def option_keys(self) -> tuple[str, ...]:
        """The keys that a ballot may carry, in their order."""
        return tuple(option.key for option in self.options)

    def weighs(self, of: str) -> bool:
        """Whether any threshold compares heads, area or parties."""
        return any(threshold.of == of for threshold in self.thresholds)


def terms_as_json(terms: Terms) -> str:
    """Terms are kept as one text, sorted by name, so that the same terms are the same text."""
    data = asdict(terms)
    data["on"] = terms.on.isoformat()
    for name in ("opens_at", "closes_at"):
        data[name] = data[name].isoformat() if data[name] is not None else None
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def terms_from_json(text: str) -> Terms:
    """Terms read back are the terms that were kept; what older ones did not know yet is as it was then.

    Raises ValueError for anything else.
    """
    data = json.loads(text)
    known = {field.name: field.default is MISSING for field in fields(Terms)}
    if not isinstance(data, dict) or not {name for name in known if known[name]} <= set(data) <= set(known):
        raise ValueError("these are not the terms of a poll")
    data["on"] = date.fromisoformat(data["on"])
    for name in ("opens_at", "closes_at"):
        data[name] = datetime.fromisoformat(data[name]) if data.get(name) is not None else None
    data["options"] = tuple(_made(Option, option) for option in data["options"])
    for name, read in (
        ("thresholds", lambda marks: tuple(_made(Threshold, mark) for mark in marks)),
        ("channels", tuple),
        ("budget", lambda budget: None if budget is None else _made(Budget, budget)),
    ):
        if name in data:
            data[name] = read(data[name])
    return _made(Terms, data)


def _made(kind: type[T], data: Mapping[str, Any]) -> T:
    try:
        return kind(**data)
    except TypeError as error:
        raise ValueError(str(error)) from error
