"""A form of the council that is sent when its time is over: a clear sentence, what was typed, and nothing done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from app.council import actions, queries
from tests.conftest import Clock
from tests.council_world import LAMPS, Council, Held, NewClient, as_member, as_role, convene, minutes_of
from tests.stories import story
from tests.world import PASSWORD
from tests.wrong import rows

HERE = "/c/wutongli"
MEETING = f"{HERE}/meetings/1"


@dataclass(frozen=True, slots=True)
class Late:
    """One form: who opens it where, what is typed, what happens meanwhile, and what the page then says."""

    who: str
    path: str
    typed: dict[str, Any]
    before: Callable[[Council], Held]
    meanwhile: Callable[[Council, Held], object]
    said: str
    kept: tuple[str, ...]


def convened(council: Council) -> Held:
    return convene(council)


def in_session(council: Council) -> Held:
    held = convene(council)
    held.open()
    return held


def seconded(council: Council) -> Held:
    held = in_session(council)
    held.motion()
    return held


def ready(council: Council) -> Held:
    held = in_session(council)
    held.ready()
    return held


def decided(council: Council) -> Held:
    held = in_session(council)
    held.vote(held.ready(), no="r2")
    return held


def objected(council: Council) -> Held:
    held = minutes_of(council)
    actions.object_to_minutes(council.member("r2"), held.id, 0, "开会地点是三楼")
    return held


def signed(council: Council) -> Held:
    held = minutes_of(council)
    held.sign()
    return held


def close(_council: Council, held: Held) -> None:
    held.close()


def vote(_council: Council, held: Held) -> None:
    held.vote(queries.get_motion(held.id, 1).id, end=False)


def state(council: Council, held: Held) -> None:
    actions.state_interests(council.convener, queries.get_motion(held.id, 1).id, ())


def answer(council: Council, held: Held) -> None:
    actions.answer_objection(council.secretary, held.id, 1, False, "", "名册上写的就是二楼")


def wait_out(_council: Council, held: Held) -> None:
    held.sign("b1")


FORMS = {
    "motion": Late(
        "o1", "motions/new", {"text": "楼道灯换成感应灯", "ceiling": "3.8万", "purpose": "灯具"},
        in_session, close, "会议已经结束", ("楼道灯换成感应灯", "3.8万", "灯具"),
    ),
    "interests": Late(
        "b1", "motions/1/interests", {"property": "承接"}, seconded, state, "已经说明过谁要回避", ("物业公司", "承接"),
    ),
    "contest": Late(
        "r2", "motions/1/contest", {"about": "party:owners", "reason": "有亲戚"},
        ready, vote, "表决已经开始或结束，回避不能再改", ("有亲戚",),
    ),
    "dissent": Late("r2", "motions/1/dissent", {"text": "路灯装错了边"}, decided, close, "会议已经结束", ("路灯装错了边",)),
    "cancel": Late(
        "secretary", "cancel", {"reason": "台风"}, convened, lambda _council, held: held.open(), "不能取消", ("台风",)
    ),
    "task": Late(
        "secretary", "tasks/new", {"text": "贴出时间表", "party": "property", "due_day": "2026-03-20"},
        in_session, close, "会议已经结束", ("贴出时间表", "物业公司"),
    ),
    "objection": Late(
        "r2", "minutes/object", {"block": "0", "reason": "地点写错"}, minutes_of, wait_out, "异议期已在", ("地点写错",)
    ),
    "answer": Late(
        "secretary", "minutes/objections/1/answer", {"reason": "没有写错", "button": "不采纳"},
        objected, answer, "已经答复过", ("没有写错",),
    ),
    "finish": Late(
        "p1", "/tasks/1/finish", {"note": "已经贴好"}, signed,
        lambda council, _held: actions.finish_task(council.member("p2"), council.community_id, 1, "昨天贴的"),
        "已经办结", ("已经贴好",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("late", FORMS.values(), ids=FORMS.keys())
def test_a_form_that_comes_late_is_answered_shown_again_and_changes_nothing(
    council: Council, new_client: NewClient, clock: Clock, late: Late
) -> None:
    held = late.before(council)
    client = new_client()
    client.sign_in(login(council, late.who), PASSWORD)
    url = f"{HERE}{late.path}" if late.path.startswith("/") else f"{MEETING}/{late.path}"
    form = client.get(url)
    late.meanwhile(council, held)
    client.sign_in(login(council, late.who), PASSWORD)
    before = rows()
    page = client.submit(form, "main form", status=409, **late.typed)
    assert page.says(late.said)
    assert page.says("您刚才写的，没有收下")
    assert all(page.says(words) for words in late.kept), page.text
    assert page.css(".crumbs a"), "there is a way back"
    assert client.post(url, {}, status=409).says(late.said), "an empty form is told so, too"
    assert client.get(url).says(late.said), "who comes now is told before anything is typed"
    assert rows() == before


def login(council: Council, who: str) -> str:
    """Somebody of the world by their role, or whoever holds a seat."""
    return council.world.login(who) if who == "secretary" else council.login(who)


def test_the_reason_and_its_source_are_english_for_who_reads_english(
    council: Council, new_client: NewClient, clock: Clock
) -> None:
    held = in_session(council)
    client = as_member(council, "o1", new_client)
    client.prefer("en")
    form = client.get(f"{MEETING}/motions/new")
    typed = {"item": str(held.items[0]), "owners_matter": "", "text": "New lamps in the stairwells", "ceiling": "100"}
    short = client.submit(form, "main form", status=409, **typed)
    assert short.one(".errors li").text().endswith("(rules of the joint meeting)")
    held.close()
    late = client.submit(form, "main form", status=409, **typed)
    assert late.one(".refusal small").text() == "rules of the joint meeting"
    assert late.says("What you just wrote, which was not taken")
    assert late.says("New lamps in the stairwells")


def test_a_second_press_of_a_form_that_was_taken_is_led_where_the_first_was(
    council: Council, new_client: NewClient, clock: Clock
) -> None:
    held = in_session(council)
    client = as_member(council, "o1", new_client)
    form = client.get(f"{MEETING}/motions/new")
    typed = {"item": str(held.items[0]), "owners_matter": "", "text": "楼道灯换成感应灯"}
    first = client.submit(form, "main form", **typed)
    before = rows()
    assert client.submit(form, "main form", **typed).location == first.location
    other = client.submit(form, "main form", status=409, **{**typed, "text": "楼道灯都换掉"})
    assert other.says("已经交过一次")
    assert other.says("楼道灯都换掉")
    assert rows() == before


def test_a_notice_whose_matters_went_elsewhere_keeps_its_place_and_time(
    council: Council, new_client: NewClient, clock: Clock
) -> None:
    secretary = as_role(council, "secretary", new_client)
    item = actions.propose_agenda_item(council.secretary, council.community_id, LAMPS, "换灯")
    form = secretary.get(f"{HERE}/meetings/new")
    starts_at = (clock.now + timedelta(days=6)).replace(hour=11, minute=0)
    actions.convene_meeting(council.secretary, council.community_id, starts_at, "社区会议室", [item])
    before = rows()
    page = secretary.submit(form, "main form", status=409, time="19:00", place="馆内二楼")
    assert page.says("刚才已经列入别的会议，或者撤下了")
    assert page.says("馆内二楼")
    assert page.says("19:00")
    assert rows() == before


@story()
def ended(council: Council, clock: Clock) -> Held:
    """A meeting that has decided and closed."""
    held = decided(council)
    clock.forward(minutes=30)
    held.close()
    return held


@pytest.mark.parametrize(
    ("who", "path", "said"),
    [
        ("r1", "motions/1/second", "会议已经结束"),
        ("o1", "motions/1/withdraw", "会议已经结束"),
        ("b1", "motions/1/vote", "会议已经结束"),
        ("b1", "motions/1/vote/end", "表决已经有结果"),
        ("b1", "open", "会议已经开始了"),
        ("b1", "close", "会议已经结束"),
        ("o1", "check-in", "会议已经结束"),
    ],
)
def test_a_button_of_a_stale_page_says_why_and_leads_back_to_the_page_as_it_is_now(
    ended: Held, new_client: NewClient, who: str, path: str, said: str
) -> None:
    client = as_member(ended.council, who, new_client)
    before = rows()
    page = client.post(f"{MEETING}/{path}", status=409, headers={"Referer": f"http://localhost{MEETING}"})
    assert page.says(said)
    assert page.one(f"main a[href='{MEETING}']").text(strip=True) == "回去看现在的情况"
    assert rows() == before


@pytest.mark.parametrize(
    "sent_from", ["", "http://elsewhere.example/c/wutongli", "http://localhost//elsewhere.example/"]
)
def test_the_way_back_leads_nowhere_else(council: Council, new_client: NewClient, clock: Clock, sent_from: str) -> None:
    in_session(council)
    client = as_member(council, "b1", new_client)
    page = client.post(f"{MEETING}/open", status=409, headers={"Referer": sent_from} if sent_from else {})
    assert not page.says("回去看现在的情况")
    assert "elsewhere" not in page.html


def test_the_minutes_are_signed_once_and_a_stale_page_says_so(
    council: Council, new_client: NewClient, clock: Clock
) -> None:
    held = minutes_of(council)
    held.sign("b1")
    clock.forward(minutes=1)
    client = as_member(council, "r1", new_client)
    form = client.get(f"{MEETING}/minutes")
    actions.sign_minutes(council.member("r2"), held.id)
    before = rows()
    assert client.submit(form, "#sign form", status=409, ok="y").says("居委会已经签署")
    assert rows() == before
