"""A meeting of the four parties: notice, roll call, motion, recusals, vote, resolution, minutes, four signatures."""

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.core.values import PROPERTY, Ref
from app.council import actions, queries
from app.demo.people import SEATS, seat_code
from app.demo.stage import Stage, Thread
from app.voting.actions import cast_ballot


@dataclass(frozen=True, slots=True)
class Business:
    """One matter of a meeting: its motion, its money, who steps back, and who votes other than yes."""

    matter: Ref
    text: str
    ceiling: int | None = None
    purpose: str = ""
    property_interested: bool = False
    others: dict[str, str] = field(default_factory=dict)
    dissent: tuple[str, str] | None = None


def convene(
    stage: Stage, matters: list[Ref], held: int, hour: int = 19, minute: int = 0, notice: int = 6
) -> Generator[datetime, None, int]:
    """The secretary sends out the notice. Answers with the meeting's id."""
    yield stage.at(held + notice, 9, 30)
    waiting = {item.matter: item.id for item in queries.waiting_items(stage.community_id)}
    number = actions.convene_meeting(
        stage.actor("林秘书"), stage.community_id, stage.at(held, hour, minute), "社区二楼会议室",
        [waiting[matter] for matter in matters],
    )  # fmt: skip
    return queries.get_meeting(stage.community_id, number).id


def gather(
    stage: Stage, meeting_id: int, held: int, hour: int, minute: int = 0, absent: tuple[str, ...] = ()
) -> Thread:
    """Everybody but the absent checks in by telephone, and the chair opens the meeting."""
    for place, (_party, _title, who, _name) in enumerate(SEATS):
        if who not in absent:
            yield stage.at(held, hour, minute) - timedelta(minutes=13 - place)
            actions.check_in(stage.actor(who), meeting_id)
    yield stage.at(held, hour, minute)
    actions.open_meeting(stage.actor("王书记"), meeting_id)


def decide(
    stage: Stage, meeting_id: int, business: Business, held: int, hour: int, minute: int, *, finish: bool = True
) -> Generator[datetime, None, int]:
    """A motion is made, seconded, and voted on online by those who are present and not recused. Answers with the motion."""
    yield stage.at(held, hour, minute)
    item = next(item for item in queries.items_of([meeting_id]) if item.matter == business.matter)
    number = actions.move(stage.actor("李委员"), meeting_id, item.id, business.text, business.ceiling, business.purpose)
    motion_id = queries.get_motion(meeting_id, number).id
    actions.second(stage.actor("何主任"), motion_id)
    claims = [(PROPERTY, None, "物业公司承接本工程")] if business.property_interested else []
    actions.state_interests(stage.actor("王书记"), motion_id, claims)
    yield stage.at(held, hour, minute) + timedelta(minutes=6)
    poll_id = actions.put_to_vote(stage.actor("王书记"), motion_id)
    voters = [
        (seat_code(place), who)
        for place, (party, _title, who, _name) in enumerate(SEATS)
        if not (business.property_interested and party == PROPERTY)
    ]
    yield stage.at(held, hour, minute) + timedelta(minutes=8)
    for key, who in voters:
        choice = business.others.get(who, "yes")
        if choice:
            cast_ballot(stage.actor(who), poll_id, key, choice)
    if finish:
        yield stage.at(held, hour, minute) + timedelta(minutes=10)
        actions.end_vote(stage.actor("王书记"), motion_id)
        if business.dissent:
            actions.record_dissent(stage.actor(business.dissent[0]), motion_id, business.dissent[1])
    return motion_id


def close_and_sign(stage: Stage, meeting_id: int, held: int, hour: int, minute: int, signers: int = 4) -> Thread:
    """The chair closes; after the term for objections the four parties sign, and the minutes are public."""
    yield stage.at(held, hour, minute)
    actions.close_meeting(stage.actor("王书记"), meeting_id)
    for place, who in enumerate(("王书记", "何主任", "郑经理", "李委员")[:signers]):
        yield stage.at(held - 3, 9 + place, 6)
        actions.sign_minutes(stage.actor(who), meeting_id)
