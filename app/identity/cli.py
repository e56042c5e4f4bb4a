"""The first code of a community is handed out at the terminal."""

import click

from app.communities.queries import get_by_slug
from app.core.cli import json_option, refuse, reply
from app.core.errors import HouseError
from app.core.permissions import ROLES
from app.core.values import Ref, the_house
from app.identity.actions import invite
from app.identity.queries import find_account


@click.command("invite")
@click.option("--community", "slug", required=True, help="The community's address, for example wutongli.")
@click.option("--role", "roles", multiple=True, type=click.Choice(sorted(ROLES)), required=True)
@json_option
def invite_command(slug: str, roles: tuple[str, ...], as_json: bool) -> None:
    """Hand out a code by which one person makes an account with some roles."""
    try:
        here = get_by_slug(slug)
        code = invite(the_house(here.id), here.id, roles)
    except HouseError as error:
        refuse(error)
    reply({"code": code, "roles": list(roles)}, as_json, f"{code}  → /join?code={code}")


@click.command("forgot")
@click.argument("login")
@click.option("--community", "slug", required=True, help="Whose desk hands out the code.")
@json_option
def forgot(login: str, slug: str, as_json: bool) -> None:
    """Hand out a code by which the owner of a sign-in name sets a new password."""
    account = find_account(login)
    if account is None:
        refuse(f"No account signs in as {login}.")
    here = get_by_slug(slug)
    code = invite(the_house(here.id), here.id, (), Ref("account", account.id))
    reply({"code": code}, as_json, f"{code}  → /join?code={code}")
