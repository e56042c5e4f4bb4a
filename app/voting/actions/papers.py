"""Ballot papers: each has a code of its own, is printed with all the others, and is replaced when it was lost."""

from collections.abc import Sequence

from sqlalchemy import delete, func, insert, select, update

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.permissions import authorize
from app.core.secrets import encrypt, paper_code
from app.core.values import Actor
from app.journal.actions import record
from app.voting import queries
from app.voting.actions.holding import living_poll
from app.voting.events import PaperReplaced, PapersIssued
from app.voting.models import BallotPaper, BallotPaperLine, RollVoter
from app.voting.permissions import PRINT_PAPERS
from app.voting.queries import papers
from app.voting.queries.polls import PollRow
from app.voting.rules.papers import CODE_GROUPS, HOLDER, print_refusal, reissue_refusal, sheets

AT_ONCE = 50


@transactional
def issue_papers(actor: Actor, poll_id: int, per: str, building: str = "", most: int = AT_ONCE) -> int:
    """Every line of the roll gets a ballot paper with a code of its own: one a unit, or one for an owner of several.

    Makes at most `most` papers at a time and answers how many; none are left when it answers 0. A paper that was made
    stays. Raises Forbidden, NotFound, Refused. Source: 业主大会和业主委员会指导规则 22.
    """
    poll = living_poll(poll_id, alone=True)
    authorize(actor, PRINT_PAPERS, poll.community_id)
    check(print_refusal(poll.terms, poll.state, poll.lines > 0))
    wanted = sheets(papers.lines_without_paper(poll_id, building), per)[:most]
    if not wanted:
        return 0
    first = _next_number(poll_id)
    for number, lines in enumerate(wanted, first):
        _issue(poll, number, [line.entry_id for line in lines], lines[0].building)
    record(PapersIssued(poll.community_id, poll_id, poll.number, len(wanted)), actor, poll.matter)
    return len(wanted)


@transactional
def reissue_paper(actor: Actor, poll_id: int, key: str) -> int:
    """A paper that was lost or spoilt is void, and its lines get another with a new code. Answers with its number.

    Ballots that came in by the old code stay: which ballot of a line counts is for the precedence to say. Raises
    Forbidden, NotFound, Refused.
    """
    poll = living_poll(poll_id, alone=True)
    authorize(actor, PRINT_PAPERS, poll.community_id)
    line = queries.find_line(poll_id, key)
    old = papers.valid_paper_of(line.id) if line else None
    check(reissue_refusal(poll.terms, poll.state, old is not None))
    assert old is not None, "the rule refuses what was never issued"
    building = db.session.scalar(select(BallotPaper.building).filter_by(id=old.id)) or ""
    db.session.execute(update(BallotPaper).where(BallotPaper.id == old.id).values(void_at=clock.now()))
    db.session.execute(update(BallotPaperLine).where(BallotPaperLine.paper_id == old.id).values(valid=False))
    db.session.execute(delete(RollVoter).where(RollVoter.kind == HOLDER, RollVoter.ref_id == old.id))
    number = _next_number(poll_id)
    _issue(poll, number, old.entry_ids, building)
    record(PaperReplaced(poll.community_id, poll_id, poll.number, old.number, number), actor, poll.matter)
    return number


def _next_number(poll_id: int) -> int:
    return (db.session.scalar(select(func.max(BallotPaper.number)).filter_by(poll_id=poll_id)) or 0) + 1


def _issue(poll: PollRow, number: int, entry_ids: Sequence[int], building: str) -> None:
    code = paper_code(CODE_GROUPS)
    row = BallotPaper(
        community_id=poll.community_id,
        poll_id=poll.id,
        number=number,
        building=building,
        code_sealed=encrypt(code, papers.CODE),
        code_print=papers.code_print(code),
        issued_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    of = {"community_id": poll.community_id, "poll_id": poll.id}
    lines = [{**of, "paper_id": row.id, "entry_id": entry_id, "valid": True} for entry_id in entry_ids]
    db.session.execute(insert(BallotPaperLine), lines)
    # The paper is a voter of its lines from now on; the hash of the roll does not name voters.
    voters = [{**of, "entry_id": entry_id, "kind": HOLDER, "ref_id": row.id} for entry_id in entry_ids]
    db.session.execute(insert(RollVoter), voters)
