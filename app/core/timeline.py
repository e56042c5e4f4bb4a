"""The seven stations of a matter as the reader sees them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core import clock, formats
from app.core.house import DONE, NOW, Station, Stations, timeline
from app.core.i18n import _, lang, zone
from app.core.values import Ref
from app.core.words import N_

LABELS = {
    "propose": N_("提案"),
    "notice": N_("公示"),
    "discuss": N_("讨论"),
    "vote": N_("表决"),
    "resolve": N_("决议"),
    "carry-out": N_("执行"),
    "review": N_("评价"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One station in words: what `components/steps.html` draws."""

    name: str
    label: str
    state: str
    when: str


def steps(matter: Ref, ask: Sequence[Stations] | None = None) -> list[Step]:
    """Where a matter stands: what is done, what goes on, what is to come, with its days; `ask` as in `timeline`."""
    return [
        Step(station.name, _(LABELS[station.name]), station.state, _when(station)) for station in timeline(matter, ask)
    ]


def _when(station: Station) -> str:
    now = clock.now().astimezone(zone())
    since, until = station.since, station.until
    if station.state == NOW and until:
        return str(_("到%(day)s", day=formats.short_day(until, now, lang())))
    if station.state == DONE and since and until and since != until:
        return formats.span(since, until, now, lang())
    day = since or until
    return formats.short_day(day, now, lang()) if day else ""
