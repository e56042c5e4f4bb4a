"""The public record as pages, and its log as C2SP tlog-tiles."""

from flask import Response, jsonify, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import limits
from app.core.context import community
from app.core.errors import NotFound
from app.core.pages import access, page, see_other
from app.core.permissions import PUBLIC
from app.core.secrets import read_paper_code
from app.core.values import Refusal
from app.core.words import N_
from app.journal import actions, queries, serializers
from app.journal.models import JournalLog
from app.journal.routes.blueprint import pages
from app.journal.rules import EMPTY_ROOT, Checkpoint, read_path

FOREVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=2"
GUESSES = "30/minute"


@pages.get("/journal")
@access(PUBLIC)
def journal() -> AnyResponse:
    """Everything that was done here, newest first."""
    here = community()
    before = request.args.get("before", "")
    start = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    lines = queries.sealed_lines(here.id, start, queries.PAGE + 1)
    older = lines[queries.PAGE - 1].index if len(lines) > queries.PAGE else None
    waiting = queries.waiting_lines(here.id) if start is None else []
    return page(
        "journal/journal.html",
        lines=serializers.shown([*waiting, *lines[: queries.PAGE]]),
        older=url_for(".journal", before=older) if older is not None else "",
        newest=start is None,
        head=queries.latest_checkpoint(here.id),
    )


@pages.get("/receipts")
@access(PUBLIC)
def receipts() -> AnyResponse:
    """Type in a receipt code."""
    typed = request.args.get("code", "").strip()[:40]
    problem: Refusal | None = None
    if typed:
        try:
            return see_other(url_for(".receipt", code=_found(typed).code))
        except NotFound as error:
            problem = error.refusal
    return page("journal/receipts.html", typed=typed, problem=problem, status=404 if problem else 200)


@pages.get("/receipts/<code>")
@access(PUBLIC)
def receipt(code: str) -> AnyResponse:
    """What a receipt code leads to, in words."""
    found = _found(code)
    return page(
        "journal/receipt.html",
        fragments=("_receipt",),
        receipt=found,
        shown=serializers.shown([found.line])[0],
    )


@pages.get("/receipts/<code>.json")
@access(PUBLIC)
def receipt_json(code: str) -> Response:
    """What a receipt code leads to, with everything that proves it."""
    response = jsonify(serializers.receipt_json(_found(code)))
    response.headers["Cache-Control"] = "no-cache"
    return response


@pages.get("/log/checkpoint")
@access(PUBLIC)
def checkpoint() -> Response:
    """The newest signed head with the lines of its witnesses; that of the empty tree where nothing was sealed yet."""
    newest = queries.served_checkpoint(community().id)
    if newest is not None:
        return text_of(newest)
    log = log_here()
    return text_of(Checkpoint(queries.key(log).name, 0, EMPTY_ROOT).sign(queries.seed(log)))


@pages.get("/log/vkey")
@access(PUBLIC)
def vkey() -> Response:
    """The public key of the log: name+hash+key."""
    return text_of(f"{queries.key(log_here())}\n")


@pages.get("/log/tile/<path:path>")
@access(PUBLIC)
def tile(path: str) -> Response:
    """A tile of hashes, or a bundle of entries; neither ever changes."""
    try:
        wanted = read_path(path)
    except ValueError as error:
        raise NotFound(N_("没有这一页。可能是网址写错了，或者内容已经移走。")) from error
    data = queries.read_tile(community().id, wanted)
    return Response(data, content_type="application/octet-stream", headers={"Cache-Control": FOREVER})


def _found(code: str) -> queries.Receipt:
    """The receipt of a code as somebody typed it; guessing many is stopped. Raises NotFound, TooOften."""
    who = request.remote_addr or ""
    limits.look("receipt", who, GUESSES)
    try:
        return queries.get_receipt(community().id, read_paper_code(code))
    except NotFound:
        limits.spend("receipt", who, GUESSES)
        raise


def log_here() -> JournalLog:
    """The log of the community; opened by whoever asks first."""
    if queries.find_log(community().id) is None:
        actions.open_log(community().id)
    return queries.get_log(community().id)


def text_of(words: str) -> Response:
    """A short text that changes every few seconds."""
    return Response(words, content_type="text/plain; charset=utf-8", headers={"Cache-Control": BRIEFLY})
