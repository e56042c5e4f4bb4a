"""What is put to the vote at an assembly was posted by the assembly's call: the matter shows it, too."""

from collections.abc import Sequence

from app.assemblies.queries import assemblies_about
from app.core.house import House, Link, Station
from app.core.values import Ref
from app.publication.queries import papers, stations


def register(house: House) -> None:
    """Hang up."""
    house.stations.append(stations_of)
    house.papers.append(papers_of)


def stations_of(matter: Ref) -> Sequence[Station]:
    """Whether a matter hangs or hung on the wall, by itself or on the call of an assembly; two statements."""
    return stations(matter, *assemblies_about(matter))


def papers_of(matter: Ref) -> Sequence[Link]:
    """What hangs or hung about a matter, by itself or on the call of an assembly; two statements, one for an assembly."""
    return papers(matter, *assemblies_about(matter))
