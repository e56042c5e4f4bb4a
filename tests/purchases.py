"""A purchase as values, from its mandate to its last milestone, and the judge of what is published of it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from app.opendata.rules import (
    Award,
    Bid,
    Clarification,
    Contract,
    Factor,
    Flaw,
    Mandate,
    Milestone,
    Party,
    Process,
    Scoring,
    release_schema,
)

ZONE = ZoneInfo("Asia/Shanghai")
SITE = "https://sifang.example"
FIRST = Party("CN-USCC-52310115MJ50123457", "和风社工服务中心", "52310115MJ50123457", "梧桐路1号")
SECOND = Party("CN-USCC-52440300MJL1234565", "晚晴养老服务社", "52440300MJL1234565")
THIRD = Party("CN-USCC-91310115MA1K3ABCDM", "邻里餐饮有限公司", "91310115MA1K3ABCDM")
BUYER = Party("wutongli", "梧桐里社区居民委员会", "", "梧桐路2号", "5555 0100")


def at(month: int, day: int, hour: int = 10, year: int = 2026) -> datetime:
    """A moment on the community's wall clock."""
    return datetime(year, month, day, hour, tzinfo=ZONE)


def bid(place: int, bidder: Party, price: int, **changes: Any) -> Bid:
    """A bid of the story."""
    return Bid(f"AAAA-000{place}", bidder, price, at(3, 20 + place), **changes)


BIDS = (
    bid(1, FIRST, 26_000_050, qualified=True, rank=1, total=Fraction(283, 3)),
    bid(2, SECOND, 28_000_000, qualified=True, rank=2, total=Fraction(88)),
    bid(3, THIRD, 27_000_000, qualified=False, reason="没有养老服务备案。"),
)
STEPS = (
    Milestone(1, "上半年", date(2026, 9, 30), 13_000_025, "63位老人都满意。", at(10, 8)),
    Milestone(2, "下半年", date(2027, 3, 31), 13_000_025, "", at(4, 2, year=2027)),
)


def purchase(**changes: Any) -> Process:
    """The whole story: announced on 2 March, two answers of which one moves the deadline, opened on 31 March, three bids,
    result on 8 April, signed on 23 April, done on 2 April 2027."""
    whole = Process(
        ocid="ocds-213czf-wutongli-1",
        number=1,
        zone="Asia/Shanghai",
        page=f"{SITE}/c/wutongli/tenders/1",
        buyer=BUYER,
        title="2027年独居老人助餐服务",
        method="open",
        category="services",
        budget=28_600_000,
        ceiling=28_600_000,
        published_at=at(3, 2),
        deadline=at(3, 30),
        agency=Party("wutongli-1-agency", "公信招标代理有限公司"),
        mandate=Mandate("resolution:11", "独居老人助餐", 28_600_000, at(2, 27)),
        summary="为63位独居老人每天送一顿热饭。",
        requirements="每天一顿，热的。",
        beneficiaries="63位独居老人",
        price_basis="按每餐单价乘以餐数",
        bid_bond=500_000,
        performance_bond=500,
        qualifications=("独立法人", "有食品经营许可"),
        payment="按季度付。",
        acceptance="每季度由老人评价。",
        term_months=12,
        term_from=date(2026, 5, 1),
        term_to=date(2027, 4, 30),
        notice_until=date(2026, 3, 9),
        factors=(
            Factor("服务方案", "technical", "judged", 8_500, "分档", (Scoring("graded", 8_500, (("优", 8_500), ("良", 6_050))),)),
            Factor("价格", "price", "price", 1_500),
        ),
        flaws=(Flaw("response-too-short", "政府采购法 35", "deadline", True, "从发公告到截止不能少于20天。"),),
        clarifications=(
            Clarification(1, "送到床前吗？", at(3, 3), "送到床前。", at(3, 5)),
            Clarification(2, "周末送吗？", at(3, 15), "周末也送。", at(3, 16), at(3, 31)),
            Clarification(3, "没有答复的提问", at(3, 29)),
        ),
        bidders=3,
        opened_at=at(3, 31),
        evaluating_at=at(3, 31, 14),
        bids=BIDS,
        award=Award(
            "AAAA-0001", 26_000_050, at(4, 7), at(4, 8), date(2026, 4, 9), date(2026, 4, 20), date(2026, 5, 8), "得分最高。"
        ),
        contract=Contract(1, 26_000_050, at(4, 23), date(2026, 5, 1), date(2027, 4, 30), STEPS, at(4, 2, year=2027)),
    )  # fmt: skip
    return replace(whole, **changes)


