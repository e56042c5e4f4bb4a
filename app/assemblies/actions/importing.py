"""Bringing in a residents' poll that was held elsewhere."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from app.assemblies import queries
from app.assemblies.actions.convening import put_assembly, put_item
from app.assemblies.permissions import CONVENE_ASSEMBLY
from app.assemblies.rules import LONGEST_TITLE, RESIDENTS, DraftItem, import_refusal
from app.bylaws.queries import law
from app.communities.queries import get_community
from app.core import clock
from app.core.db import transactional
from app.core.errors import Refused, check
from app.core.permissions import authorize
from app.core.values import Actor, Entry, Ref, Refusal
from app.core.words import N_
from app.voting import actions as voting
from app.voting.actions import Progress, quietly
from app.voting.rules import Election
from app.voting.rules.methods import imported_ballots, imported_terms


@dataclass(frozen=True, slots=True)
class ImportedPoll:
    """A poll that came in: its number, how many options it has and how many ballots were taken."""

    poll_number: int
    options: int
    ballots: int


@transactional
def import_residents_poll(
    actor: Actor, community_id: int, election: Election, source_sha256: str, progress: Progress = quietly
) -> ImportedPoll:
    """A residents' poll that was held elsewhere comes in with its options and ballots, closed and counted.

    Its voters are known by pseudonym only; nobody here may cast a ballot in it. A file comes in once. Raises Forbidden, and
    Refused for ballots of an unknown kind, a window that is not over, a file that is here already.
    """
    authorize(actor, CONVENE_ASSEMBLY, community_id)
    check(import_refusal(election.vote_type, election.votes))
    known = queries.find_by_source(community_id, source_sha256)
    if known is not None:
        raise Refused(Refusal(N_("这个文件已经导入过了，是“%(title)s”。"), {"title": known.title}))
    zone = ZoneInfo(get_community(community_id).zone)
    opens_at, closes_at = _window(election, zone)
    title = (election.title or election.options[0].label)[:LONGEST_TITLE]
    assembly = put_assembly(actor, community_id, RESIDENTS, title, opens_at, closes_at, source=source_sha256)
    ballots = dict(imported_ballots(election))
    imported = voting.import_poll(
        actor,
        community_id,
        Ref(queries.KIND, assembly.id),
        title,
        imported_terms(election, clock.today(zone.key), partial(law, community_id)),
        [Entry(voter, voter) for voter in ballots],
        ballots,
        opens_at,
        closes_at,
        len(election.rejected),
        progress,
    )
    put_item(assembly, 1, DraftItem(title, title), imported.poll_id)
    return ImportedPoll(imported.number, len(election.options), imported.ballots)


def _window(election: Election, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The days that the file names, whole; where it names none, yesterday."""
    yesterday = clock.today(zone.key) - timedelta(days=1)
    begins, ends = election.begins or election.ends or yesterday, election.ends or election.begins or yesterday
    opens_at = datetime.combine(begins, time.min, zone)
    return opens_at.astimezone(UTC), datetime.combine(ends, time(23, 59, 59), zone).astimezone(UTC)
