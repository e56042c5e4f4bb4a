"""Votes at the terminal: the rules engine over cases and files of ballots, and the recount of a record; no database."""

from app.voting.cli.counting import count_file
from app.voting.cli.deciding import answer_to, decide_case
from app.voting.cli.verifying import verify_record

__all__ = ["answer_to", "count_file", "decide_case", "verify_record"]
