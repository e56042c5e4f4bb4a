"""Finding assemblies and what is on their notices."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy import literal, select

from app.assemblies.models import Assembly, AssemblyItem
from app.assemblies.rules import DraftItem
from app.core.db import db
from app.core.errors import NotFound
from app.core.house import Hit, Link, Sought
from app.core.i18n import _
from app.core.values import Actor, Ref
from app.core.words import N_
from app.voting import queries as voting
from app.voting.queries import PollRow

KIND, ITEM, REQUEST = "assembly", "assembly_item", "assembly_request"
PAGE, MANY = 25, 20


@dataclass(frozen=True, slots=True)
class AssemblyRow:
    """An assembly as its notice calls it; `notice` is the text as it was posted."""

    id: int
    community_id: int
    number: int
    electorate: str
    title: str
    notice: str
    extraordinary: bool
    created_at: datetime
    opens_at: datetime | None
    closes_at: datetime | None
    imported: bool

    @property
    def ref(self) -> Ref:
        """The matter to which everything about it belongs."""
        return Ref(KIND, self.id)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One matter on a notice with its vote."""

    id: int
    place: int
    title: str
    question: str
    matter: int | None
    origin: Ref | None
    poll: PollRow | None


def row_of(found: Assembly) -> AssemblyRow:
    """An assembly taken off the database."""
    return AssemblyRow(
        found.id,
        found.community_id,
        found.number,
        found.electorate,
        found.title,
        found.notice,
        found.extraordinary,
        found.created_at,
        found.opens_at,
        found.closes_at,
        found.source_sha256 is not None,
    )


def _one(community_id: int, number: int, *, held: bool) -> AssemblyRow:
    wanted = select(Assembly).filter_by(community_id=community_id, number=number)
    if held:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound(N_("没有这次业主大会或居民投票。"))
    return row_of(found)


def get_assembly(community_id: int, number: int) -> AssemblyRow:
    """The assembly that people call by this number. Raises NotFound."""
    return _one(community_id, number, held=False)


def get_by_id(assembly_id: int) -> AssemblyRow:
    """The assembly of a number of the database. Raises NotFound."""
    found = db.session.get(Assembly, assembly_id)
    if found is None:
        raise NotFound(N_("没有这次业主大会或居民投票。"))
    return row_of(found)


def hold_assembly(community_id: int, number: int) -> AssemblyRow:
    """The same, held until the action ends. Raises NotFound."""
    return _one(community_id, number, held=True)


def find_by_source(community_id: int, source_sha256: str) -> AssemblyRow | None:
    """The assembly that came in from a file, or None."""
    found = db.session.scalar(select(Assembly).filter_by(community_id=community_id, source_sha256=source_sha256))
    return None if found is None else row_of(found)


def assemblies(community_id: int, before: int | None = None, limit: int = PAGE) -> list[AssemblyRow]:
    """The assemblies of a community, newest first, from before a number on."""
    wanted = select(Assembly).filter_by(community_id=community_id)
    if before is not None:
        wanted = wanted.where(Assembly.number < before)
    return [row_of(row) for row in db.session.scalars(wanted.order_by(Assembly.number.desc()).limit(limit))]


def items_of(assembly_ids: Collection[int]) -> Mapping[int, list[ItemRow]]:
    """What is on the notices of several assemblies, with the votes; two statements."""
    wanted = select(AssemblyItem).where(AssemblyItem.assembly_id.in_(assembly_ids))
    rows = db.session.scalars(wanted.order_by(AssemblyItem.assembly_id, AssemblyItem.place)).all()
    polls = voting.polls_by_id([row.poll_id for row in rows if row.poll_id is not None])
    found: dict[int, list[ItemRow]] = {number: [] for number in assembly_ids}
    for row in rows:
        found[row.assembly_id].append(
            ItemRow(row.id, row.place, row.title, row.question, row.matter, row.origin, polls.get(row.poll_id or 0))
        )
    return found


def draft_items(assembly_id: int) -> list[tuple[DraftItem, PollRow | None]]:
    """What was on a notice, as it would be written again, each with its vote."""
    return [
        (DraftItem(row.title, row.question, row.matter or 0, str(row.origin) if row.origin else ""), row.poll)
        for row in items_of([assembly_id])[assembly_id]
    ]  # fmt: skip


def assemblies_of_polls(poll_ids: Collection[int]) -> Mapping[int, int]:
    """The assemblies to which some votes belong, by vote; one statement."""
    if not poll_ids:
        return {}
    wanted = select(AssemblyItem.poll_id, AssemblyItem.assembly_id).where(AssemblyItem.poll_id.in_(poll_ids))
    return {row.poll_id or 0: row.assembly_id for row in db.session.execute(wanted)}


def assemblies_about(matter: Ref) -> list[Ref]:
    """The assemblies at which something that is no assembly itself is put to the vote; one statement at most."""
    if matter.kind == KIND:
        return []
    wanted = select(AssemblyItem.assembly_id).order_by(AssemblyItem.id)
    if matter.kind == ITEM:
        wanted = wanted.where(AssemblyItem.id == matter.id)
    else:
        wanted = wanted.where(AssemblyItem.origin_kind == matter.kind, AssemblyItem.origin_id == matter.id)
    return [Ref(KIND, number) for number in dict.fromkeys(db.session.scalars(wanted))]


def links(assembly_ids: Sequence[int]) -> Mapping[int, Link]:
    """What several assemblies are called and where they stand; one statement."""
    wanted = select(Assembly.id, Assembly.title, Assembly.number).where(Assembly.id.in_(assembly_ids))
    return {row.id: Link(row.title, _url(row.number), KIND) for row in db.session.execute(wanted)}


def item_links(item_ids: Sequence[int]) -> Mapping[int, Link]:
    """What several matters on notices are called; each stands on the page of its assembly. One statement."""
    wanted = (
        select(AssemblyItem.id, AssemblyItem.title, Assembly.number)
        .join(Assembly, Assembly.id == AssemblyItem.assembly_id)
        .where(AssemblyItem.id.in_(item_ids))
    )
    return {row.id: Link(row.title, _url(row.number), ITEM) for row in db.session.execute(wanted)}


def _url(number: int) -> str:
    return url_for("assemblies.assembly", number=number)


def search(community_id: int, words: str, _actor: Actor) -> list[Sought]:
    """Assemblies whose title holds some words, the newest first."""
    wanted = (
        select(Assembly.number, Assembly.title, Assembly.created_at, literal(""))
        .where(Assembly.community_id == community_id, Assembly.title.contains(words, autoescape=True))
        .order_by(Assembly.id.desc())
        .limit(MANY)
    )
    return [Sought(wanted, lambda row: Hit(row[1], _url(row[0]), _("业主大会"), row[2]))]
