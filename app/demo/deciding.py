"""The owners decide on the maintenance fund: called, reached at their doors, a few at the desk, counted, declared, posted."""

from datetime import datetime, timedelta
from functools import partial

from app.assemblies.actions import Convened, open_due
from app.assemblies.rules import DraftItem
from app.core.permissions import OWNER
from app.core.values import Actor, Entry, Grant, Ref
from app.demo.calling import call_owners
from app.demo.desk import CLERK, SECRETARY, Step
from app.demo.stage import Stage, Thread, scattered
from app.publication.actions import record_service
from app.publication.queries import lines_of_building, standing_postings
from app.publication.rules import HANDED, LETTER
from app.register.queries.rolls import roll
from app.voting.actions import cast_ballot, declare_due, issue_papers, read_intake, receive_intake

CALLED, OPENS, CLOSES = 52, 34, 5
TITLE = "使用维修资金更换二次供水水泵和生活水箱"
QUESTION = "您是否同意使用维修资金312,600.00元，更换二次供水水泵和生活水箱？"
TOO_LATE = timedelta(seconds=31)
"""When no ballot that arrived in time can still be under way."""
ONLINE = ("yes", "yes", "no", "yes", "yes", "yes", "yes", "abstain", "yes", "yes", "yes", "no")
PAPERS = ("yes", "yes", "no", "yes", "yes", "invalid", "yes")
BUILDINGS = 6


def decide(stage: Stage) -> Thread:
    """Three quarters take part, and far more than half of them agree: what the law wants is reached."""
    yield stage.at(CALLED, 9, 30)
    opens, closes = stage.at(OPENS, 9), stage.at(CLOSES, 20)
    made = call_owners(stage, stage.actor(SECRETARY), DraftItem(TITLE, QUESTION, 5), opens, closes)
    yield stage.at(CALLED - 2, 19)
    _bring(stage, made)
    yield opens
    open_due()
    yield opens + timedelta(minutes=20)
    while issue_papers(stage.actor(SECRETARY), made.poll_id, "unit"):
        pass
    for moment, act in sorted(_votes(stage, made.poll_id, opens), key=lambda step: step[0]):
        yield moment
        act()
    yield closes + TOO_LATE
    declare_due()


def _bring(stage: Stage, made: Convened) -> None:
    """The call reaches every home; the last one of each building by letter."""
    call = Ref("assembly", made.assembly_id)
    row = next(one for one in standing_postings(stage.community_id) if one.matter == call)
    clerk, day = stage.actor(CLERK), stage.day(CALLED - 2)
    for building in range(1, BUILDINGS + 1):
        keys = [line.key for line in lines_of_building(row.id, str(building))]
        record_service(clerk, row.id, HANDED, day, keys=keys[:-1])
        record_service(clerk, row.id, LETTER, day, keys=keys[-1:])


def _votes(stage: Stage, poll_id: int, opens: datetime) -> list[Step]:
    """Three of four vote, most of them online; every twenty-fifth paper is handed in at the desk and typed by two."""
    lines = scattered([entry for entry in roll(stage.community_id, stage.day(OPENS)) if entry.voters])
    steps: list[Step] = []
    for place, entry in enumerate(lines[: len(lines) * 3 // 4]):
        came = opens + timedelta(hours=1, minutes=180 * place)
        if place % 25 == 7:
            steps += _paper(stage, poll_id, entry, came, PAPERS[place // 25 % len(PAPERS)])
        else:
            who = Actor(None, frozenset({Grant(stage.community_id, OWNER)}), frozenset(entry.voters))
            vote = partial(cast_ballot, who, poll_id, entry.key, ONLINE[place % len(ONLINE)])
            steps.append((came, vote))
    return steps


def _paper(stage: Stage, poll_id: int, entry: Entry, came: datetime, choice: str) -> list[Step]:
    kept = list[int]()

    def receive() -> None:
        kept.extend(receive_intake(stage.actor(CLERK), poll_id, "paper", entry.key))

    def read(who: str) -> None:
        read_intake(stage.actor(who), poll_id, kept[0], choice)

    return [
        (came, receive),
        (came + timedelta(minutes=30), partial(read, CLERK)),
        (came + timedelta(minutes=50), partial(read, SECRETARY)),
    ]
