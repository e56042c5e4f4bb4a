"""What open data reads: purchases as values, tables row by row; only what is public."""

from app.opendata.queries.processes import (
    get_process,
    how_many,
    ocid,
    package,
    processes,
    records,
    releases_of_year,
    site,
    years,
)
from app.opendata.queries.tables import ROWS, Row, all_communities

__all__ = [
    "ROWS",
    "Row",
    "all_communities",
    "get_process",
    "how_many",
    "ocid",
    "package",
    "processes",
    "records",
    "releases_of_year",
    "site",
    "years",
]
