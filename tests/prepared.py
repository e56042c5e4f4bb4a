"""What libraries prepare from text that never changes is prepared once a process, for every application of it."""

from collections.abc import Iterator
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule
from werkzeug.routing.rules import RulePart

from app.wiring.addresses import HouseRule

MANY_STATEMENTS = 5_000


class _KnownTemplates(BytecodeCache):
    """Templates compiled once a process: two thirds of the time of a page."""

    def __init__(self) -> None:
        self.compiled: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key, bucket.checksum] = bucket.code


KNOWN_TEMPLATES = _KnownTemplates()
KNOWN_STATEMENTS: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}
KNOWN_ADDRESSES: dict[str, tuple[list[RulePart], list[tuple[bool, str]], dict[str, Any]]] = {}
KNOWN_PARTS: dict[str, RulePart] = {}


def know_statements(engine: Engine) -> None:
    """Statements are put into words once a process, for every engine of a kind."""
    if engine.dialect.name not in KNOWN_STATEMENTS:
        engine.connect().close()  # the dialect that all will share learns what its database can do
    known = KNOWN_STATEMENTS.setdefault(engine.dialect.name, (engine.dialect, LRUCache(MANY_STATEMENTS)))
    engine.dialect, engine._compiled_cache = known


def _parse_once(self: Rule, rule: str) -> Iterator[RulePart]:
    """An address is taken apart once a process: nine tenths of the time of an application."""
    if rule not in KNOWN_ADDRESSES:
        read, self._trace = self._trace, []
        # Werkzeug compares the beginnings of all addresses; what is one object is compared at once.
        parts = [KNOWN_PARTS.setdefault(repr(part), part) for part in Rule._parse_rule(self, rule)]
        KNOWN_ADDRESSES[rule] = parts, self._trace, dict(self._converters)
        self._trace = read
    parts, trace, converters = KNOWN_ADDRESSES[rule]
    self._trace += trace
    self._converters.update(converters)
    self.arguments.update(converters)
    return iter(parts)


HouseRule._parse_rule = _parse_once  # type: ignore[method-assign]  # the application chooses its class of addresses itself
