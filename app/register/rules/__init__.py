"""What a register may say: reading a committee's rows, recognising people, counting heads."""

from app.register.rules.cells import read_phone
from app.register.rules.changes import Changes, Known, compare, measured, missing_refusal
from app.register.rules.facts import Facts, Someone, facts, natural_key, place_words
from app.register.rules.figures import figures, head_of
from app.register.rules.headings import TITLES, Headings, find_headings, letters
from app.register.rules.lines import MergedRange, unmerged
from app.register.rules.links import invite_refusal, link_refusal
from app.register.rules.people import (
    DEVELOPER_HEAD,
    head_key,
    is_organisation,
    person_key,
    read_name,
)
from app.register.rules.reading import read_register
from app.register.rules.text import cell_text, clean, short
from app.register.rules.values import BASES, RELATIONS, USES, Dwelling, Figures, Finding, Owner, Reading, Resident

__all__ = [
    "BASES",
    "DEVELOPER_HEAD",
    "RELATIONS",
    "TITLES",
    "USES",
    "Changes",
    "Dwelling",
    "Facts",
    "Figures",
    "Finding",
    "Headings",
    "Known",
    "MergedRange",
    "Owner",
    "Reading",
    "Resident",
    "Someone",
    "cell_text",
    "clean",
    "compare",
    "facts",
    "figures",
    "find_headings",
    "head_key",
    "head_of",
    "invite_refusal",
    "is_organisation",
    "letters",
    "link_refusal",
    "measured",
    "missing_refusal",
    "natural_key",
    "person_key",
    "place_words",
    "read_name",
    "read_phone",
    "read_register",
    "short",
    "unmerged",
]
