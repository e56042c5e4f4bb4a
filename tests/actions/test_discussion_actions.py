"""Speaking, endorsing, taking back, withholding, asking and answering, on both databases."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import Forbidden, NotFound, Refused
from app.core.permissions import RESIDENT
from app.core.questions import answers
from app.core.values import OWNERS, PROPERTY, Actor, Grant, Ref
from app.discussion import actions, queries, rules
from app.discussion.models import CommentAnswer, CommentEndorsement
from app.identity.actions import create_account
from app.journal.models import JournalEntry
from tests.conftest import Clock
from tests.world import PASSWORD, World

SUBJECT = Ref("need", 7)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def opened(world: World) -> int:
    return actions.open_thread(world.actor("secretary"), world.community_id, SUBJECT, SUBJECT)


def neighbours(world: World, many: int) -> list[Actor]:
    return [
        Actor(
            create_account(f"邻居{number}", f"neighbour-{number}", PASSWORD),
            frozenset({Grant(world.community_id, RESIDENT)}),
        )
        for number in range(many)
    ]


def said(world: World, thread_id: int, stance: str = rules.AGAINST, body: str = "间距够不够？", asks: str = "") -> int:
    return actions.say(world.actor("resident"), thread_id, stance, body, "周先生，3号楼", asks)


def test_a_subject_has_one_thread_however_often_it_is_opened(world: World) -> None:
    assert opened(world) == opened(world)


def test_each_stance_is_counted_on_the_thread(world: World) -> None:
    thread = opened(world)
    for stance, times in ((rules.FOR, 3), (rules.AGAINST, 2), (rules.OTHER, 1)):
        for number in range(times):
            said(world, thread, stance, f"理由{number}")
    row = queries.get_thread(thread)
    assert (row.pros, row.cons, row.others, row.total) == (3, 2, 1, 6)


def test_who_only_visits_cannot_speak(world: World) -> None:
    thread = opened(world)
    for role in ("supplier", "clerk", "auditor"):
        with pytest.raises(Forbidden):
            actions.say(world.actor(role), thread, rules.FOR, "我也同意", "某人")


def test_a_resident_of_another_community_cannot_speak_here(world: World) -> None:
    thread = opened(world)
    stranger = Actor(world.accounts["resident"], frozenset({Grant(world.other_id, RESIDENT)}))
    with pytest.raises(Forbidden):
        actions.say(stranger, thread, rules.FOR, "我也同意", "某人")


def test_what_the_desk_writes_down_is_marked_and_belongs_to_nobodys_account(world: World) -> None:
    thread = opened(world)
    number = actions.enter_comment(world.actor("clerk"), thread, rules.FOR, "要是能刷门禁卡就好。", "刘奶奶，1号楼")
    remark = queries.find_remark(world.community_id, number, world.accounts["clerk"])
    assert remark.by_desk
    assert not remark.mine
    with pytest.raises(Forbidden):
        actions.enter_comment(world.actor("resident"), thread, rules.FOR, "代别人说", "别人")


def test_too_long_a_reason_changes_nothing(world: World) -> None:
    thread = opened(world)
    with pytest.raises(Refused, match="最多"):
        said(world, thread, body="长" * 501)
    assert queries.get_thread(thread).total == 0


def test_after_the_close_nothing_is_said_or_replied(world: World, clock: Clock) -> None:
    thread = opened(world)
    number = said(world, thread)
    actions.close_thread(world.actor("secretary"), SUBJECT, clock.now + timedelta(days=1))
    said(world, thread)
    clock.forward(days=1)
    with pytest.raises(Refused, match="结束"):
        said(world, thread)
    with pytest.raises(Refused, match="结束"):
        actions.reply(world.actor("owner"), number, "我也这么想", "李业主")


def test_a_reply_stands_beneath_its_comment_and_is_not_replied_to(world: World) -> None:
    thread = opened(world)
    number = said(world, thread)
    reply = actions.reply(world.actor("owner"), number, "图纸下周公布。", "李业主")
    found, more = queries.replies(number, None)
    assert [one.body for one in found] == ["图纸下周公布。"]
    assert more == ""
    assert queries.find_remark(world.community_id, number, None).replies == 1
    assert queries.get_thread(thread).total == 1
    with pytest.raises(Refused, match="一层"):
        actions.reply(world.actor("owner"), reply, "回应的回应", "李业主")


def test_an_endorsement_counts_once_for_an_account_and_can_be_taken_back(world: World) -> None:
    number = said(world, opened(world))
    owner = world.actor("owner")
    for _ in range(3):
        actions.endorse(owner, number)
    assert queries.find_remark(world.community_id, number, owner.account_id).endorsements == 1
    assert queries.find_remark(world.community_id, number, owner.account_id).endorsed
    for _ in range(2):
        actions.withdraw_endorsement(owner, number)
    after = queries.find_remark(world.community_id, number, owner.account_id)
    assert (after.endorsements, after.endorsed) == (0, False)


def test_nobody_endorses_their_own_words(world: World) -> None:
    number = said(world, opened(world))
    with pytest.raises(Refused, match="自己"):
        actions.endorse(world.actor("resident"), number)


def test_what_is_withdrawn_leaves_its_words_but_not_its_place(world: World) -> None:
    thread = opened(world)
    number = said(world, thread, body="说错了的话")
    with pytest.raises(Refused, match="作者本人"):
        actions.withdraw_comment(world.actor("owner"), number)
    actions.withdraw_comment(world.actor("resident"), number)
    remark = queries.find_remark(world.community_id, number, None)
    assert (remark.withdrawn, remark.body) == (True, "")
    assert queries.get_thread(thread).cons == 0
    newest, _ = queries.remarks(thread, queries.NEWEST, None)
    assert [one.id for one in newest] == [number]
    assert queries.beside(thread, None) == ([], [])
    with pytest.raises(Refused, match="撤回"):
        actions.withdraw_comment(world.actor("resident"), number)


def test_what_is_hidden_shows_its_reason_and_nothing_is_deleted(world: World) -> None:
    thread = opened(world)
    number = said(world, thread, body="骂人的话")
    with pytest.raises(Forbidden):
        actions.hide_comment(world.actor("owner"), number, "不喜欢")
    actions.hide_comment(world.actor("secretary"), number, "含有辱骂")
    remark = queries.find_remark(world.community_id, number, None)
    assert (remark.hidden, remark.hidden_reason, remark.body) == (True, "含有辱骂", "")
    assert queries.get_thread(thread).total == 0
    assert queries.get_comment(number).body == "骂人的话"


def test_a_reply_that_is_taken_back_leaves_the_count_of_replies(world: World) -> None:
    number = said(world, opened(world))
    reply = actions.reply(world.actor("owner"), number, "我家也是", "李业主")
    actions.withdraw_comment(world.actor("owner"), reply)
    assert queries.find_remark(world.community_id, number, None).replies == 0


def test_the_tenth_endorsement_makes_the_asked_party_owe_an_answer(world: World, clock: Clock) -> None:
    number = said(world, opened(world), asks=PROPERTY)
    crowd = neighbours(world, 10)
    for one in crowd[:9]:
        actions.endorse(one, number)
    assert queries.owed_in(SUBJECT) == []
    actions.endorse(crowd[9], number)
    (owed,) = queries.owed_in(SUBJECT)
    # The clock shows Monday, 2 March 2026, 9:00 in Shanghai: five working days end on Monday the 9th.
    assert (owed.party, owed.due_at) == (PROPERTY, datetime(2026, 3, 9, 18, 0, tzinfo=SHANGHAI))


def test_an_answer_stays_owed_when_endorsements_are_taken_back(world: World, clock: Clock) -> None:
    number = said(world, opened(world), asks=PROPERTY)
    crowd = neighbours(world, 10)
    for one in crowd:
        actions.endorse(one, number)
    actions.withdraw_endorsement(crowd[0], number)
    assert len(queries.owed_in(SUBJECT)) == 1
    actions.endorse(crowd[0], number)
    assert db.session.scalar(select(func.count()).select_from(CommentAnswer)) == 1


def test_without_a_named_party_the_desk_has_to_name_one(app: Flask, world: World, clock: Clock) -> None:
    number = said(world, opened(world))
    for one in neighbours(world, 10):
        actions.endorse(one, number)
    with app.test_request_context(f"/c/{world.slug}/search"):
        app.preprocess_request()
        (todo,) = answers(queries.waiting(world.community_id, world.actor("secretary")))
        assert todo.ref == Ref("comment", number)
        assert list(answers(queries.waiting(world.community_id, world.actor("owner")))) == []
        assert list(answers(queries.waiting(world.other_id, world.actor("secretary")))) == []
        with pytest.raises(Forbidden):
            actions.ask_party(world.actor("owner"), number, OWNERS)
        actions.ask_party(world.actor("secretary"), number, OWNERS)
        assert list(answers(queries.waiting(world.community_id, world.actor("secretary")))) == []
        member = world.actor("member", Ref(OWNERS, world.community_id))
        (mine,) = answers(queries.waiting(world.community_id, member))
        assert mine.by == datetime(2026, 3, 9, 18, 0, tzinfo=SHANGHAI)
        (turn,) = queries.turns(SUBJECT, member)
        assert turn.mine
        assert not queries.turns(SUBJECT, world.actor("member", Ref(PROPERTY, world.community_id)))[0].mine
    with pytest.raises(Refused, match="已经请过"):
        actions.ask_party(world.actor("secretary"), number, PROPERTY)


def test_only_the_asked_party_answers_and_only_once(world: World, clock: Clock) -> None:
    number = said(world, opened(world))
    member = world.actor("member", Ref(PROPERTY, world.community_id))
    with pytest.raises(Refused, match="还没有请"):
        actions.answer_comment(member, number, "够。", "郑经理")
    actions.ask_party(world.actor("secretary"), number, PROPERTY)
    with pytest.raises(Refused, match="的委员答复"):
        actions.answer_comment(world.actor("member", Ref(OWNERS, world.community_id)), number, "够。", "李委员")
    with pytest.raises(Forbidden):
        actions.answer_comment(world.actor("resident", Ref(PROPERTY, world.community_id)), number, "够。", "陈居民")
    actions.answer_comment(member, number, "间距6.2米，够。", "郑经理")
    answer = queries.find_remark(world.community_id, number, None).answer
    assert answer is not None
    assert (answer.body, answer.label, answer.in_time) == ("间距6.2米，够。", "郑经理", True)
    with pytest.raises(Refused, match="已经答复"):
        actions.answer_comment(member, number, "再答一次", "郑经理")
    assert queries.owed_in(SUBJECT) == []


def test_an_answer_at_the_very_moment_is_in_time_and_a_moment_later_is_late(world: World, clock: Clock) -> None:
    thread = opened(world)
    member = world.actor("member", Ref(PROPERTY, world.community_id))
    numbers = [said(world, thread), said(world, thread)]
    for number in numbers:
        actions.ask_party(world.actor("secretary"), number, PROPERTY)
    due = datetime(2026, 3, 9, 18, 0, tzinfo=SHANGHAI)
    clock.set(due)
    actions.answer_comment(member, numbers[0], "按时的答复", "郑经理")
    clock.set(due + timedelta(microseconds=1))
    actions.answer_comment(member, numbers[1], "迟到的答复", "郑经理")
    found = [queries.find_remark(world.community_id, number, None).answer for number in numbers]
    assert [one.in_time for one in found if one] == [True, False]


def test_lists_go_on_where_they_stopped_and_show_each_comment_once(world: World) -> None:
    thread = opened(world)
    numbers = [said(world, thread, rules.FOR, f"理由{number}") for number in range(7)]
    for one in neighbours(world, 2):
        actions.endorse(one, numbers[3])
    actions.endorse(world.actor("owner"), numbers[5])
    for view, expected in (
        ("for", [numbers[3], numbers[5], *reversed([n for i, n in enumerate(numbers) if i not in (3, 5)])]),
        (queries.NEWEST, numbers[::-1]),
    ):
        seen: list[int] = []
        after = ""
        while True:
            page, after = queries.remarks(thread, view, None, after, limit=3)
            seen += [one.id for one in page]
            if not after:
                break
        assert seen == expected
    pros, cons = queries.beside(thread, None)
    assert ([one.id for one in pros], cons) == ([numbers[3], numbers[5], numbers[6]], [])


def test_an_unreadable_place_in_a_list_is_its_beginning(world: World) -> None:
    thread = opened(world)
    said(world, thread, rules.FOR)
    for token in ("", "x", "1.", ".1", "1.x", "9" * 30 + ".1", "-1.-1", "１.２"):
        page, _ = queries.remarks(thread, "for", None, token)
        assert len(page) == 1


def test_another_communitys_comments_and_threads_are_not_found(world: World) -> None:
    thread = opened(world)
    number = said(world, thread)
    with pytest.raises(NotFound):
        queries.find_remark(world.other_id, number, None)
    with pytest.raises(NotFound):
        queries.get_thread(thread, world.other_id)
    with pytest.raises(NotFound):
        actions.endorse(world.actor("owner"), number + 1000)


def test_no_word_of_a_comment_and_no_name_stands_in_the_record(world: World) -> None:
    number = said(world, opened(world), body="写给大家看的话")
    actions.endorse(world.actor("owner"), number)
    actions.hide_comment(world.actor("secretary"), number, "测试隐藏")
    texts = list(db.session.scalars(select(JournalEntry.text).where(JournalEntry.matter_kind == SUBJECT.kind)))
    assert len(texts) == 4
    assert not any(word in text for text in texts for word in ("写给大家", "周先生", "测试隐藏"))


def test_an_endorsement_of_a_million_neighbours_is_one_row_each(world: World) -> None:
    number = said(world, opened(world))
    actions.endorse(world.actor("owner"), number)
    rows = db.session.execute(select(CommentEndorsement.comment_id, CommentEndorsement.account_id)).all()
    assert rows == [(number, world.accounts["owner"])]
