"""Pages, fragments and addresses: how the house answers a reader."""

import functools
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.context import actor, community, maybe_community, me
from app.core.errors import SignInNeeded
from app.core.house import NavItem, Todo, house, waiting_for
from app.core.i18n import _, lang
from app.core.memory import remember
from app.core.permissions import PUBLIC, Permission, authorize

View = TypeVar("View", bound=Callable[..., Any])
FRESH = timedelta(seconds=15)
MANY = 10_000


def community_pages(slice_name: str) -> Blueprint:
    """The pages of a slice beneath `/c/<slug>/`; the community is loaded before the view runs."""
    return Blueprint(slice_name, f"app.{slice_name}", url_prefix="/c/<slug>")


def site_pages(slice_name: str) -> Blueprint:
    """The pages of a slice that belong to no community."""
    return Blueprint(slice_name, f"app.{slice_name}")


def access(verb: Permission) -> Callable[[View], View]:
    """Say who may ask for a view; every endpoint says it, or the build fails.

    Somebody who is not signed in and lacks the verb is asked to sign in and brought back.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def run(*args: Any, **kwargs: Any) -> Any:
            if verb is not PUBLIC:
                here = maybe_community()
                if me() is None and "anyone" not in verb.roles:
                    raise SignInNeeded
                authorize(actor(), verb, here.id if here else 0)
            return view(*args, **kwargs)

        run.access = verb  # type: ignore[attr-defined]  # read by the permission matrix
        return run  # type: ignore[return-value]  # functools.wraps keeps the signature

    return wrap


def wants_fragment() -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def page(template: str, *, fragments: Sequence[str] = (), status: int = 200, **values: Any) -> Response:
    """Answer with a page, or with the one fragment that htmx asks for.

    `fragments` is the allow-list: names of `_name.html` files beside the template, each with a root element whose id is
    `name` with dashes. The page includes its fragments and never repeats their markup.
    """
    wanted = request.headers.get("HX-Target", "")
    chosen = template
    if wants_fragment():
        folder = template.rsplit("/", 1)[0]
        for name in fragments:
            if name.lstrip("_").replace("_", "-") == wanted:
                chosen = f"{folder}/{name}.html"
    return make_response(render_template(chosen, **values), status)


def fresh(response: Response) -> Response:
    """A public page for a reader who is not signed in: may be kept, is asked for again by its tag, and then costs nothing.

    Signed-in readers' pages stay as they are.
    """
    if me() is not None or response.status_code != 200 or g.get("new_browser"):
        return response
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def see_other(location: str) -> AnyResponse:
    """Success is always 303 to a GET."""
    return redirect(location, 303)


def todo_count() -> int:
    """How many things wait for the reader in this community; counted afresh every few seconds and after each write."""
    here, reader = maybe_community(), me()
    if reader is None or here is None:
        return 0
    now, counts = clock.tick(), _counts()
    known = counts.get((reader.account_id, here.id))
    fresh_enough = known is not None and now - FRESH < known[0] <= now
    return known[1] if known is not None and fresh_enough else len(waits())


def waits() -> list[Todo]:
    """What waits for the reader in this community, asked now; the navigation counts the same."""
    here, asks, counts = community(), actor(), _counts()
    found = remember(("waits", here.id, asks.account_id, lang()), lambda: waiting_for(here.id, asks))
    if asks.account_id is not None:
        if len(counts) > MANY:
            counts.clear()
        counts[asks.account_id, here.id] = (clock.tick(), len(found))
    return found


def _counts() -> dict[tuple[int, int], tuple[datetime, int]]:
    known: dict[tuple[int, int], tuple[datetime, int]] = current_app.extensions["todo_counts"]
    return known


def count_afresh() -> None:
    """Somebody wrote something: what waits for anyone may have changed."""
    current_app.extensions["todo_counts"].clear()


def nav_items() -> list[dict[str, Any]]:
    """The main links of a community, with the current one marked; 待办 for who is signed in, 首页 for others."""
    here = maybe_community()
    if here is None:
        return []
    left_out = "todo" if me() is None else "home"
    current = {request.blueprint, request.endpoint, g.get("section")}
    return [
        {
            "label": label,
            "url": url,
            "icon": item.icon,
            "current": item.section in current,
            "badge": todo_count() if item.section == "todo" else 0,
        }
        for item, label, url in _nav(here.slug)
        if item.section != left_out
    ]


def _nav(slug: str) -> list[tuple[NavItem, str, str]]:
    """The links of a community in the reader's language; they are the same on every page."""
    known: dict[tuple[str, str, str], list[tuple[NavItem, str, str]]] = current_app.extensions["nav"]
    slot = (slug, lang(), request.script_root)
    if slot not in known:
        if len(known) > MANY:
            known.clear()
        items = sorted(house().nav, key=lambda item: item.order)
        known[slot] = [(item, _(item.label), url_for(item.endpoint, slug=slug)) for item in items]
    return known[slot]
