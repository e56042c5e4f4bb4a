"""How the house is doing, for machines: alive, ready, and figures for Prometheus that betray nothing sealed."""

import hmac
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

import fsspec
from flask import Blueprint, Flask, Response, current_app, g, jsonify, request
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from sqlalchemy import text

from app.core import jobs
from app.core.db import db
from app.core.errors import NotFound
from app.core.logs import OTHER, endpoint_label, log_fault
from app.core.pages import access
from app.core.permissions import PUBLIC
from app.core.words import N_

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
MULTIPLE = "PROMETHEUS_MULTIPROC_DIR"
health = Blueprint("health", __name__)
_watched: dict[str, "Gauge"] = {}
# When something first happened is nobody's business.
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library has no type here


@dataclass(slots=True, eq=False)
class Gauge(Collector):
    """One figure that is asked for when somebody looks."""

    name: str
    words: str
    ask: Callable[[], float]

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Ask now; a figure that cannot be had is left out."""
        try:
            yield GaugeMetricFamily(self.name, self.words, value=self.ask())
        except Exception as error:  # noqa: BLE001  one figure must not hide the others
            db.session.rollback()
            log_fault(self.name, error)


def watch(name: str, words: str, ask: Callable[[], float]) -> None:
    """Show a figure that is asked for when somebody looks; never one of what is sealed."""
    _watched[name] = Gauge(name, words, ask)


@dataclass(slots=True)
class Metrics:
    """The figures of one application."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)

    def __post_init__(self) -> None:
        self.requests = Counter(
            "sifang_requests", "Requests answered", ["endpoint", "method", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "sifang_request_seconds", "Time to answer", ["endpoint"], buckets=BUCKETS, registry=self.registry
        )

    def count(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        """Count one answer. What is quiet is folded with everything else that is, method, outcome and time as well."""
        if endpoint == OTHER:
            method, code = OTHER, OTHER if status < 500 else "5xx"
        else:
            code = str(status)
            self.seconds.labels(endpoint).observe(seconds)
        self.requests.labels(endpoint, method, code).inc()

    def text(self) -> bytes:
        """All figures in Prometheus' text; those of every process where there are several."""
        counted = self.registry
        if os.environ.get(MULTIPLE):
            counted = CollectorRegistry()
            multiprocess.MultiProcessCollector(counted)  # type: ignore[no-untyped-call]  # the library has no type here
        asked = CollectorRegistry()
        for gauge in _watched.values():
            asked.register(gauge)
        return generate_latest(counted) + generate_latest(asked)


def metrics() -> Metrics:
    """The figures of the application under way."""
    found: Metrics = current_app.extensions["metrics"]
    return found


@health.get("/healthz")
@access(PUBLIC)
def alive() -> Response:
    """The process answers."""
    return _fresh(jsonify(ok=True))


@health.get("/readyz")
@access(PUBLIC)
def ready() -> Response:
    """Database, queue and storage answer; 503 while one does not."""
    found = {"database": _tried(_database), "queue": _tried(jobs.ping), "storage": _tried(_storage)}
    response = jsonify(ready=all(found.values()), **{name: "ok" if well else "failed" for name, well in found.items()})
    response.status_code = 200 if all(found.values()) else 503
    return _fresh(response)


@health.get("/metrics")
@access(PUBLIC)
def figures() -> Response:
    """Figures for Prometheus, for this machine or who shows the token. Raises NotFound for everybody else."""
    if not _may_look():
        raise NotFound(N_("没有这一页。可能是网址写错了，或者内容已经移走。"))
    return _fresh(Response(metrics().text(), content_type=CONTENT_TYPE_PLAIN_0_0_4))


def _may_look() -> bool:
    token = str(current_app.config.get("METRICS_TOKEN") or "")
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(token.encode(), shown.encode()):
        return True
    # A proxy on this machine speaks for strangers, and says so.
    forwarded = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-Ip"))
    return not forwarded and ip_address(request.environ.get("REMOTE_ADDR") or "192.0.2.0").is_loopback


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _tried(act: Callable[[], Any]) -> bool:
    try:
        act()
    except Exception as error:  # noqa: BLE001  whatever it is, the answer is that it is not ready
        db.session.rollback()
        log_fault(f"ready: {act.__name__.strip('_')}", error)
        return False
    return True


def _database() -> None:
    db.session.execute(text("SELECT 1"))


def _storage() -> None:
    files, root = fsspec.core.url_to_fs(current_app.config["STORAGE_URL"])
    files.makedirs(root, exist_ok=True)
    files.ls(root)


def install(app: Flask) -> None:
    """Count every answer, and serve the three pages."""
    app.extensions["metrics"] = Metrics()

    def count(response: Response) -> Response:
        took = time.perf_counter() - g.get("request_began", time.perf_counter())
        app.extensions["metrics"].count(endpoint_label(app), request.method, response.status_code, took)
        return response

    app.after_request(count)
    app.register_blueprint(health)
