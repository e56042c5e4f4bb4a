"""What is told of when it has happened below."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.assemblies.queries import get_assembly
from app.council.queries import get_resolution_by_id, meetings_of
from app.notices import rules
from app.notices.actions import post_notice
from app.procurement.queries import get_by_id as get_tender
from app.proposals.queries import get_proposal
from app.publication.queries import get_by_id as get_posting
from app.voting.queries import get_poll
from app.voting.rules.terms import SEATS

PLAIN = frozenset({"event", "matter", "at", "entry_id", "community_id"})


def tell(entry: Mapping[str, Any]) -> None:
    """An entry that concerns everybody becomes a notice, with what the thing is called now."""
    event, told = str(entry["event"]), {name: value for name, value in entry.items() if name not in PLAIN}
    about, more, by_council = _about(event, entry)
    if rules.worth_telling(event, told, by_council=by_council):
        at = datetime.fromisoformat(str(entry["at"]))
        post_notice(int(entry["community_id"]), int(entry["entry_id"]), event, about, {**told, **more}, at)


def _about(event: str, entry: Mapping[str, Any]) -> tuple[str, dict[str, int], bool]:
    """What a thing is called, the numbers that its address wants beyond the event's, and whether the council voted."""
    match event:
        case "ProposalAdmitted":
            return get_proposal(entry["proposal_id"]).title, {}, False
        case "ResolutionAdopted":
            found = get_resolution_by_id(entry["resolution_id"])
            return f"{found.label} {found.title}", {}, False
        case "MinutesPublished":
            return "", {"meeting": meetings_of([entry["meeting_id"]])[entry["meeting_id"]].number}, False
        case "AssemblyConvened":
            return get_assembly(entry["community_id"], entry["number"]).title, {}, False
        case "OutcomeDeclared":
            poll = get_poll(entry["poll_id"])
            return poll.question, {}, poll.terms.electorate == SEATS
        case "PostingPublished" | "PostingWithdrawn" | "PostingEnded":
            return get_posting(entry["posting_id"]).title, {}, False
        case "TenderPublished" | "TenderFailed" | "AwardPublished" | "ContractSigned":
            tender = get_tender(entry["tender"])
            return tender.title, {"tender_number": tender.number}, False
    return "", {}, False
