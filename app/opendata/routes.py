"""Open data: what there is, tables to download, purchases as OCDS, and the schema of our own fields."""

from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.communities.queries import communities
from app.core import clock
from app.core.context import CommunityValue, community
from app.core.errors import NotFound
from app.core.i18n import DEFAULT_ZONE
from app.core.pages import access, community_pages, fresh, page, site_pages
from app.core.permissions import PUBLIC
from app.core.streams import streamed
from app.core.words import N_
from app.opendata import queries, rules, serializers
from app.opendata.rules import Json, Table

pages = community_pages("opendata")
site = site_pages("data")

A_MINUTE = "public, max-age=60"
A_DAY = "public, max-age=86400"
NO_TABLE = N_("没有这张表。请从开放数据的页面上选。")
CSV, XLSX, JSON = "text/csv; charset=utf-8", serializers.XLSX, "application/json"


@pages.get("/data")
@access(PUBLIC)
def tables() -> Response:
    """Every table of a community, what each column is, and its purchases as OCDS."""
    here = community()
    return fresh(
        page(
            "opendata/tables.html",
            groups=serializers.groups(),
            kinds=serializers.KINDS,
            years=queries.years(here),
            extension=url_for("data.extension"),
        )
    )


@site.get("/data/")
@access(PUBLIC)
def everywhere() -> AnyResponse:
    """Which communities there are, and which tables each of them has; with one community, its own page."""
    words = request.args.get("q", "").strip()[:40]
    found = communities(words)
    if len(found) == 1 and not words:
        return redirect(url_for("opendata.tables", slug=found[0].slug), 302)
    return page(
        "opendata/everywhere.html",
        communities=[{"title": one.name, "url": url_for("opendata.tables", slug=one.slug)} for one in found],
        words=words,
        groups=serializers.groups(),
        kinds=serializers.KINDS,
        table=rules.COMMUNITIES,
    )


@site.get("/data/communities.<any(csv, xlsx, json):ending>")
@access(PUBLIC)
def all_communities(ending: str) -> Response:
    """Every community of the site, so that programs find the tables of each."""
    table, zone = rules.COMMUNITIES, ZoneInfo(DEFAULT_ZONE)
    rows = queries.all_communities()
    if ending == "csv":
        response = _streamed(serializers.csv_file(table, rows, zone), CSV)
    elif ending == "xlsx":
        response = _streamed(serializers.xlsx_file(table, rows, zone, serializers.described(table)), XLSX)
    else:
        response = _streamed(serializers.json_file(table, rows, zone, ""), JSON)
    response.headers["Content-Disposition"] = f'attachment; filename="communities.{ending}"'
    return response


@pages.get("/data/datapackage.json")
@access(PUBLIC)
def datapackage() -> Response:
    """What every table and column is, in both languages, for programs (Frictionless Data Package)."""
    here = community()
    return _kept(serializers.datapackage(here, f"{queries.site()}/c/{here.slug}/data"), A_MINUTE)


@pages.get("/data/<name>.csv")
@access(PUBLIC)
def csv_table(name: str) -> Response:
    """A table for spreadsheets and programs."""
    return _sent(name, "csv", CSV, serializers.csv_file)


@pages.get("/data/<name>.xlsx")
@access(PUBLIC)
def xlsx_table(name: str) -> Response:
    """A table as a workbook, with a sheet that says what each column is."""
    words = serializers.described(_table(name))
    return _sent(name, "xlsx", XLSX, lambda table, rows, zone: serializers.xlsx_file(table, rows, zone, words))


@pages.get("/data/<name>.json")
@access(PUBLIC)
def json_table(name: str) -> Response:
    """A table for programs."""
    slug = community().slug
    return _sent(name, "json", JSON, lambda table, rows, zone: serializers.json_file(table, rows, zone, slug))


@pages.get("/tenders/<int:number>/ocds/record.json")
@access(PUBLIC)
def record(number: int) -> Response:
    """A purchase as an OCDS record: every release, and what they come to. Raises NotFound, also for drafts."""
    here = community()
    found = rules.record(queries.get_process(here, number), clock.now())
    told = found["releases"]
    head = queries.package(here, f"/tenders/{number}/ocds/record.json", told)
    return _kept({**head, "packages": _packages(here, rules.years_of(told)), "records": [found]}, A_MINUTE)


@pages.get("/ocds/releases-<int:year>.json")
@access(PUBLIC)
def releases(year: int) -> Response:
    """Every OCDS release of a year. Raises NotFound where there is none."""
    here = community()
    told = queries.releases_of_year(here, year)
    head = queries.package(here, f"/ocds/releases-{year}.json", told)
    return _kept({**head, "releases": told}, A_MINUTE)


@pages.get("/ocds/records.json")
@access(PUBLIC)
def records() -> Response:
    """Every purchase of a community as an OCDS record. Raises NotFound where nothing was bought yet."""
    here, years = community(), queries.years(community())
    if not years:
        raise NotFound(N_("还没有采购数据。"))
    head = queries.package(here, "/ocds/records.json", [])
    told = {**head, "packages": _packages(here, years)}
    return _streamed(serializers.portions(serializers.json_pieces(told, "records", queries.records(here))), JSON)


@site.get(f"{rules.PATH}extension.json")
@access(PUBLIC)
def extension() -> Response:
    """What our own fields in OCDS files are, as OCDS tools look it up."""
    return _kept(rules.extension_json(queries.site()), A_DAY)


@site.get(f"{rules.PATH}release-schema.json")
@access(PUBLIC)
def extension_schema() -> Response:
    """The schema of our own fields in OCDS files."""
    return _kept(rules.release_schema(), A_DAY)


def _packages(here: CommunityValue, years: list[int]) -> list[str]:
    return [f"{queries.site()}/c/{here.slug}/ocds/releases-{year}.json" for year in sorted(years)]


def _table(name: str) -> Table:
    found = rules.TABLES.get(name)
    if found is None:
        raise NotFound(NO_TABLE)
    return found


def _sent(
    name: str, ending: str, kind: str, write: Callable[[Table, Iterator[queries.Row], ZoneInfo], Any]
) -> Response:
    table, here = _table(name), community()
    response = _streamed(write(table, queries.ROWS[name](here), ZoneInfo(here.zone)), kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{here.slug}-{name}.{ending}"'
    return response


def _streamed(pieces: Iterator[bytes], kind: str) -> Response:
    """A file of any length that may be kept for a minute."""
    return _open(streamed(pieces, kind), A_MINUTE)


def _kept(told: Json, keep: str) -> Response:
    """A file that may be kept, and that costs nothing when it is asked for again by its tag."""
    response = Response(serializers.json_text(told), content_type=JSON)
    response.add_etag()
    _open(response, keep)
    response.make_conditional(request)
    return response


def _open(response: Response, keep: str) -> Response:
    """Any page of any site may read it."""
    response.headers["Cache-Control"] = keep
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
