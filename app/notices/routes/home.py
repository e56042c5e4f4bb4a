"""The front door of a community."""

from flask import Response

from app.core.context import community
from app.core.i18n import lang
from app.core.memory import remember
from app.core.pages import access, community_pages, fresh, page
from app.core.permissions import PUBLIC
from app.notices import queries

home_pages = community_pages("home")


@home_pages.get("/")
@access(PUBLIC)
def home() -> Response:
    """What goes on here: the vote that is open, what is talked about, bought and done, and who decides."""
    here = community()
    found = remember(("home", here.id, lang()), lambda: queries.home(here))
    return fresh(page("home/home.html", home=found))
