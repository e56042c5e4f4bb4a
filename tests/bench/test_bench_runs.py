"""The measuring itself: wrong answers count as wrong, and a quick run ends in a table and a file."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bench import load, run
from bench.serving import Figure


class Moody(BaseHTTPRequestHandler):
    """Answers `/well` well, leads on from `/on`, and fails at everything else."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        status = {"/well": 200, "/on": 303}.get(self.path, 500)
        self.send_response(status)
        if status == 303:
            self.send_header("Location", "/receipts/7K4M")
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"said")

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Moody) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_wrong_answers_are_counted_and_do_not_make_a_rate(port: int) -> None:
    asked = [load.request("/well"), load.request("/ill"), load.request("/ill")]
    found = load.run_each_once(port, asked, readers=2)
    assert (found.answers, found.wrong) == (3, 2)
    assert found.statuses == {200: 1, 500: 2}
    assert found.rate == pytest.approx(1 / found.seconds)


def test_each_request_is_asked_exactly_once_and_where_it_leads_is_known(port: int) -> None:
    found = load.run_each_once(port, [load.request("/on")] * 25, readers=8, expected=(303,))
    assert (found.answers, found.wrong) == (25, 0)
    assert found.places == ["/receipts/7K4M"] * 25


def test_readers_go_on_until_their_time_is_over(port: int) -> None:
    found = load.run(port, [load.request("/well")], readers=3, seconds=0.3)
    assert found.seconds == pytest.approx(0.3, abs=0.3)
    assert found.answers > 3
    assert found.wrong == 0
    assert 0 < found.percentile(0.5) <= found.percentile(0.95)


def test_nobody_there_is_a_wrong_answer_too() -> None:
    found = load.run_each_once(1, [load.request("/well")], readers=1)
    assert (found.answers, found.wrong, found.statuses) == (1, 1, {0: 1})


def test_a_figure_is_its_rate_by_the_reference() -> None:
    figure = Figure("poll", "anonymous", "sqlite", "small", 150.0, 600.0, 0, 0.1, 0.5, {})
    assert figure.ratio == 0.25
    results = run.Results([figure])
    assert "✗ poll" in run.table(results)


def test_a_quick_run_ends_in_a_table_and_a_file(
    built: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "latest.json"
    assert run.main(["--quick", "--seconds", "0.1", "--database", "sqlite", "--output", str(output)]) == 0
    told = json.loads(output.read_text("utf-8"))
    figures = {(one["what"], one["reader"]): one for one in told["pages"]}
    assert {"home", "proposals", "proposal", "comments", "poll", "tenders", "tender", "to-do", "cast a vote"} == {
        what for what, _ in figures
    }
    for one in figures.values():
        assert one["wrong"] == 0, one
        assert one["rate"] > 0
    others = {one["what"]: one for one in told["others"]}
    assert others["votes acknowledged, tiny"]["value"] == 24
    assert others["of these on record, tiny"]["value"] == 24
    assert others["outcome of 2000 units ÷ one aggregate"]["value"] > 0
    assert str(tmp_path) not in output.read_text("utf-8")
    table = capsys.readouterr().out
    assert "÷ reference" in table
    assert "cast a vote" in table
