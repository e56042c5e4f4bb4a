"""What can happen to files; their names are not part of the record."""

from dataclasses import dataclass

from app.core.values import Ref
from app.core.words import N_
from app.journal.events import Digest


@dataclass(frozen=True, slots=True)
class FileAttached:
    """A file was attached; `digest` is the SHA-256 of what is handed out, None where not everybody may read it."""

    community_id: int
    attachment_id: int
    subject: Ref
    size: int
    digest: Digest | None


@dataclass(frozen=True, slots=True)
class AttachmentRemoved:
    """A file was taken away."""

    community_id: int
    attachment_id: int
    subject: Ref


WORDS = {FileAttached: N_("添加一个附件"), AttachmentRemoved: N_("删去一个附件")}
