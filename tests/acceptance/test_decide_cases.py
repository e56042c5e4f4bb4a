"""`voting decide` agrees with an independent implementation of the contract, case by case and folder by folder."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.core.law.rows import LawGap, law_row
from app.voting.rules import Malformed, decide, read_case


@pytest.fixture
def expected(shared_data: Path) -> list[dict[str, Any]]:
    lines = (shared_data / "decide" / "expected.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def answer_to(data: bytes) -> dict[str, Any]:
    """Status and answer of a case, or the path of its fault."""
    try:
        return {"status": 0, "answer": decide(read_case(data), law_row).as_json()}
    except Malformed as fault:
        return {"status": 2, "path": fault.path}
    except LawGap:
        return {"status": 1}


def test_every_case_has_the_expected_answer_or_fault(shared_data: Path, expected: list[dict[str, Any]]) -> None:
    assert len(expected) > 100
    wrong = []
    for one in expected:
        got = answer_to((shared_data / "decide" / "cases" / f"{one['case']}.json").read_bytes())
        if json.dumps(got) != json.dumps({name: one[name] for name in got}):
            wrong.append(one["case"])
    assert wrong == []


def test_every_council_case_is_among_them(expected: list[dict[str, Any]]) -> None:
    council = [one for one in expected if one["status"] == 0 and one["answer"]["area"] is None]
    assert len(council) >= 15
    assert {one["answer"]["outcome"] for one in council} == {"adopted", "rejected", "not-quorate"}
