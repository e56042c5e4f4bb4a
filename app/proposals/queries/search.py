"""Finding proposals by words: cut by a dictionary, looked up by an index, the same on every database."""

import re
from collections.abc import Iterable
from typing import Any

import rjieba
from flask import url_for
from sqlalchemy import ColumnElement, exists, func, select

from app.core.db import db
from app.core.forms import clean, half_width
from app.core.house import Hit, Sought
from app.core.i18n import _
from app.core.values import Actor
from app.proposals.models import Proposal, ProposalWord
from app.proposals.queries.lists import EXCERPT, LISTED, ListedProposal, excerpt, listed

MOST_WORDS, LONGEST_WORD, FOUND = 200, 40, 30
NUMBER = re.compile(r"(?:第|提案)*\s*(\d{1,9})\s*号?(?:提案)?\Z")
EMPTY = frozenset("的了和与及或在是把被对从为也都就而着过吗呢吧")


def words_of(text: str) -> list[str]:
    """The words of a text that carry meaning, each once, in the order of their first place; at most 200."""
    found: dict[str, None] = {}
    for word in map(str.strip, rjieba.cut_for_search(half_width(text).lower())):
        if word and word[0].isalnum() and word not in EMPTY:
            found[word[:LONGEST_WORD]] = None
    return list(found)[:MOST_WORDS]


def find_by_words(community_id: int, typed: str, limit: int = FOUND) -> list[ListedProposal]:
    """Proposals in which every word stands, or whose title has them as typed, or with that number; the newest first."""
    for condition in _ways(community_id, clean(half_width(typed)), limit):
        wanted = LISTED.where(Proposal.community_id == community_id, condition)
        rows = db.session.execute(wanted.order_by(Proposal.number.desc()).limit(limit)).all()
        if rows:
            return [listed(row) for row in rows]
    return []


def _ways(community_id: int, typed: str, limit: int) -> list[ColumnElement[bool]]:
    """What a proposal must be to be meant, one way after the other: the first that finds anything is the answer."""
    ways: list[ColumnElement[bool]] = []
    number, words = NUMBER.match(typed), _asked(typed)
    if number:
        ways.append(Proposal.number == int(number[1]))
    if words:
        ids = (
            select(ProposalWord.proposal_id)
            .where(ProposalWord.community_id == community_id, ProposalWord.word.in_(words))
            .group_by(ProposalWord.proposal_id)
            .having(func.count() == len(words))
            .order_by(ProposalWord.proposal_id.desc())
            .limit(limit)
        )
        ways.append(Proposal.id.in_(select(ids.subquery().c.proposal_id)))
    part = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    if part:
        ways.append(Proposal.title.like(f"%{part}%", escape="\\"))
    return ways


def _asked(typed: str) -> list[str]:
    cut: Iterable[str] = rjieba.cut(typed.lower())
    words = {word.strip()[:LONGEST_WORD] for word in cut}
    return [word for word in words if word and word[0].isalnum() and word not in EMPTY]


def search(community_id: int, words: str, actor: Actor) -> list[Sought]:
    """Proposals for the search over everything, as `find_by_words`."""
    del actor
    columns = (Proposal.number, Proposal.title, Proposal.submitted_at, func.substr(Proposal.body, 1, EXCERPT))
    found: list[Sought] = []
    before: list[Any] = []
    for condition in _ways(community_id, clean(half_width(words)), FOUND):
        its = (Proposal.community_id == community_id, condition)
        wanted = select(*columns).where(*its, *before).order_by(Proposal.number.desc()).limit(FOUND)
        found.append(Sought(wanted, _hit))
        before.append(~exists(select(Proposal.id).where(*its).correlate(None)))
    return found


def _hit(row: Any) -> Hit:
    number, title, at, text = row
    url = url_for("proposals.proposal", number=number)
    return Hit(title, url, _("提案第%(number)s号", number=number), at, excerpt(text))
