"""What can be done with the register."""

from app.register.actions.importing import Imported, import_register
from app.register.actions.people import invite_person, link_person
from app.register.actions.uploads import (
    IMPORT_JOB,
    begin_import,
    drop_upload,
    finish_upload,
    forget_uploads,
    keep_upload,
    note_progress,
    refuse_upload,
    resume_imports,
)
from app.register.actions.voters import end_naming, enter_voter, name_voter

__all__ = [
    "IMPORT_JOB",
    "Imported",
    "begin_import",
    "drop_upload",
    "end_naming",
    "enter_voter",
    "finish_upload",
    "forget_uploads",
    "import_register",
    "invite_person",
    "keep_upload",
    "link_person",
    "name_voter",
    "note_progress",
    "refuse_upload",
    "resume_imports",
]
