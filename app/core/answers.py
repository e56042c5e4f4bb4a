"""One table that turns what went wrong into a page, a fragment or a problem document."""

import re
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response as AnyResponse

from app.core.db import db
from app.core.errors import HouseError, SignInNeeded
from app.core.i18n import _, said
from app.core.kept import NEVER, keep_form
from app.core.logs import log_crash
from app.core.pages import see_other, wants_fragment
from app.core.words import N_

WORDS: dict[int, str] = {
    400: N_("这次提交读不懂。请返回上一页再试。"),
    401: N_("请先登录。"),
    403: N_("您现在的身份不能做这件事。"),
    404: N_("没有这一页。可能是网址写错了，或者内容已经移走。"),
    405: N_("这个地址不能这样打开。请从页面上的链接或按钮进入。"),
    409: N_("现在不能这样做。"),
    413: N_("送来的太大了，没有收下。请换一个小一点的文件，或者把文字写短。"),
    422: N_("有的地方还要改。"),
    429: N_("试的次数太多了。请过几分钟再来。"),
    500: N_("网站出了差错，已经记录下来。您刚才提交的没有生效，请过一会儿再试。"),
}
LONG_ENOUGH = 2
CODE = re.compile(r"[a-z0-9_.:-]+\Z")
OWN_PATH = re.compile(r"/(?!/)")
PROBLEM = "application/problem+json"


def wants_problem() -> bool:
    """Whether a program asks, not a person."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json", PROBLEM])
    return request.path.startswith("/api/") or best in ("application/json", PROBLEM)


def answer(status: int, sentence: str, article: str = "") -> Response:
    """Say what went wrong in the shape that was asked for."""
    if wants_problem():
        response = jsonify(
            {"type": "about:blank", "status": status, "title": sentence, "article": article, "instance": request.path}
        )
        response.status_code, response.mimetype = status, PROBLEM
        return response
    values = {
        "status": status,
        "sentence": sentence,
        "article": article,
        "request_id": g.get("request_id", ""),
        "typed": _typed() if status in (403, 404, 409, 422, 429) else [],
        "back": _sent_from() if status in (403, 409, 429) else "",
    }
    template = "errors/_refusal.html" if wants_fragment() else "errors/error.html"
    response = make_response(render_template(template, **values), status)
    if wants_fragment() and status not in (409, 422):
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#page-status", "innerHTML"
    return response


def _typed() -> list[str]:
    """The words of the form that was not accepted, so that nothing that was written is lost."""
    if request.method != "POST":
        return []
    fields = request.form.items(multi=True)
    return [
        value for name, value in fields if name not in NEVER and len(value) >= LONG_ENOUGH and not CODE.match(value)
    ]


def _sent_from() -> str:
    """The page from which the form came, as it is now; nothing where that is unknown."""
    sent_from = urlsplit(request.referrer or "")
    if request.method != "POST" or sent_from.netloc != request.host or not OWN_PATH.match(sent_from.path):
        return ""
    return sent_from.path + (f"?{sent_from.query}" if sent_from.query else "")


def _house_error(error: HouseError) -> Response:
    return answer(error.status, said(error.refusal), error.refusal.article)


def _http_error(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    response = answer(status, _(WORDS.get(status, WORDS[500])))
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _crash(error: Exception) -> Response:
    db.session.rollback()
    log_crash(error)
    return answer(500, _(WORDS[500]))


def _sign_in(_error: SignInNeeded) -> AnyResponse:
    if wants_problem():
        return answer(401, _(WORDS[401]))
    keep = request.full_path.rstrip("?") if request.method == "GET" else keep_form()
    response = see_other(f"/sign-in?{_query(keep)}")
    if wants_fragment():
        response = make_response("", 200)
        response.headers["HX-Redirect"] = f"/sign-in?{_query(keep)}"
    return response


def _query(path: str) -> str:
    return urlencode({"next": path})


class Number(IntegerConverter):
    """A number in an address, as far as a database counts; a longer one leads nowhere (404)."""

    def __init__(self, map: Map, max: int = 2**31 - 1, **rest: Any) -> None:  # noqa: A002  # named by werkzeug
        super().__init__(map, max=max, **rest)


def install(app: Flask) -> None:
    """Hang the table."""
    app.url_map.converters["int"] = Number
    app.register_error_handler(HouseError, _house_error)
    app.register_error_handler(SignInNeeded, _sign_in)
    app.register_error_handler(HTTPException, _http_error)
    if not app.config.get("PROPAGATE"):
        app.register_error_handler(Exception, _crash)
