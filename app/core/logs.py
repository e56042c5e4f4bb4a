"""What the house writes down about itself: one JSON line a happening, with a request id and no personal data.

Lines name endpoints and never addresses, queries, people or the values in an error. Endpoints that are quiet (whoever
counts their lines would learn what is sealed) leave no line of their own.
"""

import logging
import re
import secrets
import sys
import time
import traceback
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from app.core.config import ROOT
from app.core.lean import without

with without("rich"):
    import structlog
    from structlog.types import EventDict, Processor, WrappedLogger

log: Any = structlog.get_logger("sifang")
REQUEST_ID = re.compile("[0-9a-f]{16,64}")
FRAMES = 12
OTHER = "other"


def endpoint_label(app: Flask) -> str:
    """The endpoint under which a request is counted: `other` for whatever is quiet, static or unknown."""
    endpoint = request.endpoint
    if endpoint is None or endpoint == "static" or endpoint in app.extensions["house"].quiet:
        return OTHER
    return endpoint


def frames(error: BaseException) -> dict[str, Any]:
    """What kind of error it was and where, without its words: those may quote what somebody typed."""
    return {"error": type(error).__name__, "frames": _frames(error.__traceback__)}


def _frames(trace: TracebackType | None) -> list[str]:
    found = traceback.extract_tb(trace)[-FRAMES:]
    return [f"{frame.filename.removeprefix(f'{ROOT}/')}:{frame.lineno} {frame.name}" for frame in found]


def log_crash(error: BaseException) -> None:
    """Note that something broke that should not, and where."""
    log.error("crash", endpoint=request.endpoint if has_request_context() else None, **frames(error))


def log_fault(name: str, error: BaseException) -> None:
    """Note that a job or a loop failed and will be tried again."""
    log.error("job failed", job=name, **frames(error))


def _without_words(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Errors that libraries log lose their message as well."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    if isinstance(found, tuple):
        found = found[1]
    if isinstance(found, BaseException):
        event.update(frames(found))
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _without_words,
]


# Whatever happens before `configure` goes the way of the standard library too, never to standard output.
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *SHARED,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=False,
)


def configure(level: str = "INFO") -> None:
    """One JSON line on standard error for whatever the house and its libraries have to say."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    handler.set_name("sifang")
    root = logging.getLogger()
    for old in [h for h in root.handlers if h.get_name() == "sifang"]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel("WARNING")
    logging.getLogger("sifang").setLevel(level)


def _open_request() -> None:
    sent = request.headers.get("X-Request-Id", "")
    g.request_id = sent if REQUEST_ID.fullmatch(sent) else secrets.token_hex(8)
    g.request_began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def install(app: Flask) -> None:
    """Give each request an id, and one line when it is answered."""

    def close_request(response: Response) -> Response:
        if "request_id" in g:
            response.headers["X-Request-Id"] = g.request_id
            endpoint = endpoint_label(app)
            if endpoint != OTHER:
                took = round((time.perf_counter() - g.request_began) * 1000)
                log.info("request", endpoint=endpoint, method=request.method, status=response.status_code, ms=took)
        return response

    app.before_request_funcs.setdefault(None, []).insert(0, _open_request)
    app.after_request(close_request)
