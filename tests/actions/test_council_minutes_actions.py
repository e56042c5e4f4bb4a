"""Minutes in the database: objections, versions, signatures, tasks, and the paper."""

import hashlib
import re
from datetime import date, timedelta

import pytest

from app.core.context import CommunityValue
from app.core.errors import Forbidden, NotFound, Refused
from app.core.pdf import pdf
from app.council import actions, queries
from app.council.serializers import minutes_paper, minutes_pdf
from app.journal.queries import history
from tests.conftest import Clock
from tests.council_world import PROPERTY_BUILDS, SEATS, Council, Held, convene
from tests.stories import story
from tests.world import World


@story()
def held(council: Council, clock: Clock) -> Held:
    """A meeting that has closed, with its draft."""
    held = convene(council)
    held.open(*[code for code in SEATS if code != "p2"])
    motion_id = held.ready(PROPERTY_BUILDS)
    held.vote(motion_id, no="r2")
    actions.assign_task(council.secretary, held.id, "owners", date(2026, 3, 20), "公布验收结果。", held.items[0])
    clock.forward(minutes=85)
    held.close()
    return held


def after_objections(held: Held, clock: Clock) -> None:
    clock.set(queries.get_minutes(held.id).objections_until + timedelta(seconds=1))


def test_a_correction_makes_a_new_version_and_keeps_the_old(held: Held, clock: Clock) -> None:
    council = held.council
    before = queries.get_minutes(held.id)
    actions.object_to_minutes(council.member("r2"), held.id, 0, "地点是三楼会议室")
    found = queries.objections_of(before.id)[0]
    text = before.blocks[0].text.replace("二楼", "三楼")
    actions.answer_objection(council.secretary, held.id, found.id, accepted=True, text=text)
    after = queries.get_minutes(held.id)
    assert (after.version, after.blocks[0].text) == (2, text)
    assert after.blocks[1:] == before.blocks[1:]
    assert after.digest == hashlib.sha256(queries.blocks_as_text(after.blocks).encode()).hexdigest()
    assert queries.get_version(before.id, 1)[0] == before.blocks
    assert queries.objections_of(before.id)[0].new_version == 2


def test_an_objection_that_is_not_accepted_gets_its_reason(held: Held) -> None:
    council = held.council
    actions.object_to_minutes(council.member("r2"), held.id, 0, "人数不对")
    found = queries.objections_of(queries.get_minutes(held.id).id)[0]
    with pytest.raises(Refused, match="个字"):
        actions.answer_objection(council.secretary, held.id, found.id, accepted=False)
    actions.answer_objection(council.secretary, held.id, found.id, accepted=False, reason="签到记录是12席")
    assert queries.get_minutes(held.id).version == 1
    with pytest.raises(Refused, match="已经答复"):
        actions.answer_objection(council.secretary, held.id, found.id, accepted=True, text="另外一段话")


def test_a_corrected_task_keeps_its_party_and_its_day(held: Held) -> None:
    council = held.council
    blocks = queries.get_minutes(held.id).blocks
    place = len(blocks) - 1
    assert blocks[place].text == "业委会在3月20日（星期五）前公布验收结果。"
    actions.object_to_minutes(council.member("o1"), held.id, place, "应是公布验收时间")
    found = queries.objections_of(queries.get_minutes(held.id).id)[0]
    actions.answer_objection(council.secretary, held.id, found.id, accepted=True, text="公布验收时间")
    assert queries.get_minutes(held.id).blocks[place].text == "业委会在3月20日（星期五）前公布验收时间。"
    assert queries.tasks_of([held.id])[0].text == "公布验收时间"


def test_resolutions_and_counts_are_not_objected_to(held: Held) -> None:
    blocks = queries.get_minutes(held.id).blocks
    for place, block in enumerate(blocks):
        if block.kind in ("resolution", "point", "votes", "heading"):
            with pytest.raises(Refused, match="不能在纪要里改"):
                actions.object_to_minutes(held.council.member("r2"), held.id, place, "应该改一下")
    with pytest.raises(NotFound):
        actions.object_to_minutes(held.council.member("r2"), held.id, len(blocks), "应该改一下")


def test_objections_end_with_their_term_and_only_who_was_due_objects(held: Held, world: World, clock: Clock) -> None:
    with pytest.raises(Refused, match="应到会"):
        actions.object_to_minutes(world.actor("member"), held.id, 0, "地点不对啊")
    with pytest.raises(Forbidden):
        actions.object_to_minutes(world.actor("owner"), held.id, 0, "地点不对啊")
    actions.object_to_minutes(held.council.member("p2"), held.id, 0, "缺席也可以提")
    clock.set(queries.get_minutes(held.id).objections_until)
    actions.object_to_minutes(held.council.member("r2"), held.id, 0, "最后一秒也行")
    after_objections(held, clock)
    with pytest.raises(Refused, match="异议期已在"):
        actions.object_to_minutes(held.council.member("r2"), held.id, 0, "现在太晚了")


