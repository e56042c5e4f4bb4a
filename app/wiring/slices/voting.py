"""Voting: polls, ballots, outcomes."""

from app.core.house import House
from app.voting import actions, cli, events


def register(house: House) -> None:
    """Hang up."""
    house.command("voting", cli.decide_case)
    house.words_for(events.WORDS)
    house.every(5.0, "voting.declare_due", actions.declare_due)
