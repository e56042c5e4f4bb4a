"""Communities: the chooser, what waits for me, the search."""

from app.communities import cli, routes
from app.core.forms import forget_old_forms
from app.core.house import FooterLink, House, NavItem
from app.core.words import N_


def register(house: House) -> None:
    """Hang up."""
    for blueprint in (routes.site, routes.todo, routes.search_pages):
        house.hang(blueprint)
    house.command("communities", cli.create)
    house.command("opendata", cli.list_communities)
    house.every(3600, "forget old forms", forget_old_forms)
    house.footer.append(FooterLink(N_("谁能做什么"), "/powers", site=True))
    house.nav.append(NavItem(0, N_("待办"), "todo", "todo.waiting", "todo"))
