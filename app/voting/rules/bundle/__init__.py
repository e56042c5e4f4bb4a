"""What stands in the audit bundle of a poll, as exact texts: rules and roll fixed at its opening, ballots, outcome, proofs."""

from app.voting.rules.bundle.ballots import COUNTED, REJECTED, SUPERSEDED, Received, ballot_line, committed
from app.voting.rules.bundle.outcome import counts, outcome_text, recountable
from app.voting.rules.bundle.proofs import proof, proofs_text
from app.voting.rules.bundle.roll import line_code, roll_sha256, roll_text
from app.voting.rules.bundle.terms import counting_of, rules_text

__all__ = [
    "COUNTED",
    "REJECTED",
    "SUPERSEDED",
    "Received",
    "ballot_line",
    "committed",
    "counting_of",
    "counts",
    "line_code",
    "outcome_text",
    "proof",
    "proofs_text",
    "recountable",
    "roll_sha256",
    "roll_text",
    "rules_text",
]
