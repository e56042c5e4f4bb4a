"""Putting the house together: settings, ground floor, slices, crossings."""

import importlib
import os
import pkgutil
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from flask import Flask, g, request
from flask.cli import AppGroup
from sqlalchemy.engine import make_url

from app.communities.queries import get_by_slug
from app.core import (
    answers,
    clock,
    copies,
    fragments,
    gallery,
    i18n,
    logs,
    memory,
    metrics,
    security,
    standing,
    templating,
    turns,
)
from app.core.config import ROOT, read_settings
from app.core.context import forget_prefs
from app.core.db import db
from app.core.house import House
from app.wiring import crossings, login, slices
from app.wiring.addresses import HouseRule


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """One application over one database. `config` overrides the environment (tests, commands)."""
    given = dict(config or {})
    settings = read_settings({**_environment(), **{k: str(v) for k, v in given.items() if k.isupper()}})
    app = Flask("app", template_folder=str(ROOT / "templates"), static_folder=None)
    app.url_rule_class, app.jinja_environment = HouseRule, templating.HouseEnvironment
    app.config.update(
        SECRETS=settings.secrets,
        SECRET_KEY=settings.secrets["SECRET_KEY"],
        PUBLIC_URL=settings.public_url,
        HTTPS=settings.https,
        PRODUCTION=settings.production,
        STORAGE_URL=settings.storage_url,
        REDIS_URL=settings.redis_url,
        METRICS_TOKEN=settings.metrics_token,
        OCDS_PREFIX=settings.ocds_prefix,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=25 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
    )
    app.config.update(given)
    house = app.extensions["house"] = House()
    app.extensions["todo_counts"], app.extensions["nav"] = {}, {}
    if not app.config.get("TESTING"):
        logs.configure(os.environ.get("LOG_LEVEL", "INFO" if settings.production else "WARNING").upper())
    db.init_app(app)
    if app.config.get("MIGRATIONS", True):
        _migrate(app)
    i18n.install(app)
    logs.install(app)
    _load_communities(app)
    _keep_time(app)
    standing.install(app)
    copies.install(app)
    security.install(app)
    memory.install(app)
    answers.install(app)
    templating.install(app)
    fragments.install(app)
    login.install(app)
    metrics.install(app)
    for package in (slices, crossings):
        for module in _modules(package):
            module.register(house)
    for blueprint in house.blueprints:
        app.register_blueprint(blueprint)
    if app.config.get("DEBUG_GALLERY"):
        app.register_blueprint(gallery.pages)
    _hang_commands(app, house)
    turns.install(app)
    return app


def _environment() -> Mapping[str, str]:
    return os.environ


def _migrate(app: Flask) -> None:
    """What `flask db` needs; the server does without, and without its libraries."""
    from flask_migrate import Migrate  # noqa: PLC0415  25 MB that no page needs

    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)


def _engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        options: dict[str, Any] = {"connect_args": {"check_same_thread": False, "timeout": 30}}
        # Each connection keeps pages of the file in memory; a thread that finds none free waits its turn.
        in_file = make_url(url).database not in (None, "", ":memory:")
        return {**options, "pool_size": 6, "max_overflow": 2, "pool_timeout": 60} if in_file else options
    # PostgreSQL lets a hundred in: six processes of these. The one used last knows most statements and is taken first.
    return {"pool_size": 12, "max_overflow": 4, "pool_timeout": 60, "pool_use_lifo": True}


def _modules(package: ModuleType) -> list[ModuleType]:
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def _load_communities(app: Flask) -> None:
    """Addresses beneath /c/<slug>/ name their community; links there need not repeat it."""

    @app.url_value_preprocessor
    def load(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "slug" in values:
            g.community = get_by_slug(values.pop("slug"))

    @app.url_defaults
    def fill(endpoint: str, values: dict[str, Any]) -> None:
        here = g.get("community")
        if here is not None and "slug" not in values and app.url_map.is_endpoint_expecting(endpoint, "slug"):
            values["slug"] = here.slug


def _keep_time(app: Flask) -> None:
    """Within a request the time is its arrival."""

    @app.before_request
    def arrive() -> None:
        g.arrival = clock.arrive()

    @app.teardown_request
    def leave(_error: BaseException | None) -> None:
        forget_prefs()
        token = g.pop("arrival", None)
        if token is not None:
            clock.leave(token)

    @app.after_request
    def written(response: Any) -> Any:
        if request.method not in security.SAFE_METHODS:
            app.extensions["todo_counts"].clear()
        return response


def _hang_commands(app: Flask, house: House) -> None:
    for name, commands in house.commands.items():
        if not name:
            for command in commands:
                app.cli.add_command(command)
            continue
        group = AppGroup(name)
        for command in commands:
            group.add_command(command)
        app.cli.add_command(group)