def failed(*, opened: bool) -> Process:
    """A purchase of which nothing came: too few bidders, or too few qualified ones."""
    if not opened:
        return purchase(
            bidders=2, opened_at=None, evaluating_at=None, bids=(), failed_at=at(3, 31), award=None, contract=None
        )
    bids = tuple(replace(one, qualified=one.code == "AAAA-0001", rank=None, total=None) for one in BIDS)
    return purchase(bids=bids, failed_at=at(4, 1), award=None, contract=None)


LATER = at(1, 1, year=2028)


@dataclass(frozen=True)
class Ocds:
    """The official schemas, and the patched one that knows our extensions and nothing else."""

    folder: Path

    def _read(self, path: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / path).read_text("utf-8"))
        return found

    @cached_property
    def _official(self) -> dict[str, dict[str, Any]]:
        names = ("release", "release-package", "record-package", "versioned-release-validation")
        return {name: self._read(f"schema/{name}-schema.json") for name in names}

    @cached_property
    def _patched(self) -> dict[str, dict[str, Any]]:
        release = self._official["release"]
        for patch in (self._read("extensions/bid/release-schema.json"), release_schema()):
            release = merge_patch(release, patch)
        return {**self._official, "release": release}

    def complaints(self, package: Mapping[str, Any]) -> list[str]:
        """Everything by which a package is not valid: under the official schema, the closed one, and what no schema sees."""
        found = _errors(self._official, package)
        found += _errors({name: closed(schema) for name, schema in self._patched.items()}, package)
        return found + list(_unseen(package, "$"))


def merge_patch(target: Any, patch: Any) -> Any:
    """JSON Merge Patch, RFC 7396."""
    if not isinstance(patch, Mapping):
        return patch
    found = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            found.pop(name, None)
        else:
            found[name] = merge_patch(found.get(name), value)
    return found


def closed(schema: Any) -> Any:
    """The same schema, in which an object has no other fields than those that are named."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, Mapping):
        return schema
    found = {name: closed(inner) for name, inner in schema.items()}
    if isinstance(found.get("properties"), Mapping):
        found["additionalProperties"] = False
        found.pop("patternProperties", None)
    return found


def _errors(schemas: Mapping[str, dict[str, Any]], package: Mapping[str, Any]) -> list[str]:
    resources = [Resource.from_contents(schema, default_specification=DRAFT4) for schema in schemas.values()]
    registry: Registry[Any] = Registry().with_resources(
        (schema["id"], resource) for schema, resource in zip(schemas.values(), resources, strict=True)
    )
    schema = schemas["record-package" if "records" in package else "release-package"]
    validator = Draft4Validator(schema, registry=registry, format_checker=FormatChecker())
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in validator.iter_errors(package)
    ]


def _unseen(found: Any, path: str) -> Iterator[str]:
    """Empty texts, lists and objects, ids that stand twice in a list, moments without a zone."""
    if isinstance(found, Mapping):
        for name, inner in found.items():
            yield from _unseen(inner, f"{path}.{name}")
            if ("date" in name.lower() or name.endswith("Deadline")) and isinstance(inner, str) and inner[-6] != "+":
                yield f"{path}.{name}: {inner} has no zone"
    elif isinstance(found, list):
        ids = Counter(one["id"] for one in found if isinstance(one, Mapping) and "id" in one)
        yield from (f"{path}: id {name} stands {times} times" for name, times in ids.items() if times > 1)
        for place, inner in enumerate(found):
            yield from _unseen(inner, f"{path}[{place}]")
    if found in ("", [], {}, None) or (isinstance(found, str) and found != found.strip()):
        yield f"{path}: {found!r} says nothing"


def plain(found: Any) -> Any:
    """The same with amounts as a program reads them that knows only doubles."""
    if isinstance(found, Mapping):
        return {name: plain(inner) for name, inner in found.items()}
    if isinstance(found, list):
        return [plain(inner) for inner in found]
    return float(found) if isinstance(found, Decimal) else found
