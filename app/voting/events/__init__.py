"""What can happen to a poll. The record holds numbers, moments and hashes; a ballot's choice only inside its commitment."""

from app.voting.events import ballot, papers, poll
from app.voting.events.ballot import BallotCast, BallotsImported
from app.voting.events.papers import PaperReplaced, PapersIssued, PapersPrinted
from app.voting.events.poll import OutcomeDeclared, PollAnnounced, PollClosed, PollOpened

WORDS = {**poll.WORDS, **ballot.WORDS, **papers.WORDS}

__all__ = [
    "WORDS",
    "BallotCast",
    "BallotsImported",
    "OutcomeDeclared",
    "PaperReplaced",
    "PapersIssued",
    "PapersPrinted",
    "PollAnnounced",
    "PollClosed",
    "PollOpened",
]
