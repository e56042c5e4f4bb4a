"""The small objects of OCDS: values, periods, parties, documents; and leaving out what says nothing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from app.opendata.rules.facts import Party, Process

Json = dict[str, Any]
CURRENCY = "CNY"
LANGUAGE = "zh"
CODE_SCHEME = "CN-USCC"
"""The unified social credit code (GB 32100-2015); org-id.guide has no list for it, so that the name is ours."""


def value(fen: int) -> Json:
    """An amount in yuan, exact: 48620050 fen is the number 486200.50."""
    return {"amount": Decimal(fen).scaleb(-2), "currency": CURRENCY}


def points(hundredths: int) -> Decimal:
    """Points from 0.01 point."""
    return Decimal(hundredths).scaleb(-2)


def score(total: Fraction) -> Decimal:
    """A total as it is read: two decimals, rounded down; the exact one is told beside it."""
    return points(total.numerator * 100 // total.denominator)


def stamp(at: datetime, zone: str) -> str:
    """A moment as RFC 3339 writes it, with the offset of the community's zone."""
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def start_of(day: date, zone: str) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def end_of(day: date, zone: str) -> datetime:
    """The last second of a day."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone))


def after(day: date, zone: str) -> datetime:
    """The first moment after a day."""
    return start_of(day + timedelta(days=1), zone)


def period(start: datetime | None, end: datetime | None, zone: str) -> Json:
    """From a moment to a moment, either of which may be open."""
    return {"startDate": start and stamp(start, zone), "endDate": end and stamp(end, zone)}


def reference(party: Party) -> Json:
    """A party where it is only named."""
    return {"id": party.id, "name": party.name}


def party(one: Party, roles: Sequence[str]) -> Json:
    """A party in full, with its roles."""
    return {
        "id": one.id,
        "name": one.name,
        "identifier": {"scheme": CODE_SCHEME, "id": one.code, "legalName": one.name} if one.code else None,
        "address": {"streetAddress": one.street, "countryName": "中国"} if one.street else None,
        "contactPoint": {"name": one.name, "telephone": one.telephone} if one.telephone else None,
        "roles": list(roles),
    }


def document(process: Process, name: str, kind: str, title: str, page: str, at: datetime) -> Json:
    """A page of the site that says the same in words."""
    return {
        "id": name,
        "documentType": kind,
        "title": title,
        "url": process.page + page,
        "datePublished": stamp(at, process.zone),
        "format": "text/html",
        "language": LANGUAGE,
    }


def pruned(found: Any) -> Any:
    """The same without what says nothing: nulls, empty texts, empty lists and objects."""
    if isinstance(found, Mapping):
        kept = {name: pruned(inner) for name, inner in found.items()}
        return {name: inner for name, inner in kept.items() if inner not in (None, "", [], {})}
    if isinstance(found, list | tuple):
        return [inner for inner in map(pruned, found) if inner not in (None, "", [], {})]
    return found.strip() if isinstance(found, str) else found
