"""Every table of open data, in the order in which they are listed; `TABLES` are those of a community."""

from app.opendata.rules.catalogue.buying import AWARDS, BIDS, BUYING, CONTRACTS, MILESTONES, TENDERS
from app.opendata.rules.catalogue.matters import (
    ASSEMBLIES,
    COMMENTS,
    COMMUNITIES,
    CONDITIONS,
    JOURNAL,
    MATTERS,
    MEETINGS,
    OPTIONS,
    POLLS,
    POSTINGS,
    PROPOSALS,
    RESOLUTIONS,
    RULES,
    STANDING,
)

TABLES = {table.name: table for table in (*MATTERS, *BUYING, *STANDING)}

__all__ = [
    "ASSEMBLIES",
    "AWARDS",
    "BIDS",
    "BUYING",
    "COMMENTS",
    "COMMUNITIES",
    "CONDITIONS",
    "CONTRACTS",
    "JOURNAL",
    "MATTERS",
    "MEETINGS",
    "MILESTONES",
    "OPTIONS",
    "POLLS",
    "POSTINGS",
    "PROPOSALS",
    "RESOLUTIONS",
    "RULES",
    "STANDING",
    "TABLES",
    "TENDERS",
]
