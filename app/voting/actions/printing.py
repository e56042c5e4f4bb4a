"""Printing ballot papers: a thousand in one go, as a job that tells how far it has come."""

from base64 import b64encode
from uuid import uuid4

from sqlalchemy import update

from app.core import clock
from app.core.db import db, on_commit, transactional
from app.core.errors import check
from app.core.jobs import send
from app.core.permissions import authorize
from app.core.secrets import encrypt
from app.core.storage import drop_file, keep_file
from app.core.values import Actor
from app.journal.actions import record
from app.voting import queries
from app.voting.events import PapersPrinted
from app.voting.models import BallotPrint
from app.voting.permissions import PRINT_PAPERS
from app.voting.queries import papers
from app.voting.rules.papers import print_refusal

PRINT_JOB = "voting.print_papers"


@transactional
def begin_print(actor: Actor, poll_id: int, per: str, building: str = "", title: str = "") -> int:
    """Somebody asks for the papers of a poll or of one building; the jobs make them. Answers with the printing's number.

    `title` heads the papers, else their question does. Raises Forbidden, NotFound, Refused.
    """
    poll = queries.get_poll(poll_id)
    authorize(actor, PRINT_PAPERS, poll.community_id)
    check(print_refusal(poll.terms, poll.state, poll.lines > 0))
    row = BallotPrint(
        community_id=poll.community_id,
        poll_id=poll_id,
        account_id=actor.account_id,
        title=title or poll.question,
        building=building[:40],
        per=per,
        state=papers.WORKING,
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    print_id = row.id
    on_commit(lambda: send(PRINT_JOB, print_id))
    return print_id


@transactional
def note_print(print_id: int, done: int, total: int) -> None:
    """So many papers are made, of so many."""
    _change(print_id, done=done, total=total)


@transactional
def finish_print(actor: Actor, print_id: int, content: bytes, count: int) -> None:
    """The papers are ready: kept sealed for a day, and the record says that so many were printed."""
    row = papers.find_print_at_work(print_id)
    if row is None:
        return
    path = f"ballot-papers/{uuid4().hex}"
    keep_file(path, encrypt(b64encode(content).decode(), papers.CODE).encode())
    _change(print_id, state=papers.DONE, done=count, total=count, path=path)
    note_printing(actor, row.poll_id, count)


@transactional
def note_printing(actor: Actor, poll_id: int, count: int) -> None:
    """The record says that so many papers were printed, with their codes. Raises Forbidden, NotFound."""
    poll = queries.get_poll(poll_id)
    authorize(actor, PRINT_PAPERS, poll.community_id)
    record(PapersPrinted(poll.community_id, poll.id, poll.number, count), actor, poll.matter)


@transactional
def refuse_print(print_id: int, reason: str) -> None:
    """The papers cannot be made after all."""
    _change(print_id, state=papers.REFUSED, reason=reason[:400])


def resume_prints() -> None:
    """Work that was lost with its process is asked for again."""
    for print_id in papers.stalled_prints():
        note_print(print_id, 0, 0)
        send(PRINT_JOB, print_id)


@transactional
def forget_prints() -> None:
    """Printed codes are kept for a day and no longer."""
    for row in papers.old_prints():
        if row.path:
            drop_file(row.path)
            _forget_path(row.id)


def _forget_path(print_id: int) -> None:
    db.session.execute(update(BallotPrint).where(BallotPrint.id == print_id).values(path=""))


def _change(print_id: int, **values: object) -> None:
    db.session.execute(update(BallotPrint).where(BallotPrint.id == print_id).values(at=clock.now(), **values))
