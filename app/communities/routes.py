"""The chooser, what waits for me, and the search: pages that show every slice's things."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.communities import queries
from app.core.context import actor, community
from app.core.house import house
from app.core.house import search as search_everything
from app.core.pages import access, community_pages, page, site_pages, waits
from app.core.permissions import PUBLIC, ROLES, SIGNED_IN, permissions

site = site_pages("communities")
todo = community_pages("todo")
search_pages = community_pages("search")


@site.get("/")
@access(PUBLIC)
def front() -> Response:
    """With one community its home; with several, a chooser with search."""
    words = request.args.get("q", "").strip()[:40]
    found = queries.communities(words)
    if len(found) == 1 and not words:
        return redirect(url_for("home.home", slug=found[0].slug), 302)
    return page("communities/communities.html", communities=found, words=words)


@site.get("/powers")
@access(PUBLIC)
def powers() -> Response:
    """Who may do what, as one table: first what all may, then what is for ever fewer."""
    places = list(ROLES)
    table = sorted(permissions(), key=lambda one: sorted(map(places.index, one.roles)))
    return page("communities/powers.html", permissions=table, roles=ROLES)


@todo.get("/todo")
@access(SIGNED_IN)
def waiting() -> Response:
    """What waits for me, in the order of deadlines."""
    here = community()
    panel = house().panels.get("todo-aside")
    return page(
        "communities/todo.html",
        todos=waits(),
        aside=panel(here.id, actor()) if panel else None,
    )


@search_pages.get("/search")
@access(PUBLIC)
def search() -> Response:
    """Everything that has some words in it, newest first."""
    words = request.args.get("q", "").strip()[:60]
    hits = search_everything(community().id, words, actor()) if words else []
    return page("communities/search.html", words=words, hits=hits[:50])
