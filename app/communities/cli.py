"""Taking a community in from the terminal."""

import click

from app.communities import queries
from app.communities.actions import create_community
from app.core.cli import json_option, refuse, reply
from app.core.errors import HouseError


@click.command("create")
@click.argument("slug")
@click.argument("name")
@json_option
def create(slug: str, name: str, as_json: bool) -> None:
    """Take a community into the house."""
    try:
        create_community(slug, name)
    except HouseError as error:
        refuse(error)
    reply({"slug": slug, "name": name}, as_json, f"{name}: /c/{slug}/")


@click.command("communities")
@json_option
def list_communities(as_json: bool) -> None:
    """All communities of the house."""
    found = queries.communities(limit=100_000)
    reply({"communities": [{"slug": one.slug, "name": one.name} for one in found]}, as_json)
