"""From what the house knows to what it publishes: purchases as OCDS 1.1.5, everything public as tables. Pure."""

from app.core.formats.cells import FORMULA, harmless
from app.opendata.rules.catalogue import COMMUNITIES, TABLES
from app.opendata.rules.extension import PATH, extension_json, extension_urls, release_schema
from app.opendata.rules.facts import (
    Award,
    Bid,
    Clarification,
    Contract,
    Factor,
    Flaw,
    Mandate,
    Milestone,
    Party,
    Process,
    Scoring,
)
from app.opendata.rules.objects import Json
from app.opendata.rules.records import compiled, package, record, years_of
from app.opendata.rules.releases import releases
from app.opendata.rules.tables import Column, Table
from app.opendata.rules.wording import worded

__all__ = [
    "COMMUNITIES",
    "FORMULA",
    "PATH",
    "TABLES",
    "Award",
    "Bid",
    "Clarification",
    "Column",
    "Contract",
    "Factor",
    "Flaw",
    "Json",
    "Mandate",
    "Milestone",
    "Party",
    "Process",
    "Scoring",
    "Table",
    "compiled",
    "extension_json",
    "extension_urls",
    "harmless",
    "package",
    "record",
    "release_schema",
    "releases",
    "worded",
    "years_of",
]
