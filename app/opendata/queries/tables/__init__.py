"""The rows of every table of open data."""

from collections.abc import Callable, Iterator, Mapping

from app.core.context import CommunityValue
from app.opendata.queries.tables import buying, matters, standing
from app.opendata.queries.tables.matters import Row
from app.opendata.queries.tables.standing import all_communities

ROWS: Mapping[str, Callable[[CommunityValue], Iterator[Row]]] = {
    "proposals": matters.proposals,
    "comments": matters.comments,
    "meetings": matters.meetings,
    "assemblies": matters.assemblies,
    "polls": matters.polls,
    "poll-conditions": matters.poll_conditions,
    "poll-options": matters.poll_options,
    "resolutions": matters.resolutions,
    "postings": matters.postings,
    "tenders": buying.tenders,
    "bids": buying.bids,
    "awards": buying.awards,
    "contracts": buying.contracts,
    "milestones": buying.milestones,
    "rules": standing.rules,
    "journal": standing.journal,
}

__all__ = ["ROWS", "Row", "all_communities"]
