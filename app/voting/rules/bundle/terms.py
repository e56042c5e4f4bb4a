"""rules.json: how a poll runs and counts, as the exact text whose hash goes into the public record at its opening."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.journal.events import utc
from app.voting.rules.terms import BY_BALLOT, BY_NUMBER, BY_PRESENCE, COUNCIL, ONE, TAKES_PART, Terms


def rules_text(terms: Terms, roll_sha256: str) -> str:
    """The text of rules.json for terms with their window and the hash of their roll.

    The fields of the contract in its order; `options` are the keys that a ballot may carry. What such a poll does not
    have by itself stands behind them: `labels` and `costs` of options with words of their own, and under `counting`
    whatever differs from one choice on a ballot and from everybody who takes part being counted, and how a budget is written.
    """
    rules: dict[str, Any] = {
        "kind": terms.kind,
        "matter": terms.matter,
        "on": terms.on.isoformat(),
        "opens_at": _moment(terms.opens_at),
        "closes_at": _moment(terms.closes_at),
        "precedence": terms.precedence,
        "follow_majority": terms.follow_majority,
        "electorate": terms.electorate,
        "options": list(terms.option_keys),
        "channels": list(terms.channels),
        "thresholds": [asdict(threshold) for threshold in terms.thresholds],
        "roll_sha256": roll_sha256,
    }
    if terms.selection != ONE:
        rules["labels"] = {option.key: option.label for option in terms.options}
        if any(option.cost is not None for option in terms.options):
            rules["costs"] = {option.key: option.cost for option in terms.options}
    counting = counting_of(terms)
    if counting:
        rules["counting"] = counting
    return json.dumps(rules, ensure_ascii=False, indent=2) + "\n"


def counting_of(terms: Terms) -> dict[str, str | int]:
    """What is counted otherwise than in an ordinary poll of its kind; empty for owners and councils under the law."""
    usual = {
        "selection": ONE,
        "least": 1,
        "most": 1,
        "participates": BY_PRESENCE if terms.kind == COUNCIL else BY_BALLOT,
        "abstention": TAKES_PART,
        "invalid": TAKES_PART,
        "method": BY_NUMBER,
        "highest": 0,
    }
    found: dict[str, str | int] = {
        name: getattr(terms, name) for name, value in usual.items() if getattr(terms, name) != value
    }
    if terms.budget is not None:
        found |= {"budget": terms.budget.amount, "currency": terms.budget.currency, "scale": terms.budget.scale}
    return found


def _moment(at: datetime | None) -> str:
    if at is None:
        raise ValueError("a poll has a window before it has rules")
    return utc(at)
