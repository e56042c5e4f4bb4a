"""Attaching a file to something, and taking it away."""

from datetime import timedelta
from hashlib import sha256

from app.attachments import queries
from app.attachments.actions.preparing import PreparedFile
from app.attachments.events import AttachmentRemoved, FileAttached
from app.attachments.models import Attachment
from app.attachments.permissions import ATTACH_FILE, REMOVE_ATTACHMENT
from app.attachments.rules import count_refusal, remove_refusal
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.numbers import hold, next_number
from app.core.permissions import PUBLIC, Permission, authorize
from app.core.storage import drop_file, keep_file
from app.core.values import Actor, Ref
from app.journal.actions import record
from app.journal.events import Digest

FORGET_AFTER = timedelta(days=1)


@transactional
def attach_file(
    actor: Actor,
    community_id: int,
    subject: Ref,
    matter: Ref | None,
    file: PreparedFile,
    *,
    readers: Permission = PUBLIC,
    verb: Permission = ATTACH_FILE,
) -> int:
    """A file belongs to a thing from now on; its bytes are on disk before anybody is told.

    `verb` is what the actor needs (the owning slice's own, where it has one), `readers` what a reader needs. Answers with
    the attachment's number. Raises Forbidden, Refused.
    """
    authorize(actor, verb, community_id)
    # Also holds the community's files until the end, so that none is forgotten while it is attached anew.
    number = next_number(community_id, "attachment")
    check(count_refusal(queries.count(community_id, subject)))
    row = Attachment(
        community_id=community_id,
        number=number,
        subject_kind=subject.kind,
        subject_id=subject.id,
        matter_kind=matter.kind if matter else None,
        matter_id=matter.id if matter else None,
        name=file.name,
        kind=file.kind,
        size=len(file.content),
        digest=sha256(file.content).hexdigest(),
        readers=readers.name,
        account_id=actor.account_id,
        at=clock.now(),
    )
    keep_file(row.path, file.content)
    db.session.add(row)
    db.session.flush()
    told = Digest(row.digest) if readers is PUBLIC else None
    record(FileAttached(community_id, row.id, subject, row.size, told), actor, matter)
    return number


@transactional
def remove_attachment(actor: Actor, community_id: int, number: int) -> Ref:
    """A file is taken away by who attached it or by the desk; the record keeps that it was there.

    Answers with what it belonged to. Raises NotFound, Forbidden, Refused.
    """
    row = queries.get_attachment(community_id, number)
    if row.account_id is None or row.account_id != actor.account_id:
        authorize(actor, REMOVE_ATTACHMENT, community_id)
    check(remove_refusal(row.removed_at is not None))
    row.removed_at = clock.now()
    record(AttachmentRemoved(community_id, row.id, row.subject), actor, row.matter)
    return row.subject


def forget_removed() -> None:
    """The bytes of files that were taken away a day ago are gone too, unless something else needs them."""
    before = clock.now() - FORGET_AFTER
    for community_id in queries.communities_with_removed(before):
        _forget(community_id)


@transactional
def _forget(community_id: int) -> None:
    hold(community_id, "attachment")
    for row in queries.unneeded(community_id, clock.now() - FORGET_AFTER):
        drop_file(row.path)
        row.dropped_at = clock.now()
