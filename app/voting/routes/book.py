"""The book of ballots: whoever holds a receipt finds it there."""

import csv
import io
from collections.abc import Iterator

from flask import request, url_for
from werkzeug.wrappers import Response

from app.core import limits
from app.core.context import community
from app.core.i18n import _, zone
from app.core.pages import access, fresh, page
from app.core.permissions import PUBLIC
from app.core.secrets import read_paper_code
from app.core.streams import streamed
from app.core.words import N_
from app.voting import queries
from app.voting.forms import words
from app.voting.queries import BookLine, PollRow
from app.voting.routes.blueprint import pages
from app.voting.routes.records import sees_choices
from app.voting.routes.view import CHANNEL_WORDS, about_poll
from app.voting.rules import DECLARED, Terms, chosen_options
from app.voting.rules.bundle import COUNTED, REJECTED, SUPERSEDED
from app.voting.rules.terms import INVALID

PAGE = 300
PORTION = 1000
GUESSES = "60/minute"
Status = tuple[str, str, str]
STATUS_WORDS: dict[str, Status] = {
    queries.RECEIVED: (N_("已收到"), "open", "vote"),
    COUNTED: (N_("计入"), "good", "yes"),
    SUPERSEDED: (N_("被后来的票代替"), "plain", "back"),
    REJECTED: (N_("没有计入"), "bad", "no"),
}
WHY_WORDS = {
    "unknown-unit": N_("名册上没有这一户"),
    "before-opening": N_("早于开始"),
    "after-closing": N_("晚于截止"),
    "void": N_("服务台作废，理由已记录"),
}
BOM = "\ufeff"


@pages.get("/polls/<int:number>/book")
@access(PUBLIC)
def book(number: int) -> Response:
    """Every ballot that was received, by its receipt code: when, how, and whether it counts; never whose it is."""
    poll = queries.get_by_number(community().id, number)
    shown = sees_choices(poll)
    typed = request.args.get("code", "").strip()[:40]
    after = request.args.get("after", "")[:20]
    found = _found(poll, typed, shown) if typed else None
    lines = [] if typed else queries.book_page(poll, after, shown=shown, limit=PAGE + 1)
    more = url_for(".book", number=number, after=lines[PAGE - 1].code) if len(lines) > PAGE else ""
    response = page(
        "voting/book.html",
        **about_poll(poll),
        typed=typed,
        found=found,
        lines=lines[:PAGE],
        counts=queries.book_counts(poll),
        shown=shown,
        marked=lambda line: chosen_words(poll.terms, line),
        more=more,
        first=url_for(".book", number=number) if after or typed else "",
        channel_words=CHANNEL_WORDS,
        status_words=STATUS_WORDS,
        why_words=WHY_WORDS,
        status=404 if typed and found is None else 200,
    )
    return fresh(response) if poll.state == DECLARED else response


def _found(poll: PollRow, typed: str, shown: bool) -> BookLine | None:
    who = request.remote_addr or ""
    limits.look("book", who, GUESSES)
    found = queries.find_in_book(poll, read_paper_code(typed), shown=shown)
    if found is None:
        limits.spend("book", who, GUESSES)
    return found


def chosen_words(terms: Terms, line: BookLine) -> str:
    """How a ballot is marked, in the reader's words; nothing where it is not shown."""
    if line.choice is None:
        return ""
    if line.choice == INVALID:
        return str(_("无效"))
    labels = {option.key: words(option.key, option.label) for option in terms.options}
    return "、".join(labels.get(key, key) for key in chosen_options(terms, line.choice))


@pages.get("/polls/<int:number>/book.csv")
@access(PUBLIC)
def book_csv(number: int) -> Response:
    """The whole book as a table, for whoever wants to look for many codes at once."""
    here = community()
    poll = queries.get_by_number(here.id, number)
    response = streamed(_rows(poll, sees_choices(poll)), "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{here.slug}-{number}-book.csv"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")
    return response


def _rows(poll: PollRow, shown: bool) -> Iterator[bytes]:
    here = zone()
    after = ""
    names = ["ballot", "channel", "time", "status", "why", *(["choice"] if shown else [])]
    yield (BOM + _csv([names])).encode()
    while lines := queries.book_page(poll, after, shown=shown, limit=PORTION):
        after = lines[-1].code
        yield _csv(
            [
                [
                    one.code,
                    one.channel,
                    one.at.astimezone(here).isoformat(),
                    one.status,
                    one.why or "",
                    *_choice(one, shown),
                ]
                for one in lines
            ]
        ).encode()


def _choice(line: BookLine, shown: bool) -> list[str]:
    return [line.choice or ""] if shown else []


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