def test_the_four_sign_after_the_objections_each_once_by_somebody_who_was_there(held: Held, clock: Clock) -> None:
    council = held.council
    with pytest.raises(Refused, match="才能签署"):
        actions.sign_minutes(council.member("o1"), held.id)
    actions.object_to_minutes(council.member("r2"), held.id, 0, "地点不对啊")
    after_objections(held, clock)
    with pytest.raises(Refused, match="没有答复"):
        actions.sign_minutes(council.member("o1"), held.id)
    found = queries.objections_of(queries.get_minutes(held.id).id)[0]
    actions.answer_objection(council.secretary, held.id, found.id, accepted=False, reason="记录如此")
    with pytest.raises(Refused, match="没有参加这次会议"):
        actions.sign_minutes(council.member("p2"), held.id)
    assert not actions.sign_minutes(council.member("o1"), held.id)
    with pytest.raises(Refused, match="已经签署"):
        actions.sign_minutes(council.member("o2"), held.id)
    assert not held.sign("b1", "r1")
    assert queries.get_minutes(held.id).published_at is None
    assert held.sign("p1")
    assert queries.get_minutes(held.id).published_at == clock.now
    with pytest.raises(Refused, match="已经公布"):
        actions.answer_objection(council.secretary, held.id, found.id, accepted=True, text="再改一段话")


def test_a_party_whose_people_have_left_office_signs_by_their_successor(held: Held, clock: Clock) -> None:
    council = held.council
    after_objections(held, clock)
    today = clock.now.date()
    actions.end_term(council.secretary, council.community_id, council.terms["p1"], today)
    clock.forward(days=1)
    assert not actions.sign_minutes(council.member("p2"), held.id)
    assert queries.signatures_of(queries.get_minutes(held.id).id)["property"].name == "潘悦"


def test_who_speaks_for_no_seat_signs_nothing(held: Held, world: World, clock: Clock) -> None:
    after_objections(held, clock)
    with pytest.raises(Refused, match="四方委员"):
        actions.sign_minutes(world.actor("member"), held.id)
    with pytest.raises(Forbidden):
        actions.sign_minutes(world.actor("secretary"), held.id)


def test_a_task_is_done_by_its_own_party_once_the_minutes_are_public(held: Held, clock: Clock) -> None:
    council, here = held.council, held.council.community_id
    task = queries.tasks_of([held.id])[0].id
    with pytest.raises(Refused, match="公布以后"):
        actions.finish_task(council.member("o1"), here, task, "已经公布")
    held.sign()
    with pytest.raises(Refused, match="另一方"):
        actions.finish_task(council.member("p1"), here, task, "已经公布")
    actions.finish_task(council.member("o3"), here, task, "已经公布")
    with pytest.raises(Refused, match="已经办结"):
        actions.finish_task(council.member("o1"), here, task, "已经公布")
    with pytest.raises(NotFound):
        actions.finish_task(council.member("o1"), here, 999, "已经公布")


def test_the_record_holds_the_hash_that_was_signed(held: Held, clock: Clock) -> None:
    held.sign()
    minutes = queries.get_minutes(held.id)
    meeting = queries.get_meeting(held.council.community_id, held.number)
    events = [line.event for line in history(held.council.community_id, meeting.ref)]
    assert events.count("MinutesSigned") == 4
    assert events[:2] == ["PostingPublished", "MinutesPublished"]
    signed = [line for line in history(held.council.community_id, meeting.ref) if line.event == "MinutesSigned"]
    assert all(minutes.digest in str(line) for line in signed)


def view(held: Held) -> queries.MinutesView:
    here = CommunityValue(held.council.community_id, "wutongli", "梧桐里社区", "Asia/Shanghai")
    return queries.minutes_view(here, held.number, ())


def test_the_paper_is_the_same_octets_for_the_same_text(held: Held) -> None:
    first, again = minutes_pdf(view(held)), minutes_pdf(view(held))
    assert first == again
    assert first.startswith(b"%PDF-1.7")
    assert b"pdfaid" in first
    held.sign()
    assert minutes_pdf(view(held)) != first


def test_what_somebody_wrote_is_text_on_the_paper_and_is_never_run(held: Held, clock: Clock) -> None:
    wicked = '#panic("run") $x$ *bold* = h1 `raw` <label> @ref \\ // " #{1+1}'
    data = minutes_paper(view(held))
    data["blocks"] = [{"kind": kind, "text": wicked} for kind in ("opening", "heading", "resolution", "point", "task")]
    data["title"] = data["label"] = data["community"] = wicked
    data["signs"] = [{"party": wicked, "name": wicked, "signed": True, "when": wicked}]
    assert pdf("council/minutes.typ", data, clock.now).startswith(b"%PDF-1.7")


def test_long_minutes_run_over_many_pages(held: Held, clock: Clock) -> None:
    data = minutes_paper(view(held))
    data["blocks"] = [{"kind": "paragraph", "text": "会上大家反复商量。" * 40} for _ in range(40)]
    found = re.search(rb"/Type/Pages/Count (\d+)", pdf("council/minutes.typ", data, clock.now))
    assert found is not None
    assert int(found[1]) > 5


def test_members_of_the_council_are_counted_once(held: Held) -> None:
    council: Council = held.council
    roll = queries.roll_of(queries.get_meeting(council.community_id, held.number), date(2026, 3, 6))
    assert len(roll.seats) == 13
    assert len({line.seat_id for line in roll.lines}) == 12
