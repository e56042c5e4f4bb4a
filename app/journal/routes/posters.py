"""The head of the log on paper, for the notice board: made afresh whenever somebody prints it."""

from datetime import timedelta

from flask import Response, make_response, request, url_for

from app.core.context import CommunityValue, community, in_the_records_language
from app.core.errors import NotFound
from app.core.pages import access, page
from app.core.permissions import PUBLIC
from app.core.qr import qr_rows
from app.core.templating import local_now
from app.core.words import N_
from app.journal import queries, serializers
from app.journal.models import JournalCheckpoint
from app.journal.routes.blueprint import pages
from app.journal.routes.record import log_here

NOTHING = N_("账本还是空的，没有可以张贴的。")
NO_HEAD = N_("账本没有在第%(size)s条签过名。公告上写的是哪一条，请再看一遍。")


@pages.get("/journal/poster")
@access(PUBLIC)
def poster() -> Response:
    """The newest head as a poster; with the size of an older poster, what that poster should say."""
    here = community()
    asked = request.args.get("size", "").strip()[:16]
    head = _head(here, asked)
    key = str(queries.key(log_here()))
    return page(
        "journal/poster.html",
        poster=serializers.poster(here, head, key, _today(here), local_now()),
        squares=qr_rows(serializers.head_text(head, key)),
        asked=asked,
        newest=url_for(".poster") if asked else "",
    )


@pages.get("/journal/poster.pdf")
@access(PUBLIC)
def poster_pdf() -> Response:
    """The newest head as one A4 page."""
    here = community()
    head = _head(here, "")
    key = str(queries.key(log_here()))
    with in_the_records_language():
        # On paper the record speaks its own language, whoever prints it.
        told = serializers.poster(here, head, key, _today(here), local_now())
    response = make_response(serializers.poster_pdf(told, serializers.head_text(head, key), head.at))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{here.slug}-log-{head.size}.pdf"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _head(here: CommunityValue, asked: str) -> JournalCheckpoint:
    if asked:
        size = int(asked) if asked.isascii() and asked.isdigit() else 0
        found = queries.checkpoint_of_size(here.id, size)
        if found is None:
            raise NotFound(NO_HEAD, {"size": asked})
        return found
    newest = queries.latest_checkpoint(here.id)
    if newest is None:
        raise NotFound(NOTHING)
    return newest


def _today(here: CommunityValue) -> dict[str, int]:
    start = local_now().replace(hour=0, minute=0, second=0, microsecond=0)
    return dict(queries.tally(here.id, start, start + timedelta(days=1)))
