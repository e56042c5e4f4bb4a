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


@dataclass(frozen=True, slots=True)
class Upload:
    """A spreadsheet that waits: its name, hash and content."""

    id: int
    file_name: str
    file_hash: str
    content: bytes


def get_upload(community_id: int, account_id: int | None, upload_id: int) -> Upload:
    """A spreadsheet that this account sent within the last day. Raises NotFound."""
    row = db.session.scalar(
        select(RegisterUpload).filter_by(id=upload_id, community_id=community_id, account_id=account_id)
    )
    if row is None or row.at < clock.now() - KEEP_UPLOAD:
        raise NotFound(N_("这份表格没有保留。可能已经导入，或者放了一天以上。请再上传一次。"))
    return Upload(row.id, row.file_name, row.file_hash, b64decode(decrypt(row.sealed, UPLOAD)))


def find_upload_of(community_id: int, account_id: int | None, file_hash: str) -> RegisterUpload | None:
    """The same spreadsheet from the same account, if it waits already."""
    same = select(RegisterUpload).filter_by(community_id=community_id, account_id=account_id, file_hash=file_hash)
    return db.session.scalar(same)
