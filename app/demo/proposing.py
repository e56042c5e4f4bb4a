"""Proposals of the story: handed in, supported, talked about, admitted or returned."""

from collections.abc import Generator, Sequence
from datetime import datetime, timedelta
from itertools import cycle, islice

from app.core.values import Ref
from app.demo.stage import Stage, Thread
from app.discussion.actions import endorse, say
from app.discussion.queries import find_thread
from app.proposals import actions, queries

Text = tuple[str, str, int | None]
Talk = Sequence[tuple[str, str, int]]


def neighbours(stage: Stage) -> list[str]:
    """Everybody of the story who lives in the compound."""
    return [who for who in stage.people if who == "陈女士" or who.startswith("neighbour-")]


def propose(stage: Stage, text: Text, by: str, supporters: int, ago: int) -> Generator[datetime, None, int]:
    """Somebody hands in a proposal, and neighbours support it over the next days. Answers with its id."""
    title, body, budget = text
    yield stage.at(ago, 19, 20)
    number = actions.submit_proposal(stage.actor(by), stage.community_id, title, body, budget, stage.labels[by])
    proposal_id = queries.get_by_number(stage.community_id, number).id
    crowd = [who for who in neighbours(stage) if who != by][:supporters]
    for place, who in enumerate(crowd):
        day, part = divmod(place * 3, len(crowd))
        yield stage.at(ago - 1 - day, 8) + timedelta(minutes=part * 600 // len(crowd))
        actions.support_proposal(stage.actor(who), proposal_id, 1)
    return proposal_id


def discuss(
    stage: Stage, proposal_id: int, talk: Talk, ago: int, asks: dict[int, str] | None = None
) -> Generator[datetime, None, list[int]]:
    """Neighbours give reasons, then say of others' reasons that they are good ones. Answers with the comments."""
    thread = find_thread(Ref("proposal", proposal_id))
    assert thread is not None
    people, made = neighbours(stage), []
    speakers = [people[(place * 5 + 1) % len(people)] for place in range(len(talk))]
    for place, (stance, body, _endorsements) in enumerate(talk):
        yield stage.at(ago - place // 2, 9 + place, 12)
        asked = (asks or {}).get(place, "")
        made.append(say(stage.actor(speakers[place]), thread.id, stance, body, stage.labels[speakers[place]], asked))
    for place, (_stance, _body, endorsements) in enumerate(talk):
        yield stage.at(ago - len(talk) // 2, 20, 10 + place)
        others = [who for who in islice(cycle(people), place, place + len(people)) if who != speakers[place]]
        for who in others[:endorsements]:
            endorse(stage.actor(who), made[place])
    return made


def admit(stage: Stage, proposal_id: int, ago: int, owners_matter: int = 0) -> Thread:
    """The secretary puts a proposal on the agenda of the council."""
    yield stage.at(ago, 10)
    actions.admit_proposal(stage.actor("林秘书"), proposal_id, 1, owners_matter)
