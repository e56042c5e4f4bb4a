"""Minutes in the browser: drafts, objections, signatures, tasks, what waits, what is found."""

from datetime import timedelta

from app.council import actions, queries
from app.journal.actions import settle
from tests.conftest import Clock
from tests.council_world import LAMPS, TITLE, Council, Held, NewClient, as_member, as_role, minutes_of
from tests.page_client import PageClient
from tests.stories import story

HERE = "/c/wutongli"


@story()
def held(council: Council) -> Held:
    """A meeting that adopted one motion and gave one task, and has closed."""
    return minutes_of(council)


def test_minutes_are_drafts_for_the_council_until_the_four_have_signed(
    held: Held, council: Council, new_client: NewClient, client: PageClient, clock: Clock
) -> None:
    address = f"{HERE}/meetings/{held.number}/minutes"
    outside = client.get(address)
    assert outside.says("纪要还没有公布")
    assert not outside.css(".paper")
    assert outside.says("赞成")
    assert outside.css(".seal")
    client.get(f"{HERE}/meetings/{held.number}/minutes.pdf", status=403)
    member = as_member(council, "o1", new_client)
    page = member.get(address)
    assert page.says("业委会李敏提议")
    assert page.says("梧议〔2026〕1号")
    assert page.says("有地方不对")
    assert len(page.css(".signs .seal-wait")) == 4
    clock.set(queries.get_minutes(held.id).objections_until + timedelta(seconds=1))
    page = member.get(address)
    assert page.says("代表业委会签署")
    assert page.says("现在不能再提异议")
    unchecked = member.follow(member.submit(page, "form[action$=sign]"))
    assert unchecked.says("请先核对，再打勾")
    signed = member.follow(member.submit(member.get(address), "form[action$=sign]", ok="y"))
    assert len(signed.css(".signs .seal-wait")) == 3
    assert signed.says("业委会已经签署")
    held.sign("b1", "r1", "p1")
    public = client.get(address)
    assert public.says("已公布")
    assert len(public.css(".paper .seal")) == 4
    pdf = client.get(f"{HERE}/meetings/{held.number}/minutes.pdf")
    assert pdf.response.data.startswith(b"%PDF-1.7")
    assert pdf.response.mimetype == "application/pdf"


def test_an_objection_is_answered_and_the_earlier_text_is_kept(
    held: Held, council: Council, new_client: NewClient, clock: Clock
) -> None:
    address = f"{HERE}/meetings/{held.number}/minutes"
    member = as_member(council, "r2", new_client)
    form = member.get(f"{address}/object")
    page = member.follow(member.submit(form, block="0", reason="开会地点是三楼"))
    assert page.says("等待答复")
    secretary = as_role(council, "secretary", new_client)
    page = secretary.get(address)
    answer = secretary.get(page.one("a[href$=answer]").attributes["href"] or "")
    right = "会议在社区三楼会议室召开。"
    page = secretary.follow(secretary.submit(answer, "main form", text=right, button="accept"))
    assert page.says(right)
    assert page.says("已更正")
    assert page.says("第2稿")
    old = secretary.get(f"{address}/versions/1")
    assert old.says("二楼会议室")
    assert not old.says("三楼")
    again = secretary.submit(answer, "main form", text=right, button="accept")
    assert again.location.endswith("#objections") or again.location == address
    assert secretary.submit(answer, "main form", status=409, text="别的写法", button="accept").says("已经交过一次")
    assert queries.get_minutes(held.id).version == 2


def test_a_task_is_reported_by_the_party_that_owes_it(
    held: Held, council: Council, new_client: NewClient, client: PageClient, clock: Clock
) -> None:
    assert client.get(f"{HERE}/tasks").says("等纪要公布")
    held.sign()
    member = as_member(council, "p1", new_client)
    assert member.get(f"{HERE}/todo").says("公布施工时间表")
    page = member.get(f"{HERE}/tasks")
    form = member.get(page.one("a.btn[href$=finish]").attributes["href"] or "")
    done = member.follow(member.submit(form, note="已张贴在各楼门厅"))
    assert done.says("办结的")
    assert done.says("已张贴在各楼门厅")
    clock.set(held.starts_at + timedelta(days=30))
    assert not client.get(f"{HERE}/tasks").says("超期")


def test_what_waits_for_a_member_and_for_the_secretary(
    held: Held, council: Council, new_client: NewClient, clock: Clock
) -> None:
    actions.propose_agenda_item(council.secretary, council.community_id, LAMPS, TITLE)
    secretary = as_role(council, "secretary", new_client)
    assert secretary.get(f"{HERE}/todo").says("有1件事等着上会")
    member = as_member(council, "o1", new_client)
    assert not member.get(f"{HERE}/todo").says("签署第1次四方联席会议纪要")
    clock.set(queries.get_minutes(held.id).objections_until + timedelta(seconds=1))
    assert member.get(f"{HERE}/todo").says("签署第1次四方联席会议纪要")
    held.sign("o2")
    clock.forward(minutes=1)
    assert not member.get(f"{HERE}/todo").says("签署第1次四方联席会议纪要")


def test_resolutions_are_listed_found_and_lead_to_their_motion(
    council: Council, client: PageClient, clock: Clock
) -> None:
    minutes_of(council)
    page = client.get(f"{HERE}/resolutions")
    assert page.says("梧议〔2026〕1号")
    assert page.says("费用上限38,640元")
    lead = client.get(f"{HERE}/resolutions/2026/1", status=302)
    assert client.get(lead.location).says("表决结果")
    assert client.get(f"{HERE}/search?q=梧议").says(TITLE)
    assert client.get(f"{HERE}/search?q=楼道灯").says("决议")


def test_the_record_has_words_for_everything_that_happened(council: Council, client: PageClient, clock: Clock) -> None:
    minutes_of(council).sign()
    settle()
    page = client.get(f"{HERE}/journal")
    assert page.says("第1号会议纪要公布")
    assert page.says("四方联席会议作出2026年第1号决议")
