"""Rows of what holds: the rules in force today, the public record, and which communities there are."""

from collections.abc import Iterator
from itertools import chain

from app.bylaws.queries import rules_in_force
from app.communities.queries import communities
from app.core import clock
from app.core.context import CommunityValue
from app.core.house import house
from app.journal.queries import Line, sealed_lines
from app.journal.rules import canonical
from app.opendata.queries.tables.matters import Row, page_of, paged

MANY = 1_000_000


def rules(here: CommunityValue) -> Iterator[Row]:
    """Every figure by which the community decides today."""
    for one in rules_in_force(here.id, clock.today(here.zone)):
        row = one.row
        yield (
            row.key, row.title, row.relation, str(row.value), row.unit, row.article, row.valid_from, row.valid_to, one.local,
            row.binding or one.local, row.version,
        )  # fmt: skip


def journal(here: CommunityValue) -> Iterator[Row]:
    """Everything that is sealed in the record, newest first; what is held back is not in it."""
    words = house().event_words
    portions = paged(lambda before, limit: sealed_lines(here.id, before, limit), _index)
    for line in chain.from_iterable(portions):
        sentence = words.get(line.event, "")
        matter = str(line.matter) if line.matter else None
        told = sentence % line.told if "%(" in sentence else sentence
        yield (_index(line) + 1, line.at, line.event, told, matter, canonical(line.told))


def all_communities() -> Iterator[Row]:
    """Every community of the site, by name."""
    for one in communities(limit=MANY):
        yield (one.slug, one.name, one.zone, page_of(one, "data"))


def _index(line: Line) -> int:
    assert line.index is not None
    return line.index
