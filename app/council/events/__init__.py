"""What can happen in the council. The record holds numbers, days, moments and closed words; texts and names stay beside it."""

from app.council.events import meetings, minutes, motions, seats
from app.council.events.meetings import (
    AgendaItemProposed,
    AgendaItemSettled,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingOpened,
    SeatCheckedIn,
    SeatLeft,
)
from app.council.events.minutes import (
    ActionItemAssigned,
    ActionItemFinished,
    MinutesDrafted,
    MinutesObjected,
    MinutesObjectionAnswered,
    MinutesPublished,
    MinutesSigned,
)
from app.council.events.motions import (
    DissentRecorded,
    InterestsStated,
    MotionDecided,
    MotionMoved,
    MotionPutToVote,
    MotionSeconded,
    MotionWithdrawn,
    RecusalAnswered,
    RecusalContested,
    RecusalDecided,
    ResolutionAdopted,
)
from app.council.events.seats import Party, SeatAdded, TermBegun, TermEnded

WORDS = {**seats.WORDS, **meetings.WORDS, **motions.WORDS, **minutes.WORDS}

__all__ = [
    "WORDS",
    "ActionItemAssigned",
    "ActionItemFinished",
    "AgendaItemProposed",
    "AgendaItemSettled",
    "DissentRecorded",
    "InterestsStated",
    "MeetingCancelled",
    "MeetingClosed",
    "MeetingConvened",
    "MeetingOpened",
    "MinutesDrafted",
    "MinutesObjected",
    "MinutesObjectionAnswered",
    "MinutesPublished",
    "MinutesSigned",
    "MotionDecided",
    "MotionMoved",
    "MotionPutToVote",
    "MotionSeconded",
    "MotionWithdrawn",
    "Party",
    "RecusalAnswered",
    "RecusalContested",
    "RecusalDecided",
    "ResolutionAdopted",
    "SeatAdded",
    "SeatCheckedIn",
    "SeatLeft",
    "TermBegun",
    "TermEnded",
]
