"""What may be done next in a chain of four deliberations and two publications, and what a meeting's figures decide."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.law.rows import LawRow
from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules import ADOPTED, Count, Sums, Tally, Terms, count, preset_terms

Law = Callable[[str, date], LawRow]
PROPOSE, CONSULT, REVIEW, DECIDE = "propose", "consult", "review", "decide"
TELL_DECISION, TELL_RESULT = "tell-decision", "tell-result"
STEPS = (PROPOSE, CONSULT, REVIEW, DECIDE, TELL_DECISION, TELL_RESULT)
MEETINGS: dict[str, str] = {REVIEW: "party-members", DECIDE: "residents-assembly"}
"""Steps that a meeting decides by its figures, and the preset whose marks they must reach."""
PUBLICATIONS = frozenset({TELL_DECISION, TELL_RESULT})
PASSED, FAILED = "passed", "failed"
STEP_WORDS: dict[str, str] = {
    PROPOSE: N_("党支部提议"),
    CONSULT: N_("两委商议"),
    REVIEW: N_("党员大会审议"),
    DECIDE: N_("居民会议决议"),
    TELL_DECISION: N_("决议公开"),
    TELL_RESULT: N_("实施结果公开"),
}
ARTICLE = N_("四议两公开")
SHORTEST, LONGEST, LONGEST_TITLE = 5, 2000, 60
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Done:
    """One step that was taken: what came of it, and for a publication the last day on which it hangs."""

    step: str
    outcome: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """A meeting in three numbers: due to come, present, in agreement."""

    due: int
    present: int
    agreed: int


def next_step(done: Sequence[Done]) -> str | None:
    """The step that comes now; None where one has failed or all are taken."""
    if any(one.outcome == FAILED for one in done):
        return None
    taken = {one.step for one in done}
    return next((step for step in STEPS if step not in taken), None)


def step_refusal(done: Sequence[Done], step: str, today: date) -> Refusal | None:
    """The steps are taken in their order, each once; a failed one ends the chain; the result waits for the first term."""
    if any(one.outcome == FAILED for one in done):
        return Refusal(N_("有一步没有通过，这件事到此为止。改好以后可以重新提议。"), article=ARTICLE)
    coming = next_step(done)
    if coming is None:
        return Refusal(N_("六步都做完了。"), article=ARTICLE)
    if step != coming:
        return Refusal(N_("要一步一步来，现在轮到“%(step)s”。"), {"step": Refusal(STEP_WORDS[coming])}, ARTICLE)
    hanging = next((one.until for one in done if one.step == TELL_DECISION), None)
    if step == TELL_RESULT and hanging is not None and today <= hanging:
        return Refusal(N_("决议公开到%(until)s，期满以后才能公开实施结果。"), {"until": hanging}, ARTICLE)
    return None


def text_refusal(text: str) -> Refusal | None:
    """Whoever reads it later must understand what was said: 5 to 2,000 characters."""
    if SHORTEST <= len(text.strip()) <= LONGEST:
        return None
    return Refusal(N_("请写5到2000个字，大家都会看到。"))


def title_refusal(title: str) -> Refusal | None:
    """A matter has a name that fits one line."""
    if 2 <= len(title.strip()) <= LONGEST_TITLE:
        return None
    return Refusal(N_("请写上是什么事，2到60个字。"))


def figures_refusal(figures: Figures) -> Refusal | None:
    """No more come than are due, and no more agree than have come."""
    if not 0 < figures.due <= MOST:
        return Refusal(N_("应到人数要大于0。"))
    if not 0 <= figures.present <= figures.due:
        return Refusal(N_("实到人数不能比应到的多。"))
    if not 0 <= figures.agreed <= figures.present:
        return Refusal(N_("同意的人数不能比实到的多。"))
    return None


def held_refusal(held_on: date, today: date) -> Refusal | None:
    """A meeting is entered after it was held."""
    return Refusal(N_("开会的日期不能在今天以后。")) if held_on > today else None


def meeting_terms(step: str, on: date, law: Law) -> Terms:
    """The marks that a meeting must reach: party members 2/3 present and 1/2 of those due; residents as their law says."""
    return preset_terms(MEETINGS[step], on, law)


def meeting_count(terms: Terms, figures: Figures) -> Count:
    """The figures of a meeting as inequalities, by the one rule that decides every vote."""
    return count(terms, Sums(Tally(figures.due, figures.present, figures.agreed)))


def meeting_outcome(found: Count) -> str:
    """Adopted is passed; without a quorum or without agreement the chain ends."""
    return PASSED if found.outcome == ADOPTED else FAILED
