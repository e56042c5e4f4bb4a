"""Keeping a spreadsheet between its preview and its confirmation, sealed and for a day."""

from base64 import b64encode
from hashlib import sha256

from sqlalchemy import delete

from app.core import clock
from app.core.db import db, transactional
from app.core.permissions import authorize
from app.core.secrets import encrypt
from app.core.values import Actor
from app.register import queries
from app.register.models import RegisterUpload
from app.register.permissions import IMPORT_REGISTER
from app.register.rules import short


@transactional
def keep_upload(actor: Actor, community_id: int, file_name: str, content: bytes) -> int:
    """A spreadsheet waits for its confirmation, so that nothing need be chosen twice; the same one again is the same.

    Answers with its number. Raises Forbidden.
    """
    authorize(actor, IMPORT_REGISTER, community_id)
    file_hash = sha256(content).hexdigest()
    row = queries.find_upload_of(community_id, actor.account_id, file_hash)
    if row is None:
        row = RegisterUpload(
            community_id=community_id,
            account_id=actor.account_id,
            file_hash=file_hash,
            file_name=short(file_name)[:120],
            sealed=encrypt(b64encode(content).decode(), queries.UPLOAD),
            at=clock.now(),
        )
        db.session.add(row)
    row.at = clock.now()
    db.session.flush()
    return row.id


@transactional
def drop_upload(actor: Actor, community_id: int, upload_id: int) -> None:
    """A spreadsheet that was taken in, or given up, is kept no longer. Raises Forbidden."""
    authorize(actor, IMPORT_REGISTER, community_id)
    mine = (RegisterUpload.community_id == community_id) & (RegisterUpload.account_id == actor.account_id)
    db.session.execute(delete(RegisterUpload).where(RegisterUpload.id == upload_id, mine))


@transactional
def forget_uploads() -> None:
    """What nobody confirmed within a day is gone."""
    db.session.execute(delete(RegisterUpload).where(RegisterUpload.at < clock.now() - queries.KEEP_UPLOAD))
