"""What a posting may be about, and what hangs about a matter: what is put to the vote at an assembly was posted by its call."""

from collections.abc import Sequence

from app.assemblies.queries import KIND as ASSEMBLY
from app.assemblies.queries import assemblies, assemblies_about
from app.core.house import House, Link, Postable, Station
from app.core.memory import remember
from app.core.values import Ref
from app.core.words import N_
from app.procurement.queries import get_by_id as get_tender
from app.procurement.queries import tenders
from app.proposals.queries import AGENDA, DONE, proposals
from app.publication.queries import papers, stations
from app.voting.queries import get_poll, polls
from app.voting.rules.terms import SEATS

PROPOSAL, POLL, TENDER = "proposal", "poll", "tender"
MANY, LONGEST = 50, 60


def register(house: House) -> None:
    """Hang up."""
    house.stations.append(stations_of)
    house.papers.append(papers_of)
    house.postable[PROPOSAL] = Postable(N_("提案"), _proposals, lambda number: Ref(PROPOSAL, number))
    house.postable[ASSEMBLY] = Postable(N_("业主大会和居民投票"), _assemblies, lambda number: Ref(ASSEMBLY, number))
    house.postable[POLL] = Postable(N_("表决"), _polls, lambda number: get_poll(number).matter)
    house.postable[TENDER] = Postable(N_("采购"), _tenders, lambda number: get_tender(number).matter)


def _proposals(community_id: int) -> list[tuple[Ref, str]]:
    """What the desk has admitted: before that, a proposal is nobody's business but the neighbours'."""
    rows = [row for tab in (AGENDA, DONE) for row in proposals(community_id, tab, limit=MANY)[0]]
    return [(Ref(PROPOSAL, row.id), _called(row.number, row.title)) for row in rows]


def _assemblies(community_id: int) -> list[tuple[Ref, str]]:
    return [(row.ref, _called(row.number, row.title)) for row in assemblies(community_id, limit=MANY)]


def _polls(community_id: int) -> list[tuple[Ref, str]]:
    rows = [row for row in polls(community_id, limit=MANY) if row.terms.electorate != SEATS]
    return [(Ref(POLL, row.id), _called(row.number, row.question)) for row in rows]


def _tenders(community_id: int) -> list[tuple[Ref, str]]:
    return [(Ref(TENDER, row.id), _called(row.number, row.title)) for row in tenders(community_id, limit=MANY)]


def _called(number: int, title: str) -> str:
    words = " ".join(title.split())
    return f"{number}　{words if len(words) <= LONGEST else words[: LONGEST - 1] + '…'}"


def _names(matter: Ref) -> list[Ref]:
    """A matter, and the assemblies on whose notice it stands; one statement at most."""
    return [matter, *remember(("assemblies about", matter), lambda: assemblies_about(matter))]


def stations_of(matter: Ref) -> Sequence[Station]:
    """Whether a matter hangs or hung on the wall, by itself or on the call of an assembly; two statements."""
    return stations(*_names(matter))


def papers_of(matter: Ref) -> Sequence[Link]:
    """What hangs or hung about a matter, by itself or on the call of an assembly; two statements, one for an assembly."""
    return papers(*_names(matter))
