"""ballots.jsonl: every ballot received, one a line, in the order in which they came."""

import json
from dataclasses import dataclass

from app.journal.rules.canonical import Json, commitment

COUNTED, SUPERSEDED, REJECTED = "counted", "superseded", "rejected"


@dataclass(frozen=True, slots=True)
class Received:
    """One received ballot: its receipt, for which line of the roll, how it is marked, how and when it came.

    `time` as the record writes moments; `status` is counted, superseded, or rejected with the reason in `why`. `salt` (64
    hexadecimal digits) opens its commitment.
    """

    ballot: str
    unit: str
    choice: str
    channel: str
    time: str
    status: str
    why: str | None
    salt: str


def committed(ballot: Received) -> str:
    """The commitment that hides a ballot in the public record: SHA-256(salt ‖ ballot, unit, choice, channel, time)."""
    value: dict[str, Json] = {
        "ballot": ballot.ballot,
        "unit": ballot.unit,
        "choice": ballot.choice,
        "channel": ballot.channel,
        "time": ballot.time,
    }
    return commitment(bytes.fromhex(ballot.salt), value)


def ballot_line(ballot: Received, *, shown: bool, imported: bool = False) -> str:
    """One line of ballots.jsonl; the commitment stands in place of the choice for whom the choices are not.

    Ballots that came in with a whole poll (`imported`) have no entry and no commitment of their own.
    """
    middle = ("choice", ballot.choice) if shown else ("commitment", None if imported else committed(ballot))
    line = {
        "ballot": ballot.ballot,
        "unit": ballot.unit,
        middle[0]: middle[1],
        "channel": ballot.channel,
        "time": ballot.time,
        "status": ballot.status,
        "why": ballot.why,
    }
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
