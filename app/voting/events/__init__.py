"""What can happen to a poll. The record holds numbers, moments and hashes; a ballot's choice only inside its commitment."""

from app.voting.events import ballot, desk, export, papers, poll, refused
from app.voting.events.ballot import BallotCast, BallotsImported
from app.voting.events.desk import (
    BallotHandedIn,
    BallotRead,
    DeskChannel,
    DisputeSettled,
    IntakeVoided,
    MandateRegistered,
    MandateRevoked,
    ProxyBallotWeighed,
    ReadingsDiffered,
    ReadingWithdrawn,
)
from app.voting.events.export import VotesExported
from app.voting.events.papers import PaperReplaced, PapersIssued, PapersPrinted
from app.voting.events.poll import LotDrawn, OutcomeDeclared, PollAnnounced, PollAnnulled, PollClosed, PollOpened
from app.voting.events.refused import BallotRefused, RefusalCorrected, RefusalUndone, WhyRefused

WORDS: dict[type, str] = {**poll.WORDS, **ballot.WORDS, **papers.WORDS, **desk.WORDS, **export.WORDS, **refused.WORDS}

__all__ = [
    "WORDS",
    "BallotCast",
    "BallotHandedIn",
    "BallotRead",
    "BallotRefused",
    "BallotsImported",
    "DeskChannel",
    "DisputeSettled",
    "IntakeVoided",
    "LotDrawn",
    "MandateRegistered",
    "MandateRevoked",
    "OutcomeDeclared",
    "PaperReplaced",
    "PapersIssued",
    "PapersPrinted",
    "PollAnnounced",
    "PollAnnulled",
    "PollClosed",
    "PollOpened",
    "ProxyBallotWeighed",
    "ReadingWithdrawn",
    "ReadingsDiffered",
    "RefusalCorrected",
    "RefusalUndone",
    "VotesExported",
    "WhyRefused",
]
