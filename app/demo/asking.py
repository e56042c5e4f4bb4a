"""Residents are asked: what a budget should pay for, and which of four places they like best."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.assemblies.actions import convene_residents, open_due
from app.core.permissions import OWNER
from app.core.values import Actor, Grant
from app.demo.deciding import TOO_LATE
from app.demo.stage import Stage, Thread
from app.register.queries.rolls import residents_roll
from app.voting.actions import cast_ballot, declare_due
from app.voting.rules import Budget, Option

TOLD = 3
"""So many days before it opens a poll of the residents is told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the residents; `ballots` are cast in turns, by every `step`th of them. Days before today."""

    title: str
    question: str
    method: str
    opens: int
    closes: int
    options: tuple[Option, ...]
    ballots: Sequence[tuple[str, ...]]
    step: int
    budget: Budget | None = None


LITTLE_THINGS = Asked(
    "8万元公共收益先办哪几件小事",
    "今年有80,000元公共收益可以办小事，您赞成办哪几件？可以选几件，一共不必正好用完。",
    "budget", 84, 70,
    (
        Option("1", "中心花园健身器材8件", 4_200_000), Option("2", "儿童滑梯和软地面", 3_600_000),
        Option("3", "北门自行车雨棚", 2_400_000), Option("4", "步行道长椅12把", 1_200_000),
        Option("5", "各楼门口花坛补种", 1_500_000), Option("6", "活动室图书角", 800_000),
    ),
    (
        ("1", "2"), ("4", "5"), ("1", "2", "3"), ("1", "2"), ("5", "6"), ("1", "3"), ("4", "5"), ("1", "2"),
        ("4", "6"), ("2", "1"), ("4", "5", "6"), ("1", "2"), ("3", "4"),
    ),
    2, Budget(8_000_000),
)  # fmt: skip
PLAYGROUND = Asked(
    "儿童活动角建在哪里",
    "儿童活动角建在哪里好？请把四个地方从最愿意到最不愿意排一排，不愿意的可以不排。",
    "irv", 21, 9,
    (
        Option("1", "中心花园东侧"), Option("2", "北门小广场"), Option("3", "2号楼南侧草坪"),
        Option("4", "活动室门前"),
    ),
    (
        ("2", "4", "1"), ("1", "3"), ("3", "1", "4"), ("2", "1"), ("1", "3", "4"), ("4", "1", "2"), ("2", "4"),
        ("3", "1"), ("1", "4"), ("2", "3", "1", "4"), ("3", "1", "2"),
    ),
    4,
)  # fmt: skip


def ask(stage: Stage, asked: Asked) -> Thread:
    """Everybody who lives here is asked; the answer is counted and posted when the time is up."""
    yield stage.at(asked.opens + TOLD, 10)
    opens, closes = stage.at(asked.opens, 8), stage.at(asked.closes, 20)
    made = convene_residents(
        stage.actor("林秘书"), stage.community_id, asked.title, asked.question, opens, closes, asked.options,
        asked.method, asked.budget,
    )  # fmt: skip
    yield opens
    open_due()
    here = frozenset({Grant(stage.community_id, OWNER)})
    lines = residents_roll(stage.community_id, stage.day(asked.opens))[:: asked.step]
    for place, entry in enumerate(lines):
        yield opens + timedelta(minutes=10) + (closes - opens - timedelta(hours=1)) * place / len(lines)
        who = Actor(None, here, frozenset(entry.voters))
        cast_ballot(who, made.poll_id, entry.key, asked.ballots[place % len(asked.ballots)])
    yield closes + TOO_LATE
    declare_due()
