"""Approval: every ballot names all options it approves of; those named most often win, all that tie for first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.voting.rules.choices import chosen_options
from app.voting.rules.outcome import COUNTED, OptionTally, Outcome, count
from app.voting.rules.sums import Sums
from app.voting.rules.terms import Terms


def tally(terms: Terms, choices: Iterable[str]) -> dict[str, int]:
    """How many ballots name each option, those that nobody named included, in the order of the ballot."""
    sums = dict.fromkeys(terms.option_keys, 0)
    for choice in choices:
        for key in chosen_options(terms, choice):
            sums[key] = sums.get(key, 0) + 1
    return sums


def standings(sums: Mapping[str, int]) -> tuple[OptionTally, ...]:
    """Options by the number of ballots, equal ones by their key as text."""
    return tuple(OptionTally(key, sums[key]) for key in sorted(sums, key=lambda key: (-sums[key], key)))


def winners(order: Sequence[OptionTally]) -> tuple[str, ...]:
    """All options that tie for first; none where nobody voted."""
    return tuple(item.option for item in order if item.ballots and item.ballots == order[0].ballots)


def approval_outcome(terms: Terms, sums: Sums, ballots: Mapping[str, int]) -> Outcome:
    """The outcome of an approval poll: it is counted, and says what most approve of."""
    order = standings(ballots)
    strict = count(terms, sums)
    if not terms.thresholds:
        strict = replace(strict, outcome=COUNTED)
    return Outcome(strict, options=order, winners=winners(order))
