"""Finding assemblies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.assemblies.models import Assembly
from app.core.db import db
from app.core.errors import NotFound
from app.core.house import Link
from app.core.values import Ref
from app.core.words import N_
from app.voting import queries as voting

KIND = "assembly"


@dataclass(frozen=True, slots=True)
class AssemblyRow:
    """An assembly and the poll that decides it."""

    id: int
    community_id: int
    number: int
    electorate: str
    title: str
    poll_id: int | None

    @property
    def ref(self) -> Ref:
        """The matter that its poll is about."""
        return Ref(KIND, self.id)


def _row(found: Assembly) -> AssemblyRow:
    return AssemblyRow(found.id, found.community_id, found.number, found.electorate, found.title, found.poll_id)


def get_assembly(community_id: int, number: int) -> AssemblyRow:
    """The assembly that people call by this number. Raises NotFound."""
    found = db.session.scalar(select(Assembly).filter_by(community_id=community_id, number=number))
    if found is None:
        raise NotFound(N_("没有这次业主大会或居民投票。"))
    return _row(found)


def find_by_source(community_id: int, source_sha256: str) -> AssemblyRow | None:
    """The assembly that came in from a file, or None."""
    found = db.session.scalar(select(Assembly).filter_by(community_id=community_id, source_sha256=source_sha256))
    return None if found is None else _row(found)


def assemblies(community_id: int, limit: int = 50) -> list[AssemblyRow]:
    """The assemblies of a community, newest first."""
    wanted = select(Assembly).filter_by(community_id=community_id).order_by(Assembly.number.desc()).limit(limit)
    return [_row(row) for row in db.session.scalars(wanted)]


def links(assembly_ids: Sequence[int]) -> Mapping[int, Link]:
    """What several assemblies are called; each stands where its poll does. Two statements."""
    wanted = select(Assembly.id, Assembly.title, Assembly.poll_id).where(Assembly.id.in_(assembly_ids))
    rows = list(db.session.execute(wanted))
    polls = voting.links([row.poll_id for row in rows if row.poll_id is not None])
    return {row.id: Link(row.title, polls[row.poll_id].url, KIND) for row in rows if row.poll_id in polls}
