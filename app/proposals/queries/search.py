"""Finding proposals by words: cut by a dictionary, looked up by an index, the same on every database."""

import re
from collections.abc import Iterable

import rjieba
from flask import url_for
from sqlalchemy import func, select

from app.core.db import db
from app.core.forms import clean, half_width
from app.core.house import Hit
from app.core.i18n import _
from app.core.values import Actor
from app.proposals.models import Proposal, ProposalWord
from app.proposals.queries.lists import LISTED, ListedProposal, listed

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
    typed = clean(half_width(typed))
    number = NUMBER.match(typed)
    wanted = LISTED.where(Proposal.community_id == community_id).order_by(Proposal.number.desc())
    if number:
        rows = db.session.execute(wanted.where(Proposal.number == int(number[1]))).all()
        if rows:
            return [listed(row) for row in rows]
    words = _asked(typed)
    if words:
        ids = (
            select(ProposalWord.proposal_id)
            .where(ProposalWord.community_id == community_id, ProposalWord.word.in_(words))
            .group_by(ProposalWord.proposal_id)
            .having(func.count() == len(words))
            .order_by(ProposalWord.proposal_id.desc())
            .limit(limit)
        )
        rows = db.session.execute(wanted.where(Proposal.id.in_(select(ids.subquery().c.proposal_id)))).all()
        if rows:
            return [listed(row) for row in rows]
    part = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    if not part:
        return []
    rows = db.session.execute(wanted.where(Proposal.title.like(f"%{part}%", escape="\\")).limit(limit)).all()
    return [listed(row) for row in rows]


def _asked(typed: str) -> list[str]:
    cut: Iterable[str] = rjieba.cut(typed.lower())
    words = {word.strip()[:LONGEST_WORD] for word in cut}
    return [word for word in words if word and word[0].isalnum() and word not in EMPTY]


def search(community_id: int, words: str, actor: Actor) -> list[Hit]:
    """Proposals for the search over everything."""
    del actor
    return [
        Hit(
            one.title,
            url_for("proposals.proposal", number=one.number),
            _("提案第%(number)s号", number=one.number),
            one.at,
            one.excerpt,
        )
        for one in find_by_words(community_id, words)
    ]
