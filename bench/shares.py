"""Equal shares with raised budgets: our time on one election, and that of pabutools where an interpreter has it."""

import json
import os
import random
import subprocess
import tempfile
import time
from pathlib import Path

from app.voting.rules import Election, read_pb
from app.voting.rules.methods import count_election

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "data" / "pabulib" / "Poland_Swiecie_2023.pb"
INTERPRETER = "PABUTOOLS_PYTHON"
YARDSTICK = Path(__file__).with_name("pabutools_add1.py")


def election_text(voters: int, coins: int = 1) -> str:
    """An election of the size of Świecie (22 projects, four of five fit one by one), in coins of so many to one."""
    dice = random.Random(2023)
    costs = [dice.randint(20, 480) * 1_000 for _ in range(22)]
    lines = [
        "META",
        "key;value",
        f"budget;{1_070_000 * coins}",
        "vote_type;approval",
        "PROJECTS",
        "project_id;cost;name",
    ]
    lines += [f"c{place};{cost * coins};Project {place}" for place, cost in enumerate(costs, 1)]
    lines += ["VOTES", "voter_id;vote"]
    for number in range(voters):
        wanted = sorted(dice.sample(range(1, 23), dice.choice((1, 2, 3, 3, 4, 5))))
        lines.append(f"v{number};{','.join(f'c{place}' for place in wanted)}")
    return "\n".join(lines) + "\n"


def ours(election: Election) -> tuple[float, list[str]]:
    """Seconds, the best of three, and what is funded."""
    took = []
    funded: list[str] = []
    for _ in range(3):
        began = time.perf_counter()
        funded = list(count_election(election, "equal-shares-add1").winners)
        took.append(time.perf_counter() - began)
    return min(took), funded


def measure_shares(voters: int) -> tuple[float, float, float | None]:
    """Our seconds; how many times as long the same money takes in coins of a hundred; pabutools' time through ours.

    The real election where it lies beside the checkout, else one of so many voters and its size; the last is None where
    PABUTOOLS_PYTHON names no interpreter. Whatever pabutools funds we fund, or the run fails.
    """
    text = REAL.read_text("utf-8") if REAL.exists() and voters > 1_000 else election_text(voters)
    seconds, funded = ours(read_pb(text.encode()))
    coarse, _same = ours(read_pb(election_text(voters).encode()))
    fine, _fine = ours(read_pb(election_text(voters, 100).encode()))
    interpreter = os.environ.get(INTERPRETER, "")
    if not interpreter:
        return seconds, fine / coarse, None
    with tempfile.NamedTemporaryFile("w", suffix=".pb", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        told = subprocess.run([interpreter, str(YARDSTICK), file.name], capture_output=True, text=True, check=True)
    answer = json.loads(told.stdout.splitlines()[-1])
    assert answer["funded"] == funded, (answer["funded"], funded)
    return seconds, fine / coarse, answer["seconds"] / seconds
