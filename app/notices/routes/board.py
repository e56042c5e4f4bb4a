"""The notice board, its feed, and the calendar of what is coming."""

from urllib.parse import urlsplit

from flask import Response, current_app, make_response, render_template, request, url_for
from markupsafe import Markup

from app.core import clock
from app.core.context import community
from app.core.feeds import FeedEntry, atom
from app.core.i18n import _, lang
from app.core.memory import remember
from app.core.pages import access, community_pages, fresh, page
from app.core.permissions import PUBLIC
from app.core.values import Actor
from app.notices import queries
from app.notices.serializers import MEDIA_TYPE, calendar

pages = community_pages("notices")
FEED = 30


@pages.get("/notices")
@access(PUBLIC)
def notices() -> Response:
    """Everything that everybody was told, the newest first."""
    before = request.args.get("before", "")
    place = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    found, older = queries.notices(community().id, place)
    coming = remember(("coming", community().id, lang()), lambda: queries.upcoming(community().id))
    return fresh(page("notices/notices.html", notices=found, older=older, paged=place is not None, coming=coming))


@pages.get("/notices/<int:number>")
@access(PUBLIC)
def notice(number: int) -> Response:
    """One notice, made to be printed and put up."""
    return fresh(page("notices/notice.html", notice=queries.get_notice(community().id, number)))


@pages.get("/notices/feed.atom")
@access(PUBLIC)
def feed() -> Response:
    """The newest notices, for feed readers (Atom, RFC 4287)."""
    found, _older = queries.notices(community().id, None, FEED)
    entries = [FeedEntry(one.url, one.heading, one.summary or one.heading, one.at) for one in found]
    title = _("%(name)s的通知", name=community().name)
    return fresh(atom(title, url_for(".notices"), url_for(".feed"), entries))


@pages.get("/calendar.ics")
@access(PUBLIC)
def diary() -> Response:
    """Meetings and deadlines, for the calendar of a telephone (iCalendar, RFC 5545)."""
    items = remember(("diary", community().id, lang()), lambda: queries.diary(community().id))
    root = str(current_app.config["PUBLIC_URL"])
    name = _("%(name)s的日程", name=community().name)
    response = make_response(calendar(name, urlsplit(root).netloc, root, items, clock.now()))
    response.mimetype = MEDIA_TYPE
    response.headers["Content-Disposition"] = f'inline; filename="{community().slug}.ics"'
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def coming_panel(community_id: int, actor: Actor) -> Markup:
    """What comes next, beside the things that wait for a reader."""
    del actor
    coming = remember(("coming", community_id, lang()), lambda: queries.upcoming(community_id))
    return Markup(render_template("notices/_coming.html", coming=coming))  # noqa: S704  a template of our own, escaped
