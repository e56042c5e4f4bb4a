"""A case for `flask voting decide`: read strictly, counted by the rules engine alone."""

from app.voting.rules.case.council import CouncilCase, decide_council
from app.voting.rules.case.owners import OwnersCase, decide_owners
from app.voting.rules.case.reading import Malformed, read_json
from app.voting.rules.case.shape import Case, decide, read_case

__all__ = [
    "Case",
    "CouncilCase",
    "Malformed",
    "OwnersCase",
    "decide",
    "decide_council",
    "decide_owners",
    "read_case",
    "read_json",
]
