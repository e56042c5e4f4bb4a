"""The story told on a hard day: what its people find when they sign in, and what it shows of every kind of vote."""

import json
from datetime import datetime

import pytest
from flask import Flask

from app.demo.stage import PASSWORD, Stage
from app.demo.year import tell_year
from app.journal.queries import served_checkpoint, witnesses
from app.voting import queries
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.purchases import ZONE

# Just after midnight on a day on which offices make up for a holiday; the tender of meals runs over the Spring Festival.
HARD = datetime(2027, 10, 9, 0, 12, tzinfo=ZONE)
TO_DO = {
    "jumin": ["去投票", "修改提案"],
    "yewei": ["去投票", "去会议", "写答复"],
    "wuye": ["去投票", "去会议", "写答复"],
    "juwei": ["去投票", "去会议", "去申报"],
    "pingshen": ["去申报"],
    "fuwutai": ["去答复", "去录入", "登记送达", "去验收"],
}


@pytest.fixture
def stage(app: Flask, clock: Clock) -> Stage:
    """The story as it stands on that day."""
    clock.set(HARD)
    return tell_year()


def test_every_part_finds_what_waits_for_it_every_kind_of_vote_is_shown_and_a_second_town_is_told(
    app: Flask, stage: Stage
) -> None:
    found = {}
    for login in TO_DO:
        client = PageClient(app)
        client.sign_in(login, PASSWORD)
        page = client.get(f"/c/{stage.slug}/todo")
        found[login] = [one.text(strip=True) for one in page.css("ol.todo a.btn")]
    assert {login: sorted(buttons) for login, buttons in found.items()} == {
        login: sorted(buttons) for login, buttons in TO_DO.items()
    }

    polls = {number: queries.get_by_number(stage.community_id, number) for number in range(1, 12)}
    kinds = {number: (poll.terms.kind, poll.terms.method, poll.outcome) for number, poll in polls.items()}
    assert kinds[7] == ("owners", "number", "adopted")
    assert kinds[9] == ("owners", "number", None)
    assert (kinds[6], kinds[10]) == (("residents", "budget", "counted"), ("residents", "irv", "counted"))
    details = json.loads(queries.get_answer(polls[6]) or "")["details"]
    assert set(details["greedy"]["funded"]) != set(details["equal-shares"]["funded"])
    rounds = json.loads(queries.get_answer(polls[10]) or "")["details"]["rounds"]
    assert len(rounds) > 1

    reader = PageClient(app)
    assert reader.get(f"/c/{stage.slug}/postings").says("使用维修资金更换二次供水水泵和生活水箱：通过")
    head = served_checkpoint(stage.community_id)
    assert head is not None
    assert list(witnesses(stage.community_id)) == ["branch", "owners"]
    assert "/witness/owners " in head

    other = tell_year(1)
    assert (other.slug, other.community_id) == ("demo-2", stage.community_id + 1)
    shared = {who for who in stage.people if other.people.get(who) == stage.people[who]}
    assert shared == {"和风", "同心", "邻里"}, "organisations are known to the whole house"
