"""Commands about buying."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from app.communities.queries import get_by_slug
from app.core.cli import json_option, misuse, refuse, reply, say
from app.core.errors import HouseError
from app.core.i18n import _, said
from app.core.values import the_house
from app.procurement import actions, rules

LARGEST = 20_000_000
UNCONFIRMED = "（待本地确认）"


@click.command("replay")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--community", "slug", required=True, help="The community in which the tenders are published.")
@json_option
def replay(file: Path, slug: str, as_json: bool) -> None:
    """Publish tenders of a file of facts, and say what in them breaks which article."""
    try:
        community = get_by_slug(slug)
    except HouseError as error:
        refuse(error)
    done: dict[str, list[Any]] = {"tenders": [], "refused": [], "warnings": []}
    for place, raw in enumerate(_read(file)):
        name = str(raw.get("id", f"tenders[{place}]")) if isinstance(raw, dict) else f"tenders[{place}]"
        try:
            tender = rules.read_tender(raw)
            made = actions.replay_tender(the_house(community.id), community.id, tender)
        except rules.Unreadable as error:
            done["refused"].append({"id": name, "where": error.where, "why": said(error.refusal)})
            continue
        except HouseError as error:
            done["refused"].append({"id": name, "where": "$", "why": said(error.refusal)})
            continue
        done["tenders"].append(_told(tender, made.number, slug))
        done["warnings"].extend(_warning(tender.source, found) for found in made.findings)
    for refused in done["refused"]:
        say(f"{refused['id']} {refused['where']}: {refused['why']}")
    reply(done, as_json, _words(done))
    if done["refused"]:
        raise SystemExit(1)


def _read(file: Path) -> list[Any]:
    if file.stat().st_size > LARGEST:
        misuse(_("文件超过20 MB，太大了。"))
    try:
        data = json.loads(file.read_text("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        misuse(_("这不是JSON文件：%(why)s", why=str(error)))
    found = data.get("tenders") if isinstance(data, dict) else data
    if not isinstance(found, list):
        misuse(_("文件里要有一个叫tenders的列表。"))
    return found


def _told(tender: rules.ReplayedTender, number: int, slug: str) -> dict[str, Any]:
    terms = tender.terms
    return {
        "id": tender.source,
        "number": number,
        "url": f"/c/{slug}/tenders/{number}",
        "title": terms.title,
        "method": terms.method,
        "ceiling": terms.ceiling,
        "term_months": terms.term_months,
        "weights": {part: rules.points(points) for part, points in _weights(terms).items()},
        "criteria": [
            {"name": one.name, "part": one.part, "kind": one.kind, "points": rules.points(one.points)}
            for one in terms.criteria
        ],
    }


def _weights(terms: rules.TenderTerms) -> dict[str, int]:
    found: dict[str, int] = {}
    for criterion in terms.criteria:
        found[criterion.part] = found.get(criterion.part, 0) + criterion.points
    return found


def _warning(source: str, found: rules.Finding) -> dict[str, str]:
    article = found.article if found.binding else found.article + UNCONFIRMED
    say(f"{source} {found.where}: {said(found.refusal)} {article}")
    return {"rule": found.rule, "article": article, "where": f"{source}: {found.where}"}


def _words(done: dict[str, list[Any]]) -> str:
    return "\n".join(f"{one['id']} → {one['url']} {one['title']}" for one in done["tenders"])
