"""Days off and made-up days for every community of an installation, from the terminal."""

from datetime import datetime

import click

from app.bylaws import actions
from app.communities.queries import communities, get_by_slug
from app.core.cli import json_option, misuse, refuse, reply, say
from app.core.errors import HouseError, Refused
from app.core.i18n import _, said
from app.core.values import the_house

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("days")
@click.option("--first", required=True, type=DAY, help="The first day, for example 2027-02-05.")
@click.option("--last", type=DAY, help="The last day; the first where it is left out.")
@click.option("--works/--off", default=False, help="Whether people work on these days, or rest.")
@click.option("--article", required=True, help="The document that says so.")
@click.option("--reason", required=True, help="Why, for everybody to read.")
@click.option("--whole-year", is_flag=True, help="The plan of that year is complete with these days.")
@click.option("--community", "slugs", multiple=True, help="Only these communities; all where none is named.")
@json_option
def publish_days(
    first: datetime,
    last: datetime | None,
    works: bool,
    article: str,
    reason: str,
    whole_year: bool,
    slugs: tuple[str, ...],
    as_json: bool,
) -> None:
    """Publish days off or made-up days, in every community or in some; each community's record says so."""
    if not article.strip() or not reason.strip() or len(article) > 120:
        misuse(_("写上依据（最多120个字）和理由，大家都会看到。"))
    try:
        wanted = [get_by_slug(slug) for slug in slugs] or communities(limit=None)
    except HouseError as error:
        refuse(error)
    days = (first.date(), (last or first).date())
    published, refused = [], []
    for here in wanted:
        try:
            actions.publish_days(
                the_house(here.id), here.id, *days, works, article.strip(), reason.strip(), whole_year=whole_year
            )
            published.append(here.slug)
        except Refused as error:
            refused.append({"community": here.slug, "reason": said(error.refusal)})
            say(f"{here.name}：{said(error.refusal)}")
    words = _("%(many)s个社区公布了。", many=len(published))
    reply({"published": published, "refused": refused}, as_json, words)
    if refused:
        raise SystemExit(1)
