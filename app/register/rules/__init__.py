"""What a register may say: reading a committee's rows, recognising people, counting heads."""

from app.register.rules.cells import read_phone
from app.register.rules.figures import figures, head_of
from app.register.rules.headings import TITLES, Headings, find_headings, letters
from app.register.rules.lines import MergedRange, unmerged
from app.register.rules.people import (
    DEVELOPER_HEAD,
    head_key,
    is_organisation,
    mask_name,
    mask_phone,
    person_key,
    read_name,
)
from app.register.rules.reading import read_register
from app.register.rules.text import cell_text, clean
from app.register.rules.values import BASES, RELATIONS, USES, Dwelling, Figures, Finding, Owner, Reading, Resident

__all__ = [
    "BASES",
    "DEVELOPER_HEAD",
    "RELATIONS",
    "TITLES",
    "USES",
    "Dwelling",
    "Figures",
    "Finding",
    "Headings",
    "MergedRange",
    "Owner",
    "Reading",
    "Resident",
    "cell_text",
    "clean",
    "figures",
    "find_headings",
    "head_key",
    "head_of",
    "is_organisation",
    "letters",
    "mask_name",
    "mask_phone",
    "person_key",
    "read_name",
    "read_phone",
    "read_register",
    "unmerged",
]
