"""Open data: tables to download, purchases as OCDS."""

from app.core.house import FooterLink, House
from app.core.words import N_
from app.opendata import cli, routes


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.hang(routes.site)
    house.command("opendata", cli.ocds)
    house.footer.append(FooterLink(N_("开放数据"), "/data"))
