"""Both real tenders of the shared data stand here with their criteria, weights and terms, and what breaks which article."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app.procurement import queries, rules
from app.procurement.actions import submit_scores
from app.procurement.models import BIDDING
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.tendering import Tendering
from tests.world import World


def replay(app: Flask, file: Path, world: World, *options: str) -> Result:
    """`flask procurement replay FILE --community SLUG`."""
    runner = app.test_cli_runner()
    return runner.invoke(args=["procurement", "replay", str(file), "--community", world.slug, *options])


@pytest.fixture
def told(app: Flask, world: World, clock: Clock, shared_data: Path) -> dict[str, Any]:
    """The answer for the real tenders."""
    done = replay(app, shared_data / "tenders" / "cn-tenders.json", world, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_both_tenders_are_published_with_criteria_weights_and_terms(told: dict[str, Any], world: World) -> None:
    assert set(told) == {"tenders", "refused", "warnings"}
    assert told["refused"] == []
    shenzhen, guangzhou = told["tenders"]
    assert shenzhen["weights"] == {"price": "10", "commercial": "40", "technical": "45", "integrity": "5"}
    assert guangzhou["weights"] == {"commercial": "25", "technical": "50", "credit": "5", "price": "20"}
    first = queries.get_tender(world.community_id, shenzhen["number"])
    second = queries.get_tender(world.community_id, guangzhou["number"])
    assert (first.ceiling, first.yearly, first.term_months, first.method) == (244_500_000, True, 36, rules.OPEN)
    assert (second.ceiling, second.method, second.performance_bond) == (64_064_580, rules.CONSULTATION, 500)
    assert (str(second.term_from), str(second.term_to)) == ("2026-03-11", "2027-03-11")
    assert first.stage == second.stage == BIDDING
    points = {row.name: row.points for row in queries.criteria(first.id)}
    assert sum(points.values()) == rules.FULL
    assert points["社会组织等级评估情况"] == 800
    assert len(points) == 15


def test_what_breaks_which_article_is_said(told: dict[str, Any]) -> None:
    warnings = told["warnings"]
    assert all(set(one) == {"rule", "article", "where"} for one in warnings)
    bound = {(one["rule"], one["article"]) for one in warnings if "待本地确认" not in one["article"]}
    assert bound == {
        ("term-over-one-year", "102号令 24"),
        ("regional-honours", "政府采购法实施条例 20；财库〔2019〕38号"),
        ("not-quantified", "87号令 55"),
    }
    [honours] = [one for one in warnings if one["rule"] == "regional-honours"]
    assert "SZ-GM-2023-A" in honours["where"]
    assert "市级" in honours["where"]
    assert "区级" in honours["where"]
    assert not [one for one in warnings if one["where"].startswith("GZ") and "待本地确认" not in one["article"]]


def test_the_page_shows_every_finding_with_its_article(told: dict[str, Any], world: World, client: PageClient) -> None:
    page = client.get(f"/c/{world.slug}/tenders/1")
    for words in ("不合规定", "待本地确认", "投标人获得荣誉情况", "102号令第24条", "督导人员", "（每年）"):
        assert page.says(words), words
    assert client.get(f"/c/{world.slug}/tenders/2").says("广州市体育彩票管理中心")


def test_a_real_tender_takes_bids_and_comes_to_an_award(
    told: dict[str, Any], app: Flask, world: World, clock: Clock
) -> None:
    tendering = Tendering(world, clock, number=2)
    tendering.tender_id = queries.get_tender(world.community_id, 2).id
    tendering.bids(64_000_000, 60_000_000, 62_000_000).opened().panel(3)
    for expert in tendering.experts:
        for position, technical in ((1, 4000), (2, 4500), (3, 4100)):
            tendering.score(expert, position, 2000, technical, 500)
        submit_scores(expert, tendering.tender_id)
    tendering.ranked().awarded()
    ranks = queries.ranks(tendering.tender_id)
    assert [row.bid.price for row in ranks] == [60_000_000, 62_000_000, 64_000_000]
    assert ranks[0].total == 20 + 45 + 5 + 20
