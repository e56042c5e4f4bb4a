"""Feeds for readers of news: Atom (RFC 4287)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response, current_app, make_response, render_template

from app.core import clock

MEDIA_TYPE = "application/atom+xml"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One piece of news; `path` is its address on this site and for ever its name."""

    path: str
    title: str
    summary: str
    at: datetime
    author: str = ""
    updated: datetime | None = None


def atom(title: str, page: str, own: str, entries: Sequence[FeedEntry]) -> Response:
    """A feed of news, the newest first; `page` is the page that shows the same, `own` the feed's own address."""
    root = str(current_app.config["PUBLIC_URL"])
    lines = [
        {
            "url": root + entry.path,
            "title": entry.title,
            "summary": entry.summary,
            "author": entry.author,
            "at": stamp(entry.at),
            "updated": stamp(entry.updated or entry.at),
        }
        for entry in entries
    ]
    newest = max((entry.updated or entry.at for entry in entries), default=clock.now())
    values = {"title": title, "address": root + page, "own": root + own, "entries": lines, "updated": stamp(newest)}
    response = make_response(render_template("feeds/feed.xml", **values))
    response.mimetype = MEDIA_TYPE
    return response


def stamp(at: datetime) -> str:
    """A moment as RFC 3339 writes it, to the second."""
    return at.isoformat(timespec="seconds")
