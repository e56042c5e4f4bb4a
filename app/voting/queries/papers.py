"""Ballot papers: which lines have one, what a code opens, how far a printing has come."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.forms import half_width
from app.core.secrets import decrypt, fingerprint, read_paper_code
from app.core.storage import fetch_file
from app.core.values import Ref
from app.core.words import N_
from app.voting.models import BallotPaper, BallotPaperLine, BallotPrint, RollEntry
from app.voting.rules.papers import HOLDER, PaperLine, typed_code

CODE = "ballot-paper"
KEEP_PRINT = timedelta(days=1)
STALLED_AFTER = timedelta(minutes=1)
WORKING, DONE, REFUSED = "working", "done", "refused"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One sheet: its printed number, the lines of the roll that stand on it, and whether another took its place."""

    id: int
    poll_id: int
    number: int
    entry_ids: tuple[int, ...]
    void: bool

    @property
    def holder(self) -> Ref:
        """For what its code speaks: the sheet is a voter of its lines."""
        return Ref(HOLDER, self.id)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A valid sheet as it is printed: number, building, code, lines in their order."""

    number: int
    building: str
    code: str
    lines: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """How many lines of a building want a paper, and how many have a valid one."""

    building: str
    lines: int
    issued: int


@dataclass(frozen=True, slots=True)
class PrintRow:
    """A printing: what was asked for, how far it has come, why it was refused."""

    id: int
    community_id: int
    poll_id: int
    account_id: int | None
    title: str
    building: str
    per: str
    state: str
    done: int
    total: int
    path: str
    reason: str
    at: datetime


def code_print(code: str) -> str:
    """By what a code is found without being readable."""
    return fingerprint(read_paper_code(code), CODE)


def find_paper(poll_id: int, typed: str) -> PaperRow | None:
    """The sheet of a code as somebody typed or scanned it, void ones included, or None; two statements."""
    wanted = select(BallotPaper).filter_by(poll_id=poll_id, code_print=code_print(typed_code(typed)))
    row = db.session.scalar(wanted)
    return None if row is None else _paper(row)


def find_paper_by_id(poll_id: int, paper_id: int) -> PaperRow | None:
    """The sheet of a number of the database, or None."""
    row = db.session.scalar(select(BallotPaper).filter_by(id=paper_id, poll_id=poll_id))
    return None if row is None else _paper(row)


def _paper(row: BallotPaper) -> PaperRow:
    lines = select(BallotPaperLine.entry_id).filter_by(paper_id=row.id).order_by(BallotPaperLine.entry_id)
    return PaperRow(row.id, row.poll_id, row.number, tuple(db.session.scalars(lines)), row.void_at is not None)


def key_of(poll_id: int, typed: str) -> str:
    """The key of the line that somebody called by its key or its label. Raises NotFound."""
    called = " ".join(half_width(typed).split())
    wanted = select(RollEntry.key).where(
        RollEntry.poll_id == poll_id, or_(RollEntry.key == called, RollEntry.label == called)
    )
    key = db.session.scalar(wanted)
    if key is None:
        raise NotFound(N_("名册里没有“%(line)s”。请照名册上的写法再写一次。"), {"line": called[:40]})
    return key


def valid_paper_of(entry_id: int) -> PaperRow | None:
    """The sheet that is valid for a line, or None."""
    wanted = (
        select(BallotPaper)
        .join(BallotPaperLine, BallotPaperLine.paper_id == BallotPaper.id)
        .where(BallotPaperLine.entry_id == entry_id, BallotPaperLine.valid)
    )
    row = db.session.scalar(wanted)
    return None if row is None else _paper(row)


def lines_without_paper(poll_id: int, building: str = "") -> list[PaperLine]:
    """The lines that vote and have no valid sheet."""
    has = select(BallotPaperLine.entry_id).where(BallotPaperLine.poll_id == poll_id, BallotPaperLine.valid)
    wanted = select(RollEntry).where(
        RollEntry.poll_id == poll_id, RollEntry.recused.is_(False), RollEntry.id.not_in(has)
    )
    if building:
        wanted = wanted.where(RollEntry.building == building)
    return [_line(row) for row in db.session.scalars(wanted)]


def _line(row: RollEntry) -> PaperLine:
    return PaperLine(row.id, row.key, row.label, row.building, row.head, row.area)


def issued(poll_id: int) -> list[Issued]:
    """How many lines of each building have a sheet; one statement."""
    wanted = (
        select(RollEntry.building, func.count(), func.count(BallotPaperLine.entry_id))
        .outerjoin(BallotPaperLine, (BallotPaperLine.entry_id == RollEntry.id) & BallotPaperLine.valid)
        .where(RollEntry.poll_id == poll_id, RollEntry.recused.is_(False))
        .group_by(RollEntry.building)
    )
    return [Issued(*row) for row in db.session.execute(wanted)]


def sheets_of(poll_id: int, building: str = "") -> list[Sheet]:
    """The valid sheets of a poll with their codes, in the order of their numbers; two statements."""
    wanted = select(BallotPaper).where(BallotPaper.poll_id == poll_id, BallotPaper.void_at.is_(None))
    if building:
        wanted = wanted.where(BallotPaper.building == building)
    papers = list(db.session.scalars(wanted.order_by(BallotPaper.number)))
    lines = _lines_of(poll_id)
    return [
        Sheet(row.number, row.building, decrypt(row.code_sealed, CODE), tuple(lines.get(row.id, ()))) for row in papers
    ]


def _lines_of(poll_id: int) -> Mapping[int, Sequence[PaperLine]]:
    wanted = (
        select(BallotPaperLine.paper_id, RollEntry)
        .join(RollEntry, RollEntry.id == BallotPaperLine.entry_id)
        .where(BallotPaperLine.poll_id == poll_id, BallotPaperLine.valid)
        .order_by(RollEntry.place)
    )
    found: dict[int, list[PaperLine]] = {}
    for paper_id, row in db.session.execute(wanted):
        found.setdefault(paper_id, []).append(_line(row))
    return found


def get_print(community_id: int, poll_id: int, print_id: int) -> PrintRow:
    """A printing of the last day. Raises NotFound."""
    row = db.session.scalar(select(BallotPrint).filter_by(id=print_id, community_id=community_id, poll_id=poll_id))
    if row is None or row.at < clock.now() - KEEP_PRINT:
        raise NotFound(N_("这一批选票没有保留：印好的文件只放一天。可以再印一次，选票码不变。"))
    return _print(row)


def find_print_at_work(print_id: int) -> PrintRow | None:
    """A printing that was asked for and is not done."""
    row = db.session.scalar(select(BallotPrint).filter_by(id=print_id, state=WORKING))
    return None if row is None else _print(row)


def prints(poll_id: int) -> list[PrintRow]:
    """The printings of a poll of the last day, newest first."""
    wanted = select(BallotPrint).where(BallotPrint.poll_id == poll_id, BallotPrint.at >= clock.now() - KEEP_PRINT)
    return [_print(row) for row in db.session.scalars(wanted.order_by(BallotPrint.id.desc()))]


def stalled_prints() -> list[int]:
    """Printings on which nobody has worked for a minute: their job was lost."""
    wanted = select(BallotPrint.id).where(BallotPrint.state == WORKING, BallotPrint.at < clock.now() - STALLED_AFTER)
    return list(db.session.scalars(wanted))


def printed_file(row: PrintRow) -> bytes | None:
    """The sheets of a printing as one PDF, or None where they are not kept."""
    sealed = fetch_file(row.path) if row.path else None
    return None if sealed is None else b64decode(decrypt(sealed.decode(), CODE))


def old_prints() -> list[PrintRow]:
    """Printings whose day is over."""
    wanted = select(BallotPrint).where(BallotPrint.at < clock.now() - KEEP_PRINT)
    return [_print(row) for row in db.session.scalars(wanted)]


def _print(row: BallotPrint) -> PrintRow:
    return PrintRow(
        row.id,
        row.community_id,
        row.poll_id,
        row.account_id,
        row.title,
        row.building,
        row.per,
        row.state,
        row.done,
        row.total,
        row.path,
        row.reason,
        row.at,
    )
