"""Keeping a spreadsheet between its preview and its confirmation, sealed and for a day."""

from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256

from sqlalchemy import delete, update

from app.core import clock
from app.core.db import db, on_commit, transactional
from app.core.jobs import send
from app.core.permissions import authorize
from app.core.secrets import encrypt
from app.core.values import Actor, the_house
from app.register import queries
from app.register.actions.importing import import_register
from app.register.models import RegisterUpload
from app.register.permissions import IMPORT_REGISTER
from app.register.rules import Reading, short

IMPORT_JOB = "register.import"


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
            sealed="",
            state=queries.DONE,
            at=clock.now(),
        )
        db.session.add(row)
    if row.state != queries.WORKING:
        row.sealed = encrypt(b64encode(content).decode(), queries.UPLOAD)
        row.state, row.at = queries.WAITING, clock.now()
    db.session.flush()
    return row.id


@transactional
def begin_import(actor: Actor, community_id: int, upload_id: int, rows: int) -> None:
    """A large spreadsheet is confirmed: the jobs take it in, its sender may go on. Raises Forbidden, NotFound."""
    authorize(actor, IMPORT_REGISTER, community_id)
    queries.get_upload(community_id, actor.account_id, upload_id)
    _change(upload_id, state=queries.WORKING, rows_done=0, rows_total=rows, reason="")
    on_commit(lambda: send(IMPORT_JOB, upload_id))


@transactional
def note_progress(upload_id: int, done: int, total: int) -> None:
    """So many rows have been read, of so many."""
    _change(upload_id, rows_done=done, rows_total=total)


@transactional
def finish_upload(upload_id: int, reading: Reading, day: date) -> None:
    """A confirmed spreadsheet is taken in, in the name of who confirmed it, and kept no longer. Raises Refused."""
    upload = queries.find_upload_at_work(upload_id)
    if upload is None:
        return
    # Who may import was asked when it was confirmed.
    sender = replace(the_house(upload.community_id), account_id=upload.account_id)
    import_register(sender, upload.community_id, reading, upload.file_hash, day)
    _change(upload_id, state=queries.DONE, rows_done=upload.rows_total, sealed="")


@transactional
def refuse_upload(upload_id: int, reason: str) -> None:
    """A confirmed spreadsheet cannot be taken in after all, for instance because another came first."""
    _change(upload_id, state=queries.REFUSED, reason=reason[:400])


def resume_imports() -> None:
    """Work that was lost with its process is asked for again."""
    for upload_id in queries.stalled_uploads():
        note_progress(upload_id, 0, 0)
        send(IMPORT_JOB, upload_id)


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


def _change(upload_id: int, **values: object) -> None:
    db.session.execute(update(RegisterUpload).where(RegisterUpload.id == upload_id).values(at=clock.now(), **values))
