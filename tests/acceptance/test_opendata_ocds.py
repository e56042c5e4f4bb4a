"""What is published of purchases is valid: by the official schema, by the closed one, and by a stranger's validator."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.core.values import the_house
from app.opendata.rules import Json, Process, extension_json, package, record, releases
from app.opendata.serializers import json_text
from app.procurement import actions, rules
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.purchases import LATER, SITE, Ocds, at, failed, purchase
from tests.tendering import Tendering
from tests.world import World

STORIES = {
    "whole": purchase(),
    "without a mandate": purchase(mandate=None, agency=None),
    "bare": purchase(
        mandate=None, agency=None, summary="", requirements="", beneficiaries="", price_basis="", bid_bond=0,
        performance_bond=0, qualifications=(), payment="", acceptance="", term_months=0, term_from=None, term_to=None,
        notice_until=None, factors=(), flaws=(), clarifications=(),
    ),
    "too few bidders": failed(opened=False),
    "too few qualified": failed(opened=True),
    "yearly, with a floor": purchase(yearly=True, minimum_price=0, method="single_source", category="goods"),
}  # fmt: skip


@pytest.fixture(scope="module")
def ocds(shared_data: Path) -> Ocds:
    """The official schemas and the patched one."""
    return Ocds(shared_data.parent / "reference" / "ocds")


def packed(told: Mapping[str, Any]) -> Json:
    """Records or releases in a package, as a program reads it from its text."""
    head = package(f"{SITE}/c/wutongli/x.json", SITE, "梧桐里社区", f"{SITE}/c/wutongli/", LATER, "Asia/Shanghai")
    found: Json = json.loads(json_text({**head, **told}))
    return found


def whole(story: Process) -> Json:
    return packed({"packages": [f"{SITE}/c/wutongli/ocds/releases-2026.json"], "records": [record(story, LATER)]})


@pytest.mark.parametrize("name", STORIES)
def test_every_story_is_valid_as_a_record_and_as_releases(ocds: Ocds, name: str) -> None:
    assert ocds.complaints(whole(STORIES[name])) == []
    assert ocds.complaints(packed({"releases": releases(STORIES[name], LATER)})) == []


def test_a_purchase_is_valid_at_every_moment_of_its_life(ocds: Ocds) -> None:
    moments = [release["date"] for release in releases(purchase(), LATER)]
    assert len(moments) == 13
    for many in range(1, len(moments) + 1):
        told = packed({"releases": releases(purchase(), LATER)[:many]})
        assert ocds.complaints(told) == []
    early = record(purchase(), at(3, 2) + timedelta(hours=1))
    assert ocds.complaints(packed({"records": [early]})) == []


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (lambda release: release["tender"].update(colour="red"), "colour"),
        (lambda release: release["tender"]["documents"][0].update(page=1), "page"),
        (lambda release: release["tender"].update(title=""), "says nothing"),
        (lambda release: release["tender"].update(title=" x"), "says nothing"),
        (lambda release: release["tender"]["evaluationFactors"][1].update(id="1"), "stands 2 times"),
        (lambda release: release["tender"].update(status="sealed"), "sealed"),
        (lambda release: release.update(date="2026-03-02T10:00:00"), "date"),
        (lambda release: release["tender"]["value"].update(amount="1"), "number"),
        (lambda release: release["tender"].update(pricePeriod="month"), "month"),
    ],
)  # fmt: skip
def test_the_judge_finds_what_is_wrong(ocds: Ocds, spoil: Any, word: str) -> None:
    told = packed({"releases": releases(purchase(), LATER)})
    assert ocds.complaints(told) == []
    spoil(told["releases"][1])
    assert any(word in complaint for complaint in ocds.complaints(told))


def test_our_extension_says_of_itself_what_ocds_asks_of_extensions() -> None:
    found = extension_json(SITE)
    assert {"name", "description", "documentationUrl", "contactPoint", "compatibility"} <= set(found)
    assert all(set(found[name]) == {"zh", "en"} for name in ("name", "description", "documentationUrl"))


def test_the_bid_extension_is_the_pinned_one(ocds: Ocds) -> None:
    bid = json.loads((ocds.folder / "extensions" / "bid" / "extension.json").read_text("utf-8"))
    assert bid["compatibility"] == ["1.1"]
    assert whole(purchase())["extensions"][0].endswith("/ocds_bid_extension/v1.1.5/extension.json")


@pytest.fixture
def told(app: Flask, world: World, clock: Clock, shared_data: Path) -> Tendering:
    """A community with the two real tenders of other places, one of its own from mandate to milestone, and one that failed."""
    community = world.community_id
    for raw in json.loads((shared_data / "tenders" / "cn-tenders.json").read_text("utf-8"))["tenders"]:
        actions.replay_tender(the_house(community), community, rules.read_tender(raw))
    tendering = Tendering(world, clock).published()
    actor, organisation = tendering.supplier(0)
    asked = actions.ask_question(actor, tendering.tender_id, organisation, "周末送吗？")
    actions.answer_question(tendering.secretary, tendering.tender_id, asked, "周末也送。", affects_bids=True)
    tendering.bids().opened().panel().scored().ranked().awarded().after_challenges().signed()
    actions.complete_milestone(tendering.secretary, tendering.tender_id, 1, "63位老人都满意。")
    actions.open_due_bids()
    return tendering


def test_a_strangers_validator_accepts_the_file_of_the_command(
    app: Flask, told: Tendering, shared_data: Path, tmp_path: Path, ocds: Ocds
) -> None:
    out = tmp_path / "f.json"
    done = app.test_cli_runner().invoke(args=["opendata", "ocds", "--community", told.world.slug, "--out", str(out)])
    assert done.exit_code == 0, done.output
    stranger = [sys.executable, shared_data.parent / "tools" / "validate_ocds.py", ocds.folder / "schema", out]
    judged = subprocess.run(stranger, capture_output=True, text=True, timeout=120)
    assert judged.stdout.strip() == f"{out} OK"
    assert judged.returncode == 0
    found = json.loads(out.read_text("utf-8"))
    assert ocds.complaints(found) == []
    compiled = {one["ocid"]: one["compiledRelease"] for one in found["records"]}
    assert [one["tender"]["status"] for one in compiled.values()] == ["unsuccessful", "unsuccessful", "complete"]
    assert "ruleFindings" in next(iter(compiled.values()))["tender"]


def test_what_the_site_serves_is_valid_too(app: Flask, told: Tendering, ocds: Ocds) -> None:
    client = PageClient(app)
    slug = told.world.slug
    paths = [f"/c/{slug}/tenders/{number}/ocds/record.json" for number in (1, 2, 3)]
    for path in (*paths, f"/c/{slug}/ocds/releases-2026.json", f"/c/{slug}/ocds/records.json"):
        answer = client._outside(lambda path=path: client.browser.get(path, buffered=True))  # type: ignore[misc]  # a bound path
        assert answer.status_code == 200
        assert ocds.complaints(json.loads(answer.text)) == [], path
