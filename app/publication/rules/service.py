"""How something was brought to a household, and which ways count as having reached it.

The ways on record of one household are kept as a number, one bit a way, so that a database can count them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from app.core.values import Refusal
from app.core.words import N_
from app.publication.rules.postings import OWNERS_NOTICE, PLANNED, WITHDRAWN, Span, state

HANDED, WITNESSED, ONLINE, LETTER = "handed", "witnessed", "online", "letter"
NOTICE, REFUSED, ABSENT, UNDONE = "notice", "refused", "absent", "undone"
WAY_WORDS = {
    HANDED: N_("当面送交，已签收"),
    WITNESSED: N_("拒绝签收，两人见证留下"),
    ONLINE: N_("网上发送"),
    LETTER: N_("邮寄"),
    NOTICE: N_("贴在本楼"),
    REFUSED: N_("拒绝签收"),
    ABSENT: N_("上门没人"),
}
BITS = {way: 1 << place for place, way in enumerate(WAY_WORDS)}
EVERY = 1 << len(BITS)
NOTE_WORDS = {
    "": N_("没有"),
    "family": N_("家人代收"),
    "tenant": N_("租户代收，答应转交"),
    "empty": N_("房子空着"),
    "moved": N_("搬走了，地址不明"),
    "returned": N_("信退回来了"),
}
REACHED = frozenset({HANDED, WITNESSED, ONLINE, LETTER})
TRIED = frozenset({REFUSED, ABSENT})
SHORTEST_NAME, LONGEST_NAME = 2, 30
SHOWN_UNKNOWN = 5
ARTICLE = N_("指导规则 22")


def mask(ways: Iterable[str]) -> int:
    """Several ways as one number."""
    return sum(BITS[way] for way in set(ways))


def ways_of(number: int) -> tuple[str, ...]:
    """The ways in a number, the best one first."""
    return tuple(way for way, bit in BITS.items() if number & bit)


def best_way(number: int) -> str:
    """The way that proves most, empty where nothing is on record."""
    return next(iter(ways_of(number)), "")


def served(kind: str, number: int) -> bool:
    """Whether a household counts as reached.

    A call to vote in writing has to be brought to every owner; where that was tried in vain (nobody there, signature
    refused), a notice in the building is enough. Everything else is public: a notice in the building reaches all who live
    there. Source: 指导规则 22.
    """
    ways = set(ways_of(number))
    if ways & REACHED:
        return True
    return NOTICE in ways and (kind != OWNERS_NOTICE or bool(ways & TRIED))


@cache
def unserved_masks(kind: str) -> tuple[int, ...]:
    """Every number of ways with which a household of this kind of posting does not count as reached."""
    return tuple(number for number in range(EVERY) if not served(kind, number))


def lines_missing(kind: str, counts: Mapping[int, int]) -> int:
    """How many households are not reached, from how many there are of each number of ways."""
    return sum(many for number, many in counts.items() if not served(kind, number))


def service_refusal(span: Span, way: str, on: date, today: date, witnesses: Sequence[str] = ()) -> Refusal | None:
    """Only what was done from the first to the last day counts; what was left behind was seen by two people."""
    where = state(span, today)
    if where == WITHDRAWN:
        return Refusal(N_("这份公示已经撤下，不再登记送达。"))
    if way not in WAY_WORDS:
        return Refusal(N_("请选怎么送的。"))
    if where == PLANNED or on < span.begins:
        return Refusal(N_("公示从%(begins)s开始，在那以前不能送达。"), {"begins": span.begins}, ARTICLE)
    if on > today:
        return Refusal(N_("送达的日子还没到，请写已经送过的一天。"))
    if on > span.last:
        return Refusal(N_("公示到%(last)s为止，以后送的不算。"), {"last": span.last}, ARTICLE)
    return _witness_refusal(way, tuple(name.strip() for name in witnesses if name.strip()))


def _witness_refusal(way: str, names: Sequence[str]) -> Refusal | None:
    if way != WITNESSED:
        return Refusal(N_("只有拒绝签收、留下文书时才写见证人。")) if names else None
    if len(set(names)) != 2:
        return Refusal(N_("拒绝签收的，要有两位不同的见证人，请写两个姓名。"), article=ARTICLE)
    if any(not SHORTEST_NAME <= len(name) <= LONGEST_NAME for name in names):
        return Refusal(N_("请写见证人的姓名，2到30个字。"))
    return None


def unknown_refusal(unknown: Sequence[str]) -> Refusal | None:
    """Whoever is not on the list cannot be ticked off; then nothing of what was typed is entered."""
    if not unknown:
        return None
    named = "、".join(unknown[:SHOWN_UNKNOWN])
    if len(unknown) > SHOWN_UNKNOWN:
        values = {"named": named, "many": len(unknown)}
        return Refusal(N_("送达名单上没有%(named)s等%(many)s个，一户也没有登记。请改好再交。"), values)
    return Refusal(N_("送达名单上没有%(named)s。请对照门牌再写一次，例如1-2-301。"), {"named": named})


def undo_refusal(way: str, left: int) -> Refusal | None:
    """A wrong entry is taken back once, and stays readable."""
    if way == UNDONE:
        return Refusal(N_("这一条本身就是撤销，不能再撤销。请重新登记。"))
    if left < 1:
        return Refusal(N_("这一条已经撤销了。"))
    return None
