"""What the register can be asked."""

from app.register.queries.comparing import Told, foreseen_changes, told
from app.register.queries.dwellings import (
    Building,
    DwellingLine,
    DwellingPage,
    buildings,
    dwelling_links,
    dwellings_of,
    get_dwelling,
)
from app.register.queries.people import (
    PHONE,
    OwnEntry,
    get_person,
    lives_here,
    own_entries,
    owns,
    person_links,
    search,
    shown_name,
)
from app.register.queries.records import (
    Standing,
    dwelling_ids,
    is_filled,
    last_import,
    person_ids,
    standing,
)
from app.register.queries.rolls import refs_of_account, residents_roll, roll
from app.register.queries.uploads import KEEP_UPLOAD, UPLOAD, Upload, find_upload_of, get_upload

__all__ = [
    "KEEP_UPLOAD",
    "PHONE",
    "UPLOAD",
    "Building",
    "DwellingLine",
    "DwellingPage",
    "OwnEntry",
    "Standing",
    "Told",
    "Upload",
    "buildings",
    "dwelling_ids",
    "dwelling_links",
    "dwellings_of",
    "find_upload_of",
    "foreseen_changes",
    "get_dwelling",
    "get_person",
    "get_upload",
    "is_filled",
    "last_import",
    "lives_here",
    "own_entries",
    "owns",
    "person_ids",
    "person_links",
    "refs_of_account",
    "residents_roll",
    "roll",
    "search",
    "shown_name",
    "standing",
    "told",
]
