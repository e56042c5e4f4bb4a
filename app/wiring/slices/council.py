"""Council: the four parties, their meetings, minutes and tasks."""

from app.core.house import House, NavItem
from app.core.words import N_
from app.council import events, queries, reactions, routes
from app.identity.events import InvitationAccepted
from app.voting.events import BallotCast, OutcomeDeclared


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.describers["meeting"] = queries.meeting_links
    house.describers["motion"] = queries.motion_links
    house.describers["resolution"] = queries.resolution_links
    house.describers["seat"] = queries.seat_links
    house.stations.append(queries.stations)
    house.turns.append(queries.turns)
    house.waiting.append(queries.waiting)
    house.searches.append(queries.search)
    house.voices.extend(queries.SPEAKS_FOR)
    house.words_for(events.WORDS)
    house.nav.append(NavItem(20, N_("会议"), "meeting", "council.meetings", "council"))
    house.cross(InvitationAccepted, reactions.link_member)
    house.cross(OutcomeDeclared, reactions.settle)
    house.read(BallotCast, "council.close_full_vote", reactions.close_full_vote)
