"""What can be done with the register."""

from app.register.actions.importing import Imported, import_register
from app.register.actions.people import invite_person, link_person
from app.register.actions.uploads import drop_upload, forget_uploads, keep_upload

__all__ = [
    "Imported",
    "drop_upload",
    "forget_uploads",
    "import_register",
    "invite_person",
    "keep_upload",
    "link_person",
]
