"""What stands in the audit bundle of a poll, as exact texts: its rules and its roll, fixed when it opens."""

from app.voting.rules.bundle.roll import line_code, roll_sha256, roll_text
from app.voting.rules.bundle.terms import rules_text

__all__ = ["line_code", "roll_sha256", "roll_text", "rules_text"]
