"""What is told, read from the slices below."""

from app.notices.queries.board import Told, get_notice, notices
from app.notices.queries.diary import Appointment, diary, upcoming
from app.notices.queries.home import Home, home

__all__ = ["Appointment", "Home", "Told", "diary", "get_notice", "home", "notices", "upcoming"]
