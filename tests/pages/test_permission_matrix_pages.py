"""Every role at every endpoint, in one's own community and in another: made from the code, tested whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter, BaseConverter, NumberConverter

from app.core.permissions import PUBLIC, ROLES, Permission
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.world import PASSWORD, World

NUMBER, WORD = 999_999, "none"
UNKNOWN_TO_NOBODY = {"anyone", "account"}


@dataclass(frozen=True, slots=True)
class Door:
    """One endpoint with one method, and the verb that opens it."""

    endpoint: str
    method: str
    path: str
    verb: Permission | None


def _doors(app: Flask, slug: str) -> Iterator[Door]:
    for rule in app.url_map.iter_rules():
        verb = getattr(app.view_functions[rule.endpoint], "access", None)
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield Door(rule.endpoint, method, _path(rule, slug), verb)


def _path(rule: Rule, slug: str) -> str:
    values: dict[str, Any] = {name: _value(rule._converters.get(name)) for name in rule.arguments}
    built = rule.build({**values, "slug": slug} if "slug" in values else values)
    assert built is not None, f"{rule} cannot be built from {values}"
    return str(built[1])


def _value(converter: BaseConverter | None) -> Any:
    if isinstance(converter, NumberConverter):
        return NUMBER
    return min(converter.items) if isinstance(converter, AnyConverter) else WORD


def test_every_endpoint_says_who_may_ask_for_it(app: Flask) -> None:
    unsaid = sorted({door.endpoint for door in _doors(app, "x") if door.verb is None})
    assert not unsaid, f"give these views @access(…) from app.core.pages: {unsaid}"


def test_no_role_enters_by_a_door_that_is_not_its_own(app: Flask, world: World, clock: Clock) -> None:
    wrong: list[str] = []
    for role in (None, *(role for role in ROLES if role not in UNKNOWN_TO_NOBODY)):
        client = PageClient(app)
        if role:
            client.sign_in(world.login(role), PASSWORD)
        token, knocked = client.csrf_token(), set[tuple[str, str]]()
        for slug in (world.slug, world.other_slug):
            held = {"anyone"} | ({"account"} if role else set()) | ({role} if role and slug == world.slug else set())
            for door in _doors(app, slug):
                if door.endpoint in ("identity.sign_out", "static") or door.verb is None:
                    continue
                if (door.method, door.path) in knocked:
                    continue  # it lies in no community
                knocked.add((door.method, door.path))
                status = _knock(client, door, token)
                here = held if door.path.startswith("/c/") else held & UNKNOWN_TO_NOBODY
                opens = bool(here & door.verb.roles) or door.verb is PUBLIC
                refused = status == 403 if role else status in (303, 401, 403)
                if not opens and not refused:
                    wrong.append(f"{role} {door.method} {door.path} ({door.endpoint}) answers {status}, not a refusal")
                if status >= 500:
                    wrong.append(f"{role} {door.method} {door.path} ({door.endpoint}) answers {status}")
    assert not wrong, "\n".join(wrong[:40])


def _knock(client: PageClient, door: Door, token: str) -> int:
    """The status for a program: a refusal is then not written out as a page thousands of times."""
    headers = {"X-CSRF-Token": token, "Accept": "application/json"}
    answer = client._outside(lambda: client.browser.open(door.path, method=door.method, headers=headers))
    return int(answer.status_code)


def test_a_write_without_a_token_is_refused_at_every_door(app: Flask, world: World) -> None:
    client, open_doors = PageClient(app), []
    client.sign_in(world.login("operator"), PASSWORD)
    for door in _doors(app, world.slug):
        if door.method != "GET" and _knock(client, door, "") != 403:
            open_doors.append(f"{door.method} {door.path}")
    assert not open_doors, open_doors
