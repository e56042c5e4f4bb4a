"""Spreadsheets between preview and confirmation."""

from base64 import b64decode
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.secrets import decrypt
from app.core.words import N_
from app.register.models import RegisterUpload

UPLOAD = "register-upload"
KEEP_UPLOAD = timedelta(days=1)
STALLED_AFTER = timedelta(minutes=1)


WAITING, WORKING, DONE, REFUSED = "waiting", "working", "done", "refused"


@dataclass(frozen=True, slots=True)
class Upload:
    """A spreadsheet that waits: its name, hash and content, and how far the work on it has come."""

    id: int
    community_id: int
    account_id: int | None
    file_name: str
    file_hash: str
    content: bytes
    state: str
    rows_done: int
    rows_total: int
    reason: str


def get_upload(community_id: int, account_id: int | None, upload_id: int) -> Upload:
    """A spreadsheet that this account sent within the last day. Raises NotFound."""
    row = db.session.scalar(
        select(RegisterUpload).filter_by(id=upload_id, community_id=community_id, account_id=account_id)
    )
    if row is None or row.at < clock.now() - KEEP_UPLOAD:
        raise NotFound(N_("这份表格没有保留。可能已经导入，或者放了一天以上。请再上传一次。"))
    return _upload(row)


def find_upload_at_work(upload_id: int) -> Upload | None:
    """A spreadsheet that was confirmed and is not in the register yet."""
    row = db.session.scalar(select(RegisterUpload).filter_by(id=upload_id, state=WORKING))
    return _upload(row) if row else None


def find_upload_of(community_id: int, account_id: int | None, file_hash: str) -> RegisterUpload | None:
    """The same spreadsheet from the same account, if it is here already."""
    same = select(RegisterUpload).filter_by(community_id=community_id, account_id=account_id, file_hash=file_hash)
    return db.session.scalar(same)


def stalled_uploads() -> list[int]:
    """Confirmed spreadsheets on which nobody has worked for a minute: their job was lost."""
    wanted = select(RegisterUpload.id).where(
        RegisterUpload.state == WORKING, RegisterUpload.at < clock.now() - STALLED_AFTER
    )
    return list(db.session.scalars(wanted))


def _upload(row: RegisterUpload) -> Upload:
    return Upload(
        row.id,
        row.community_id,
        row.account_id,
        row.file_name,
        row.file_hash,
        b64decode(decrypt(row.sealed, UPLOAD)) if row.sealed else b"",
        row.state,
        row.rows_done,
        row.rows_total,
        row.reason,
    )
