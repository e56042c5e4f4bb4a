"""Polls, their frozen rolls, the ballots received, the outcome."""

from app.voting.models.ballot import Ballot
from app.voting.models.poll import Poll, PollOutcome
from app.voting.models.roll import RollEntry, RollVoter

__all__ = ["Ballot", "Poll", "PollOutcome", "RollEntry", "RollVoter"]
