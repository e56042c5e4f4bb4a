"""Finding proposals, what was done with them, and for whom they wait."""

from app.proposals.queries.duties import admission_due, links, stations, turns, waiting
from app.proposals.queries.lists import (
    AGENDA,
    ALL,
    DONE,
    PAGE,
    TABS,
    TALKED,
    ListedProposal,
    proposals,
    recently_settled,
)
from app.proposals.queries.search import find_by_words, search, words_of
from app.proposals.queries.single import (
    Draft,
    ProposalRow,
    Version,
    find_draft,
    get_by_number,
    get_proposal,
    hold,
    in_full,
    least_supporters,
    state_of,
    versions,
)

__all__ = [
    "AGENDA",
    "ALL",
    "DONE",
    "PAGE",
    "TABS",
    "TALKED",
    "Draft",
    "ListedProposal",
    "ProposalRow",
    "Version",
    "admission_due",
    "find_by_words",
    "find_draft",
    "get_by_number",
    "get_proposal",
    "hold",
    "in_full",
    "least_supporters",
    "links",
    "proposals",
    "recently_settled",
    "search",
    "state_of",
    "stations",
    "turns",
    "versions",
    "waiting",
    "words_of",
]
