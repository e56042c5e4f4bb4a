"""What the council keeps: seats and terms, meetings, motions, resolutions, minutes, tasks."""

from app.council.models.meetings import AgendaItem, Attendance, Meeting
from app.council.models.minutes import ActionItem, Minutes, MinutesObjection, MinutesSignature, MinutesVersion
from app.council.models.motions import Dissent, Motion, RecusalAnswer, RecusalClaim, Resolution
from app.council.models.seats import Seat, SeatTerm

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Attendance",
    "Dissent",
    "Meeting",
    "Minutes",
    "MinutesObjection",
    "MinutesSignature",
    "MinutesVersion",
    "Motion",
    "RecusalAnswer",
    "RecusalClaim",
    "Resolution",
    "Seat",
    "SeatTerm",
]
