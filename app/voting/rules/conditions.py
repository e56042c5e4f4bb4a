"""What has to be reached, in words and without a figure of the roll: told before anybody may vote."""

from app.core.values import Refusal
from app.core.words import N_
from app.voting.rules.explain import part_label
from app.voting.rules.terms import AREA, CONSENT, HEADS, MORE, PARTICIPATION, PARTY, PEOPLE, SEATS, Terms, Threshold


def marks_in_words(terms: Terms) -> tuple[Refusal, ...]:
    """Every mark of a poll as a sentence with its article, in the order of the terms."""
    return tuple(mark_in_words(terms, threshold) for threshold in terms.thresholds)


def mark_in_words(terms: Terms, threshold: Threshold) -> Refusal:
    """One mark as a sentence: what is compared, with what, and by which fraction."""
    fraction = f"{threshold.numerator}/{threshold.denominator}"
    if threshold.stage == PARTY:
        return Refusal(
            N_("每一方同意的席位超过该方到会席位的%(fraction)s。"), {"fraction": fraction}, threshold.article
        )
    values: dict[str, object] = {
        "part": part_label(terms, threshold),
        "whole": Refusal(_whole(terms, threshold)),
        "fraction": fraction,
    }
    if threshold.relation == MORE:
        return Refusal(N_("%(part)s超过%(whole)s的%(fraction)s（正好%(fraction)s不算）。"), values, threshold.article)
    return Refusal(N_("%(part)s占%(whole)s的%(fraction)s以上（正好%(fraction)s也算）。"), values, threshold.article)


def _whole(terms: Terms, threshold: Threshold) -> str:
    everybody = threshold.stage in (PARTICIPATION, CONSENT)
    if threshold.of == AREA:
        return N_("全部专有面积") if everybody else N_("参加的面积")
    if threshold.of != HEADS:
        return N_("没有回避的各方")
    if terms.electorate == SEATS:
        return N_("没有回避的席位") if everybody else N_("到会的席位")
    if terms.electorate == PEOPLE:
        return N_("全体居民") if everybody else N_("参加的居民")
    return N_("全体业主人数") if everybody else N_("参加的业主")
