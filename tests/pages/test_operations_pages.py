"""Alive, ready, figures and log lines: enough to run the house, and nothing that betrays a person or a sealed bid."""

import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.core import jobs, metrics
from app.core.house import house
from app.core.logs import REQUEST_ID
from tests.page_client import PageClient
from tests.world import PASSWORD, World


def figures(client: PageClient, **headers: str) -> dict[str, float]:
    """Name with labels → value."""
    text = client.get("/metrics", headers=headers).response.text
    pairs = (line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def test_a_process_that_answers_is_alive(client: PageClient) -> None:
    answer = client.get("/healthz").response
    assert answer.json == {"ok": True}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_house_whose_parts_answer_is_ready(client: PageClient) -> None:
    assert client.get("/readyz").response.json == {"ready": True, "database": "ok", "queue": "ok", "storage": "ok"}


def test_a_house_without_storage_is_not_ready_and_says_which_part(
    app: Flask, client: PageClient, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    app.config["STORAGE_URL"] = f"file://{tmp_path / 'file'}"
    answer = client.get("/readyz", status=503).response.json
    assert answer == {"ready": False, "database": "ok", "queue": "ok", "storage": "failed"}


@pytest.mark.databases("sqlite")
def test_a_house_whose_queue_is_gone_is_not_ready(app: Flask, client: PageClient) -> None:
    jobs.close(app)
    app.extensions.pop("queue", None)
    app.config["REDIS_URL"] = "redis://127.0.0.1:1/0"
    assert client.get("/readyz", status=503).response.json["queue"] == "failed"  # type: ignore[index]  # an object


def test_figures_are_for_this_machine_or_who_shows_the_token(app: Flask, client: PageClient) -> None:
    assert "sifang_unsealed_entries" in figures(client)
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-Ip"):
        client.get("/metrics", headers={header: "203.0.113.9"}, status=404)
    client.browser.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    client.get("/metrics", status=404)
    client.get("/metrics", headers={"Authorization": "Bearer "}, status=404)
    app.config["METRICS_TOKEN"] = "t0ken"
    client.get("/metrics", headers={"Authorization": "Bearer other"}, status=404)
    assert "sifang_unsealed_entries" in figures(client, Authorization="Bearer t0ken")


def test_answers_are_counted_by_endpoint_and_never_by_address(client: PageClient, world: World) -> None:
    client.get(f"/c/{world.slug}/journal")
    client.get(f"/c/{world.slug}/journal?before=7")
    found = figures(client)
    assert found['sifang_requests_total{endpoint="journal.journal",method="GET",status="200"}'] == 2
    assert found['sifang_request_seconds_count{endpoint="journal.journal"}'] == 2
    assert not any("wutongli" in name or "before" in name for name in found)


def test_quiet_endpoints_cannot_be_told_from_strays_and_files(client: PageClient, world: World) -> None:
    house().quiet.add("journal.journal")
    before = figures(client)
    client.get(f"/c/{world.slug}/journal")
    client.get("/nothing-here", status=404)
    after = figures(client)
    changed = {name for name in after if after[name] != before.get(name, 0) and "health." not in name}
    assert changed == {'sifang_requests_total{endpoint="other",method="other",status="other"}'}


def test_a_figure_that_cannot_be_had_hides_no_other(client: PageClient) -> None:
    def broken() -> float:
        raise OSError

    metrics.watch("sifang_test_broken", "A figure for this test", broken)
    try:
        found = figures(client)
    finally:
        metrics._watched.pop("sifang_test_broken")
    assert "sifang_test_broken" not in found
    assert "sifang_overdue_readings" in found


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [record.msg for record in caplog.records if record.name == "sifang" and isinstance(record.msg, dict)]


def test_each_answer_has_an_id_that_its_line_in_the_log_repeats(
    client: PageClient, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="sifang"):
        answer = client.get(f"/c/{world.slug}/journal?before=1&phone=13800000000").response
    number = answer.headers["X-Request-Id"]
    assert REQUEST_ID.fullmatch(number)
    (line,) = lines(caplog)
    assert {key: line[key] for key in ("event", "endpoint", "method", "status", "request_id")} == {
        "event": "request", "endpoint": "journal.journal", "method": "GET", "status": 200, "request_id": number,
    }  # fmt: skip
    assert "13800000000" not in json.dumps(line, default=str)
    assert world.slug not in json.dumps(line, default=str)


def test_an_id_is_taken_over_only_if_it_can_be_one(client: PageClient) -> None:
    given = "0123456789abcdef"
    assert client.get("/healthz", headers={"X-Request-Id": given}).response.headers["X-Request-Id"] == given
    for wrong in ("x", "0123456789ABCDEF", "0" * 65, "王芳"):
        sent = wrong.encode().decode("latin-1")
        answer = client.get("/healthz", headers={"X-Request-Id": sent}).response
        assert re.fullmatch("[0-9a-f]{16}", answer.headers["X-Request-Id"])


def test_signing_in_leaves_no_name_and_no_address_in_the_log(
    client: PageClient, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="sifang"):
        client.sign_in(world.login("convener"), PASSWORD)
    said = caplog.text + json.dumps(lines(caplog), default=str)
    assert "identity" in said
    for secret in (world.login("convener"), PASSWORD, "王书记", "127.0.0.1"):
        assert secret not in said


def test_a_quiet_endpoint_leaves_no_line(client: PageClient, world: World, caplog: pytest.LogCaptureFixture) -> None:
    house().quiet.add("journal.journal")
    with caplog.at_level(logging.INFO, logger="sifang"):
        client.get(f"/c/{world.slug}/journal")
    assert lines(caplog) == []
