"""The rules engine at the terminal: cases and files of ballots, no database."""

from app.voting.cli.counting import count_file
from app.voting.cli.deciding import answer_to, decide_case

__all__ = ["answer_to", "count_file", "decide_case"]
