"""What can be done with files."""

from app.attachments.actions.keeping import attach_file, forget_removed, remove_attachment
from app.attachments.actions.preparing import PreparedFile, prepare_file

__all__ = ["PreparedFile", "attach_file", "forget_removed", "prepare_file", "remove_attachment"]
