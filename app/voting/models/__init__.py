"""Polls, their frozen rolls, ballot papers, the ballots received, the desk, mandates, the outcome."""

from app.voting.models.ballot import COUNTED, Ballot
from app.voting.models.desk import BallotIntake, BallotReading
from app.voting.models.mandate import ProxyMandate
from app.voting.models.papers import BallotPaper, BallotPaperLine, BallotPrint
from app.voting.models.poll import Poll, PollAnnulment, PollLot, PollOutcome
from app.voting.models.refused import RefusedBallot
from app.voting.models.roll import RollEntry, RollTold, RollVoter

__all__ = [
    "COUNTED",
    "Ballot",
    "BallotIntake",
    "BallotPaper",
    "BallotPaperLine",
    "BallotPrint",
    "BallotReading",
    "Poll",
    "PollAnnulment",
    "PollLot",
    "PollOutcome",
    "ProxyMandate",
    "RefusedBallot",
    "RollEntry",
    "RollTold",
    "RollVoter",
]
