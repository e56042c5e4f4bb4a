"""What the owners or the residents decided is posted in plain words, with its numbers and the way to challenge it.

When the vote is annulled, what was posted of it is marked as withdrawn; the vote in its place is posted anew.
"""

import json

from app.assemblies.queries import KIND as ASSEMBLY
from app.assemblies.queries import assemblies_of_polls, items_of
from app.assemblies.queries import get_by_id as get_assembly
from app.bylaws.queries import law
from app.communities.queries import get_community
from app.core import clock
from app.core.house import House
from app.core.values import Actor, Ref, the_house
from app.opendata.rules import worded
from app.publication.actions import publish_posting, withdraw_what_told
from app.publication.rules import LAW_KEYS, OUTCOME, Draft
from app.voting import queries as voting
from app.voting.events import OutcomeDeclared, PollAnnulled
from app.voting.queries import PollRow
from app.voting.rules import COUNTED, OUTCOME_WORDS, explanations, outcome_from_json
from app.voting.rules.terms import OWNERS, PARTY, SEATS

PLACES = ("board", "halls", "online")
LONGEST, ROOM, SHOWN_OPTIONS = 80, 16, 20
POLL = "poll"
TAKEN_DOWN = "这里公示的内容没有效力："


def register(house: House) -> None:
    """Hang up."""
    house.cross(OutcomeDeclared, post_the_outcome)
    house.cross(PollAnnulled, take_down)


def post_the_outcome(event: OutcomeDeclared, actor: Actor, matter: Ref | None) -> None:
    """An outcome is posted the moment it is declared; what the council decides hangs as its minutes, and a poll that was
    held elsewhere was posted there."""
    del actor
    poll = voting.get_poll(event.poll_id)
    if poll.terms.electorate == SEATS or (poll.matter.kind == ASSEMBLY and get_assembly(poll.matter.id).imported):
        return
    here = get_community(event.community_id)
    today = clock.today(here.zone)
    about = _title(poll).rstrip("？?。.！! ")[: LONGEST - ROOM]
    years = law(here.id, "owners.challenge.years", today).whole
    draft = Draft(OUTCOME, f"{about}：{OUTCOME_WORDS[event.outcome]}", _text(poll, event.outcome, years), today, PLACES)
    term = law(here.id, LAW_KEYS[OUTCOME], today)
    source = Ref(POLL, poll.id)
    publish_posting(the_house(here.id), here.id, draft, term, matter=matter, source=source, automatic=True)


def take_down(event: PollAnnulled, actor: Actor, matter: Ref | None) -> None:
    """The outcome of a vote that was annulled is told no more, and nobody is called to a vote that is not held."""
    del actor, matter
    house, here = the_house(event.community_id), event.community_id
    reason = f"第{event.number}号投票已经撤销，{TAKEN_DOWN}{voting.get_annulment(event.poll_id).reason}"
    withdraw_what_told(house, here, Ref(POLL, event.poll_id), reason)
    assembly_id = assemblies_of_polls([event.poll_id]).get(event.poll_id)
    items = items_of([assembly_id])[assembly_id] if assembly_id else []
    if items and all(item.poll and item.poll.annulled_at for item in items):
        withdraw_what_told(house, here, Ref(ASSEMBLY, assembly_id or 0), reason, standing=True)


def _title(poll: PollRow) -> str:
    """What the notice called the matter, else the question."""
    assembly_id = assemblies_of_polls([poll.id]).get(poll.id)
    items = items_of([assembly_id])[assembly_id] if assembly_id else []
    return next((item.title for item in items if item.poll and item.poll.id == poll.id), poll.question)


def _text(poll: PollRow, outcome: str, years: int) -> str:
    paragraphs = [f"{poll.question}"]
    if poll.succeeds is not None:
        paragraphs.append(f"这是第{voting.number_of(poll.succeeds)}号投票撤销以后的重新投票。")
    paragraphs += [f"结果：{OUTCOME_WORDS[outcome]}。", *_numbers(poll, outcome)]
    if poll.terms.kind == OWNERS:
        paragraphs.append(
            f"业主认为这个决定侵害自己合法权益的，可以从知道或者应当知道之日起{'一' if years == 1 else years}年内，"
            "请求人民法院撤销（民法典第二百八十条）。"
        )
    elif poll.terms.advisory:
        paragraphs.append("这次投票是征求意见，供作决定时参考。")
    paragraphs.append("完整的算式和账本里的记录，见本站的表决页。")
    return "\n".join(paragraphs)


def _numbers(poll: PollRow, outcome: str) -> list[str]:
    """Every condition with its numbers, or how often each option was chosen."""
    if outcome == COUNTED:
        many = voting.option_tally(poll)
        labels = {option.key: option.label for option in poll.terms.options}
        ordered = sorted(many, key=lambda key: -many[key])[:SHOWN_OPTIONS]
        return [f"{labels[key]}：{many[key]}票。" for key in ordered]
    answer = voting.get_answer(poll)
    assert answer is not None, "it has just been declared"
    strict = outcome_from_json(json.loads(answer)).strict
    return [worded(one.sentence) for one in explanations(poll.terms, strict) if one.stage != PARTY]
