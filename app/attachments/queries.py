"""Finding attachments, reading their bytes, and the address at which one may be added."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from flask import url_for
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.attachments.models import Attachment
from app.attachments.permissions import REMOVE_ATTACHMENT
from app.attachments.rules import KINDS
from app.core import clock
from app.core.db import ask, db
from app.core.errors import Malformed, NotFound
from app.core.permissions import PUBLIC, Permission, may, permissions
from app.core.secrets import decrypt, encrypt
from app.core.storage import fetch_file
from app.core.values import Actor, Ref
from app.core.words import N_

LEAVE = "attachment-leave"
LEAVE_TERM = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """One file as pages list it; `remove_url` is empty for who may not take it away."""

    number: int
    name: str
    kind: str
    size: int
    at: datetime
    public: bool
    url: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Leave:
    """That an account may attach one thing's files, given by the slice to which the thing belongs."""

    account_id: int | None
    community_id: int
    subject: Ref
    matter: Ref | None
    readers: str
    back: str


def attachments(community_id: int, subject: Ref, actor: Actor) -> list[AttachmentLine]:
    """The files of one thing that the actor may read, oldest first; one statement."""
    rows = ask(_files, here=community_id, kind=subject.kind, number=subject.id).scalars()
    return [_line(row, actor) for row in rows if may_read(actor, row)]


def attachments_of(
    community_id: int, kind: str, ids: Sequence[int], actor: Actor
) -> Mapping[int, list[AttachmentLine]]:
    """The files of several things of one kind that the actor may read, by thing; one statement at most."""
    found: dict[int, list[AttachmentLine]] = {}
    if not ids:
        return found
    wanted = select(Attachment).where(
        Attachment.community_id == community_id,
        Attachment.subject_kind == kind,
        Attachment.subject_id.in_(ids),
        Attachment.removed_at.is_(None),
    )
    for row in db.session.scalars(wanted.order_by(Attachment.number)):
        if may_read(actor, row):
            found.setdefault(row.subject_id, []).append(_line(row, actor))
    return found


def _files(here: Any, kind: Any, number: Any) -> Select[Attachment]:
    return _living(here, kind, number).order_by(Attachment.number)


def count(community_id: int, subject: Ref) -> int:
    """How many files a thing has."""
    wanted = select(func.count()).select_from(_living(community_id, subject.kind, subject.id).subquery())
    return db.session.scalar(wanted) or 0


def get_attachment(community_id: int, number: int) -> Attachment:
    """An attachment by its number, also one that was taken away. Raises NotFound."""
    row = db.session.scalar(select(Attachment).filter_by(community_id=community_id, number=number))
    if row is None:
        raise NotFound(N_("没有这个附件。"))
    return row


def get_readable(community_id: int, number: int) -> Attachment:
    """An attachment that is still there. Raises NotFound."""
    row = get_attachment(community_id, number)
    if row.removed_at is not None:
        raise NotFound(N_("这个附件已经删去了。"))
    return row


def readers_of(row: Attachment) -> Permission:
    """The verb that lets somebody read a file; one whose verb is gone is read by those who may remove it."""
    return next((verb for verb in permissions() if verb.name == row.readers), REMOVE_ATTACHMENT)


def may_read(actor: Actor, row: Attachment) -> bool:
    """Whether somebody may read a file: by its verb, or because it is their own."""
    own = actor.account_id is not None and actor.account_id == row.account_id
    return own or may(actor, readers_of(row), row.community_id)


def may_remove(actor: Actor, row: Attachment) -> bool:
    """Whether somebody may take a file away: it is their own, or they keep the desk."""
    own = actor.account_id is not None and actor.account_id == row.account_id
    return own or may(actor, REMOVE_ATTACHMENT, row.community_id)


def content(row: Attachment) -> bytes:
    """The bytes of a file. Raises NotFound where the storage has lost them."""
    found = fetch_file(row.path)
    if found is None:
        raise NotFound(N_("附件的内容现在取不到。请过一会儿再试，或告诉服务台。"))
    return found


def unneeded(community_id: int, before: datetime) -> Sequence[Attachment]:
    """Files taken away before a moment, whose bytes are still stored and needed by no other attachment."""
    other = aliased(Attachment)
    needed = select(other.digest).where(
        other.community_id == community_id, other.removed_at.is_(None) | (other.removed_at >= before)
    )
    return db.session.scalars(
        select(Attachment).where(
            Attachment.community_id == community_id,
            Attachment.removed_at < before,
            Attachment.dropped_at.is_(None),
            Attachment.digest.not_in(needed),
        )
    ).all()


def communities_with_removed(before: datetime) -> list[int]:
    """Communities that have files to forget."""
    waiting = select(Attachment.community_id).where(Attachment.removed_at < before, Attachment.dropped_at.is_(None))
    return list(db.session.scalars(waiting.distinct()))


def upload_url(
    actor: Actor, community_id: int, subject: Ref, matter: Ref | None, back: str, readers: Permission = PUBLIC
) -> str:
    """The address of a form by which this account, and nobody else, may attach files to a thing within a day.

    The slice to which the thing belongs decides who gets it; `back` is a path of this site to return to.
    """
    leave = {
        "account": actor.account_id,
        "community": community_id,
        "subject": str(subject),
        "matter": str(matter) if matter else "",
        "readers": readers.name,
        "back": back,
        "until": (clock.now() + LEAVE_TERM).isoformat(),
    }
    return url_for("attachments.attach_file", leave=encrypt(json.dumps(leave), LEAVE))


def get_leave(sealed: str, actor: Actor, community_id: int) -> Leave:
    """What an address of `upload_url` allows. Raises Malformed for one that is not this account's, or too old."""
    try:
        told = json.loads(decrypt(sealed, LEAVE))
    except (InvalidTag, ValueError):
        told = {}
    mine = told and told["account"] == actor.account_id and told["community"] == community_id
    if not mine or datetime.fromisoformat(told["until"]) < clock.now():
        raise Malformed(N_("这个上传地址不是您的，或者过期了。请回到原来那一页，再点“添加附件”。"))
    matter = Ref.parse(told["matter"]) if told["matter"] else None
    return Leave(actor.account_id, community_id, Ref.parse(told["subject"]), matter, told["readers"], told["back"])


def _living(here: Any, kind: Any, number: Any) -> Select[Attachment]:
    return select(Attachment).where(
        Attachment.community_id == here,
        Attachment.subject_kind == kind,
        Attachment.subject_id == number,
        Attachment.removed_at.is_(None),
    )


def _line(row: Attachment, actor: Actor) -> AttachmentLine:
    return AttachmentLine(
        row.number,
        row.name,
        KINDS[row.kind].words,
        row.size,
        row.at,
        row.readers == PUBLIC.name,
        url_for("attachments.attachment", number=row.number),
        url_for("attachments.remove_attachment", number=row.number) if may_remove(actor, row) else "",
    )
