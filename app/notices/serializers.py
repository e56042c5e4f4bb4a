"""The diary as other programs read it (iCalendar, RFC 5545)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from app.notices.queries import Appointment

MEDIA_TYPE = "text/calendar"
EVERY = timedelta(hours=6)


def calendar(name: str, host: str, root: str, items: Sequence[Appointment], now: datetime) -> bytes:
    """A calendar that programs subscribe to; each appointment keeps its name for ever, also when it is called off."""
    from icalendar import Calendar, Event  # noqa: PLC0415  a server answers sooner without it

    made = Calendar()
    made.add("prodid", f"-//{host}//sifang//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    for item in items:
        event = Event()
        event.add("uid", f"{item.kind}-{item.id}@{host}")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", item.at.astimezone(UTC))
        if item.ends is not None:
            event.add("dtend", item.ends.astimezone(UTC))
        event.add("summary", item.title)
        if item.note:
            event.add("description", item.note)
        if item.place:
            event.add("location", item.place)
        event.add("url", root + item.url)
        event.add("status", "CANCELLED" if item.cancelled else "CONFIRMED")
        made.add_component(event)
    return bytes(made.to_ical())
