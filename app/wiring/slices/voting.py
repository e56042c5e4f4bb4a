"""Voting: polls, ballots, outcomes."""

from app.core.house import House, NavItem
from app.core.words import N_
from app.voting import actions, cli, events, queries, routes


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.command("voting", cli.count_file)
    house.command("voting", cli.decide_case)
    house.command("voting", cli.verify_record)
    house.describers["poll"] = queries.links
    house.stations.append(queries.stations)
    house.turns.append(queries.turns)
    house.waiting.append(queries.waiting)
    house.searches.append(queries.search)
    house.words_for(events.WORDS)
    house.too_many(events.BallotCast, events.BallotHandedIn, events.BallotRead)
    house.nav.append(NavItem(30, N_("表决"), "vote", "voting.polls", "voting"))
    house.every(5.0, "voting.declare_due", actions.declare_due)
    house.every(10.0, "voting.draw_due_lots", actions.draw_due_lots)
    house.every(60.0, "voting.resume_prints", actions.resume_prints)
    house.every(3600.0, "voting.forget_prints", actions.forget_prints)
