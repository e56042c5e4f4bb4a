"""Ballot papers: one a unit, or one for an owner of several; what their codes open, and until when they are printed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules.refusals import COUNTING, DECLARED
from app.voting.rules.terms import ONLINE, PAPER, SEATS, Terms

PER_UNIT, PER_OWNER = "unit", "owner"
CODE_GROUPS = 3
MOST_LINES = 8
"""So many units stand on one sheet; an owner of more gets several sheets."""
HOLDER = "ballot-paper"
"""The kind of reference that a paper's code speaks for: the sheet itself stands on the roll as a voter of its lines."""
_PARTS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of the roll that wants a paper: its number, and what stands on the sheet. Area in 0.01 m²."""

    entry_id: int
    key: str
    label: str
    building: str
    head: str
    area: int = 0


def reading_order(text: str) -> tuple[tuple[int, str], ...]:
    """Numbers inside a name count as numbers: building 2 before building 10."""
    parts = _PARTS.split(text)
    return tuple((int(part), "") if at % 2 else (0, part) for at, part in enumerate(parts))


def sheets(lines: Iterable[PaperLine], per: str) -> list[tuple[PaperLine, ...]]:
    """One sheet a unit, or one for all units of an owner (a head, 区分所有权解释 9), in the order in which they are handed out.

    Every line stands on exactly one sheet, at most `MOST_LINES` on each; owners' sheets lie with their first unit.
    """
    ordered = sorted(lines, key=lambda line: (reading_order(line.building), reading_order(line.key)))
    if per == PER_UNIT:
        return [(line,) for line in ordered]
    owners: dict[str, list[PaperLine]] = {}
    for line in ordered:
        owners.setdefault(line.head, []).append(line)
    return [tuple(own[at : at + MOST_LINES]) for own in owners.values() for at in range(0, len(own), MOST_LINES)]


def typed_code(text: str) -> str:
    """What was typed or scanned: of a scanned address only what stands behind its last #."""
    return text.rsplit("#", 1)[-1]


def is_code(text: str) -> bool:
    """Whether what was typed or scanned has the form of a ballot paper's code: three groups of four, or an address with a #."""
    letters = [letter for letter in typed_code(text) if letter.isalnum()]
    return "#" in text or (len(letters) == CODE_GROUPS * 4 and all(letter.isascii() for letter in letters))


def print_refusal(terms: Terms, state: str, frozen: bool) -> Refusal | None:
    """Papers are printed from the frozen roll until the vote ends; the council votes at its table."""
    if terms.electorate == SEATS or not {PAPER, ONLINE} & set(terms.channels):
        return Refusal(N_("这次表决不用选票纸。"), article=N_("本次表决的规则"))
    if state in (COUNTING, DECLARED):
        return Refusal(N_("投票已经截止，不再印选票。"))
    if not frozen:
        return Refusal(N_("名册在投票开始前一分钟定下来，那以后才能印选票。"), article=N_("本次表决的规则"))
    return None


def code_refusal(found: bool, void: bool) -> Refusal | None:
    """A code opens the ballots of its sheet, unless another sheet was handed out in its place."""
    if not found:
        return Refusal(N_("没有这个选票码。请照着选票纸再输一次：一组四个，共三组。"))
    if void:
        return Refusal(N_("这张选票纸已经作废，换了新的。请用新选票纸上的码，或者问服务台。"))
    return None


def reissue_refusal(terms: Terms, state: str, issued: bool) -> Refusal | None:
    """A sheet that was lost or spoilt is replaced while the vote runs; the old code is dead from then on."""
    if not issued:
        return Refusal(N_("这一户还没有印过选票。"))
    return print_refusal(terms, state, frozen=True)


def boxes(terms: Terms) -> Sequence[tuple[str, str]]:
    """What can be marked on a sheet: keys and words of the options."""
    return [(option.key, option.label) for option in terms.options]
