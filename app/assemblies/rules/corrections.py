"""What an owner may ask to have corrected before the roll is frozen, and what an accepted correction does to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from app.assemblies.rules.convening import OWNERS
from app.core.values import Entry, Ref, Refusal
from app.core.words import N_

AREA, MINE, NOT_MINE, OTHER = "area", "mine", "not-mine", "other"
KINDS: Mapping[str, str] = {
    AREA: N_("面积不对"),
    MINE: N_("这套房是我的，名册上没有我"),
    NOT_MINE: N_("这套房已经不是我的"),
    OTHER: N_("别的问题"),
}
RESIDENT_KINDS: Mapping[str, str] = {
    MINE: N_("我住在这里，名册上没有我"),
    NOT_MINE: N_("我已经不住在这里"),
    OTHER: N_("别的问题"),
}
SHORTEST, LONGEST = 5, 1000
LARGEST_AREA = 10**9
ARTICLE = N_("区分所有权解释 8、9")


def kinds_of(electorate: str) -> Mapping[str, str]:
    """What may be wrong with a roll of owners, or of residents."""
    return KINDS if electorate == OWNERS else RESIDENT_KINDS


@dataclass(frozen=True, slots=True)
class Change:
    """One accepted correction: the unit, what, for whom, and the area (0.01 m²) where it is about that.

    On a roll of residents the unit is the home in which the person lives, and the line is the person's own.
    """

    key: str
    kind: str
    person: Ref
    area: int | None = None


def corrected(roll: Sequence[Entry], changes: Collection[Change]) -> list[Entry]:
    """The roll with accepted corrections, in the order in which they were asked for; nothing else moves.

    Whoever is put on a line becomes its owner and its head; whoever is taken off leaves it to the others, or to nobody.
    """
    lines = {entry.key: entry for entry in roll}
    for change in changes:
        entry = lines.get(change.key)
        if entry is not None:
            lines[change.key] = _changed(entry, change)
    return list(lines.values())


def corrected_people(roll: Sequence[Entry], changes: Collection[Change], lines: Mapping[Ref, Entry]) -> list[Entry]:
    """The roll of residents with accepted corrections, in the order in which they were asked for; nobody stands on it twice.

    Whoever lives here gets the line that the register would have for them (`lines`), whoever moved away leaves the roll.
    """
    found = {entry.key: entry for entry in roll}
    for change in changes:
        if change.kind == MINE and change.person in lines:
            found.setdefault(lines[change.person].key, lines[change.person])
        elif change.kind == NOT_MINE:
            found = {key: entry for key, entry in found.items() if change.person not in entry.voters}
    return list(found.values())


def _changed(entry: Entry, change: Change) -> Entry:
    if change.kind == AREA and change.area is not None:
        return replace(entry, area=change.area)
    if change.kind == MINE:
        return replace(entry, head=_head((change.person,)), voters=(change.person,), told=(), eligible_from=None)
    if change.kind == NOT_MINE and change.person in entry.holders:
        # Whom they named holds for the owners of then: when one leaves, any of the others casts.
        left = tuple(owner for owner in entry.holders if owner != change.person)
        return replace(entry, voters=left, told=(), head=_head(left) or f"nobody-{entry.key}", eligible_from=None)
    return entry


def _head(people: Sequence[Ref]) -> str:
    """A head is the exact set of a unit's owners, written as the register writes it."""
    return "+".join(sorted(f"p{person.id}" for person in people))


def asking_refusal(
    roll: Collection[Entry],
    key: str,
    kind: str,
    area: int | None,
    person: Ref | None,
    *,
    frozen: bool,
    homes: Collection[str] | None = None,
) -> Refusal | None:
    """An owner asks about a line of the roll until it is frozen; who is not on a line may only say that it is theirs.

    On a roll of residents everybody asks for themselves and names one of the `homes`.
    """
    if frozen:
        return Refusal(N_("名册已经确定，不能再更正。对名册有意见，请提出异议，一定会书面答复。"), article=ARTICLE)
    if person is None:
        return Refusal(N_("您的账号还没有和房屋名册连上。请带身份证到服务台。"))
    if key not in ({one.key for one in roll} if homes is None else homes):
        return Refusal(N_("名册里没有%(key)s这一户，请写房号，例如1-1-101。"), {"key": key[:40]})
    if kind not in (KINDS if homes is None else RESIDENT_KINDS):
        return Refusal(N_("请选一下哪里不对。"))
    if homes is not None:
        return _resident_refusal(kind, any(person in one.voters for one in roll))
    entry = next(one for one in roll if one.key == key)
    if (person in entry.holders) == (kind == MINE):
        return Refusal(
            N_("名册上这套房已经是您的。") if kind == MINE else N_("这套房的名册上没有您，只能提出“这套房是我的”。")
        )
    if kind == AREA and (area is None or not 0 < area <= LARGEST_AREA):
        return Refusal(N_("请写正确的面积，例如89.50。"), article=ARTICLE)
    return None


def _resident_refusal(kind: str, on_roll: bool) -> Refusal | None:
    if kind == MINE and on_roll:
        return Refusal(N_("名册上已经有您，可以投票。"))
    if kind == NOT_MINE and not on_roll:
        return Refusal(N_("名册上没有您，不用更正。"))
    return None


def words_refusal(text: str) -> Refusal | None:
    """A reason or an answer is a sentence that the other side can use."""
    if len(text.strip()) < SHORTEST:
        return Refusal(N_("请写清楚，至少%(least)s个字。"), {"least": SHORTEST})
    if len(text) > LONGEST:
        return Refusal(N_("太长了，请不要超过%(most)s个字。"), {"most": LONGEST})
    return None


def answer_refusal(*, answered: bool, frozen: bool) -> Refusal | None:
    """The desk answers a correction once, while it can still apply to the roll."""
    if answered:
        return Refusal(N_("已经答复过了。"))
    if frozen:
        return Refusal(N_("名册已经确定，这项更正来不及了，可以提出异议。"))
    return None


def objection_refusal(
    roll_keys: Collection[str], key: str, person: Ref | None, *, frozen: bool, on_roll: bool
) -> Refusal | None:
    """After the freeze whoever is an owner objects, to a line or to the vote; before it a correction is the way."""
    if not frozen:
        return Refusal(N_("名册还没有确定，现在请申请更正，当场就能改。"))
    if person is None or not on_roll:
        return Refusal(N_("异议由本小区的业主和居民提出，名册里没有您。请联系服务台。"))
    if key and key not in roll_keys:
        return Refusal(N_("名册里没有%(key)s这一户，请写房号，例如1-1-101。"), {"key": key[:40]})
    return None
