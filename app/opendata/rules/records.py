"""Records and packages: the releases of a purchase, what they come to together, and who publishes them."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from app.opendata.rules.extension import extension_urls
from app.opendata.rules.facts import Process
from app.opendata.rules.objects import Json, stamp
from app.opendata.rules.releases import releases

VERSION = "1.1"
OMITTED = ("id", "date", "tag")


def compiled(told: Sequence[Json]) -> Json:
    """What releases come to together, by the merging routine of OCDS 1.1: the later word holds, lists merge by id."""
    found: Json = {}
    for release in told:
        _lay({name: inner for name, inner in release.items() if name not in OMITTED}, found)
    last = told[-1]
    return {**found, "id": f"{last['ocid']}-{last['date']}", "date": last["date"], "tag": ["compiled"]}


def _lay(upper: Mapping[str, Any], lower: dict[str, Any]) -> None:
    for name, told in upper.items():
        known = lower.get(name)
        if told is None:
            lower.pop(name, None)
        elif isinstance(told, Mapping) and isinstance(known, dict):
            _lay(told, known)
        elif _has_ids(told) and isinstance(known, list):
            _lay_list(told, known)
        else:
            lower[name] = deepcopy(told)


def _lay_list(upper: Sequence[Any], lower: list[Any]) -> None:
    known = {one["id"]: one for one in lower}
    for one in upper:
        if one["id"] in known:
            _lay(one, known[one["id"]])
        else:
            lower.append(deepcopy(one))


def _has_ids(told: object) -> bool:
    return isinstance(told, list) and all(isinstance(one, Mapping) and "id" in one for one in told)


def record(process: Process, now: datetime) -> Json:
    """Everything published of one purchase by now: its releases, and what they come to."""
    told = releases(process, now)
    return {"ocid": process.ocid, "releases": told, "compiledRelease": compiled(told)}


def years_of(told: Sequence[Json]) -> list[int]:
    """The years of some releases, in their order."""
    return sorted({int(release["date"][:4]) for release in told})


def package(uri: str, site: str, name: str, page: str, at: datetime, zone: str) -> Json:
    """What stands above the records or releases of a package: who publishes it, when it last changed, what it needs.

    `site` is the address of the whole site, `page` of the community's home beneath it, `at` the last change.
    """
    return {
        "uri": uri,
        "version": VERSION,
        "extensions": list(extension_urls(site)),
        "publishedDate": stamp(at, zone),
        "publisher": {"name": name, "uri": page},
        "publicationPolicy": f"{page}data",
    }
