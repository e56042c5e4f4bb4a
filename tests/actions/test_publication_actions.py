"""Posting, correcting, taking down, and the end of a term, on both databases."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import Forbidden, NotFound, Refused
from app.core.house import DONE, NOW, TO_COME
from app.core.values import Entry, Ref
from app.journal.queries import get_receipt, history
from app.publication import actions, queries, rules
from app.publication.models import DeliveryLine, Posting
from tests.conftest import Clock
from tests.postings import BODY, TITLE, TODAY, households, posted
from tests.world import World

MATTER = Ref("assembly", 7)
DAY = timedelta(days=1)


def told(world: World, matter: Ref) -> list[dict[str, Any]]:
    """What the record says of a matter, oldest first."""
    return [line.told for line in reversed(history(world.community_id, matter))]


def test_what_is_posted_stays_for_fifteen_days_and_stands_on_record_as_a_hash(world: World, clock: Clock) -> None:
    made = posted(world, matter=MATTER)
    row = queries.get_by_number(world.community_id, made.number)
    assert (row.title, row.body, row.state, row.span.last) == (TITLE, BODY, rules.RUNNING, date(2026, 3, 17))
    assert row.digest == sha256(f"{TITLE}\n\n{BODY}\n".encode()).hexdigest()
    (entry,) = told(world, MATTER)
    assert entry["event"] == "PostingPublished"
    assert (entry["text"], entry["lines"], entry["last_day"]) == (row.digest, 8, "2026-03-17")
    assert entry["roll"] == sha256("".join(f"{one.key}\n" for one in households()).encode()).hexdigest()
    assert get_receipt(world.community_id, row.receipt).line.told == entry


def test_a_posting_without_a_list_or_a_matter_is_its_own_matter(world: World, clock: Clock) -> None:
    made = posted(world, [], kind=rules.GENERAL)
    row = queries.get_by_id(made.posting_id)
    assert row.own
    (entry,) = told(world, Ref("posting", made.posting_id))
    assert (entry["lines"], entry["roll"], entry["automatic"]) == (0, None, False)


def test_postings_are_numbered_in_each_community(world: World, clock: Clock) -> None:
    assert [posted(world).number for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize("role", ["resident", "owner", "member", "clerk", "auditor", "supplier", "evaluator"])
def test_others_may_not_post_or_take_down(world: World, clock: Clock, role: str) -> None:
    made = posted(world)
    with pytest.raises(Forbidden):
        posted(world, role=role)
    with pytest.raises(Forbidden):
        actions.withdraw_posting(world.actor(role), made.posting_id, "日期写错了")


def test_a_refused_posting_leaves_nothing_behind(world: World, clock: Clock) -> None:
    with pytest.raises(Refused):
        posted(world, [*households(), households()[0]])
    with pytest.raises(Refused):
        posted(world, begins=TODAY - DAY)
    assert db.session.scalar(select(func.count()).select_from(Posting)) == 0
    assert db.session.scalar(select(func.count()).select_from(DeliveryLine)) == 0
    assert posted(world).number == 1


def test_a_posting_may_stay_longer_than_the_law_asks_but_not_shorter(world: World, clock: Clock) -> None:
    made = posted(world, until=date(2026, 4, 1))
    row = queries.get_by_id(made.posting_id)
    assert (row.legal_last, row.span.last) == (date(2026, 3, 17), date(2026, 4, 1))
    with pytest.raises(Refused):
        posted(world, until=date(2026, 3, 16))


def test_what_was_posted_is_corrected_by_a_new_posting_that_names_it(world: World, clock: Clock) -> None:
    first = posted(world)
    second = posted(world, corrects=first.number, title="更换消防泵，请业主投票（更正日期）")
    assert queries.correction_of(first.posting_id) == (second.number, "更换消防泵，请业主投票（更正日期）")
    assert queries.get_by_id(second.posting_id).corrects_id == first.posting_id
    assert queries.get_by_id(first.posting_id).body == BODY
    with pytest.raises(Refused):
        posted(world, corrects=first.number)
    third = posted(world, corrects=second.number)
    assert third.number == 3
    with pytest.raises(NotFound):
        posted(world, corrects=99)


def test_what_is_taken_down_says_why_and_stays_readable(world: World, clock: Clock) -> None:
    made = posted(world)
    actions.withdraw_posting(world.actor("convener"), made.posting_id, " 投票日期写错了 ")
    row = queries.get_by_id(made.posting_id)
    assert (row.state, row.withdrawn_reason, row.body) == (rules.WITHDRAWN, "投票日期写错了", BODY)
    last = told(world, Ref("posting", made.posting_id))[-1]
    assert last["reason"] == sha256("投票日期写错了".encode()).hexdigest()
    with pytest.raises(Refused):
        actions.withdraw_posting(world.actor("convener"), made.posting_id, "投票日期写错了")


def test_what_is_posted_for_later_waits_for_its_day(world: World, clock: Clock) -> None:
    made = posted(world, begins=TODAY + DAY)
    assert queries.get_by_id(made.posting_id).state == rules.PLANNED
    clock.forward(days=1)
    assert queries.get_by_id(made.posting_id).state == rules.RUNNING


def test_the_last_day_is_whole_on_the_wall_clock_and_then_the_end_goes_on_record_once(
    world: World, clock: Clock
) -> None:
    made = posted(world)
    line = households()[0].key
    actions.record_service(world.actor("clerk"), made.posting_id, rules.HANDED, TODAY, keys=[line])
    clock.forward(days=15, hours=14, minutes=59)  # 23:59 of the last day in Shanghai
    assert queries.get_by_id(made.posting_id).state == rules.RUNNING
    assert actions.end_due() == 0
    clock.forward(minutes=1)
    assert [actions.end_due(), actions.end_due()] == [1, 0]
    ends = [one for one in told(world, Ref("posting", made.posting_id)) if one["event"] == "PostingEnded"]
    assert [(one["lines"], one["served"]) for one in ends] == [(8, 1)]


def test_what_was_taken_down_does_not_end(world: World, clock: Clock) -> None:
    made = posted(world)
    actions.withdraw_posting(world.actor("secretary"), made.posting_id, "投票日期写错了")
    clock.forward(days=40)
    assert actions.end_due() == 0
    assert told(world, Ref("posting", made.posting_id))[-1]["event"] == "PostingWithdrawn"


def test_the_list_shows_what_hangs_and_then_page_by_page_what_is_over(world: World, clock: Clock) -> None:
    numbers = [posted(world, [], kind=rules.GENERAL).number for _ in range(4)]
    late = posted(world, [], begins=TODAY + 3 * DAY).number
    clock.set(clock.now + timedelta(days=8))
    assert [row.number for row in queries.standing_postings(world.community_id)] == [late]
    page, before = queries.ended_postings(world.community_id, None, 3)
    assert [row.number for row in page] == numbers[:0:-1]
    assert before == 2
    assert [row.number for row in queries.ended_postings(world.community_id, before, 3)[0]] == [1]
    assert queries.standing_postings(world.other_id) == []


def test_a_matter_stands_at_its_notice_as_long_as_that_hangs(app: Flask, world: World, clock: Clock) -> None:
    def station() -> list[str]:
        with app.test_request_context(f"/c/{world.slug}/"):
            return [one.state for one in queries.stations(MATTER)]

    made = posted(world, matter=MATTER, begins=TODAY + DAY)
    assert station() == [TO_COME]
    clock.forward(days=1)
    assert station() == [NOW]
    clock.forward(days=30)
    assert station() == [DONE]
    posted(world, matter=MATTER, kind=rules.OUTCOME, begins=clock.now.date())
    assert station() == [DONE]
    assert made.number == 1


def test_a_list_of_twenty_thousand_is_kept_and_counted(world: World, clock: Clock) -> None:
    lines = [Entry(f"{n // 100}-1-{n % 100}", f"{n // 100}号楼{n % 100}", str(n // 100)) for n in range(20_000)]
    made = posted(world, lines)
    row = queries.get_by_id(made.posting_id)
    assert queries.counts(made.posting_id) == {0: 20_000}
    assert [len(queries.by_building(row)), queries.by_building(row)[3].building] == [200, "3"]
