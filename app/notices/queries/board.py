"""Notices in the reader's words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from sqlalchemy import select

from app.core import clock, formats
from app.core.db import db
from app.core.errors import NotFound
from app.core.i18n import _, lang, zone
from app.core.words import N_
from app.notices import rules
from app.notices.models import Notice
from app.voting.rules import OUTCOME_WORDS

PAGE = 25


@dataclass(frozen=True, slots=True)
class Told:
    """A notice for a reader: its heading, its tag (word, colour, sign), its figures, where it leads."""

    number: int
    heading: str
    tag: tuple[str, str, str]
    facts: tuple[tuple[str, str], ...]
    at: datetime
    url: str
    subject_url: str

    @property
    def summary(self) -> str:
        """The figures on one line."""
        return _("，").join(f"{name}{value}" if lang() == "zh" else f"{name} {value}" for name, value in self.facts)


def notices(community_id: int, before: int | None = None, limit: int = PAGE) -> tuple[list[Told], int | None]:
    """One page of a community's notices, the newest first, and the number before which the next begins; one statement."""
    wanted = select(Notice).where(Notice.community_id == community_id)
    if before is not None:
        wanted = wanted.where(Notice.number < before)
    rows = db.session.scalars(wanted.order_by(Notice.number.desc()).limit(limit + 1)).all()
    return [_told(row) for row in rows[:limit]], rows[limit - 1].number if len(rows) > limit else None


def get_notice(community_id: int, number: int) -> Told:
    """A notice by its number. Raises NotFound."""
    row = db.session.scalar(select(Notice).filter_by(community_id=community_id, number=number))
    if row is None:
        raise NotFound(N_("没有这份通知。可能是编号写错了。"))
    return _told(row)


def _told(row: Notice) -> Told:
    kind, told = rules.KINDS[row.event], json.loads(row.facts)
    facts = tuple((_(label), _worded(told[field], how)) for label, field, how in kind.facts if told.get(field))
    return Told(
        row.number,
        _(kind.heading) % {"about": row.about, **told},
        (_(kind.word), kind.colour, kind.sign),
        facts,
        row.at,
        url_for("notices.notice", number=row.number),
        _address(kind, told),
    )


def _address(kind: rules.Kind, told: Mapping[str, Any]) -> str:
    if not all(told.get(key) for key in kind.keys):
        return ""
    values = {key if key == "year" else "number": told[key] for key in kind.keys}
    return url_for(kind.endpoint, **values)


def _worded(value: Any, how: str) -> str:
    now = clock.now().astimezone(zone())
    match how:
        case rules.MOMENT:
            return formats.moment(datetime.fromisoformat(value).astimezone(zone()), now, lang())
        case rules.DAY:
            return formats.day(date.fromisoformat(value), now, lang())
        case rules.MONEY:
            return formats.plain_money(value, lang())
    return _(OUTCOME_WORDS[value])
