"""The rules that hold here, on one page."""

from typing import Any

from app.proposals.actions import submit_proposal
from app.proposals.queries import get_by_number
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.world import PASSWORD, World


def test_anyone_reads_every_figure_with_its_article(client: PageClient, world: World, clock: Clock) -> None:
    page = client.get(f"/c/{world.slug}/rules")
    assert "2/3" in page.one("[id='owners.participation']").text()
    assert page.says("民法典第278条")
    for words in ("超过1/2", "至少2/3", "不允许", "1,000万元起"):
        assert page.says(words), words
    assert page.says("待本地确认")
    assert not page.says("公布本社区的规定")


def test_every_figure_stands_with_its_unit_in_the_readers_language(
    client: PageClient, world: World, clock: Clock
) -> None:
    page = client.get(f"/c/{world.slug}/rules")
    units = {
        "procurement.open.response_days": "至少20天",
        "procurement.open.notice_workdays": "至少5个工作日",
        "council.minutes.objection": "至少48小时",
        "procurement.open.bidders": "至少3家",
        "council.quorum.parties": "所有",
        "procurement.ceiling": "最多100%",
    }
    for key, words in units.items():
        assert page.one(f"[id='{key}'] td").text() == words, key
    client.prefer("en")
    page = client.get(f"/c/{world.slug}/rules")
    for key, words in (
        ("procurement.open.response_days", "at least 20 days"),
        ("procurement.contract_years", "at most 1 year"),
        ("council.quorum.parties", "all"),
    ):
        assert page.one(f"[id='{key}'] td").text() == words, key


def test_the_convener_publishes_a_rule_and_the_page_announces_it(
    client: PageClient, world: World, clock: Clock
) -> None:
    client.sign_in(world.login("convener"), PASSWORD)
    form = client.get(f"/c/{world.slug}/rules/owners.participation/publish")
    typed: dict[str, Any] = {
        "value": "３／４",
        "from_day": "2026-03-10",
        "article": "规约 3",
        "reason": "更多人参加才算数",
    }
    done = client.submit(form, **typed)
    assert client.get(f"/c/{world.slug}/rules").says("3月10日起有新的规定")
    assert done.location.startswith(f"/c/{world.slug}/rules")


def test_pages_say_the_figures_that_the_community_published(client: PageClient, world: World, clock: Clock) -> None:
    client.sign_in(world.login("convener"), PASSWORD)
    for key, value in (
        ("proposals.supporters", "3"),
        ("proposals.admission.workdays", "2"),
        ("discussion.answer.endorsements", "4"),
        ("discussion.answer.workdays", "6"),
    ):
        form = client.get(f"/c/{world.slug}/rules/{key}/publish")
        client.submit(form, value=value, from_day="2026-03-03", article="规约 12", reason="大家商定的")
    assert client.get(f"/c/{world.slug}/proposals").says("10位邻居支持，秘书5个工作日内受理")
    clock.forward(days=1)
    assert client.get(f"/c/{world.slug}/proposals").says("3位邻居支持，秘书2个工作日内受理")
    assert client.get(f"/c/{world.other_slug}/proposals").says("10位邻居支持，秘书5个工作日内受理")
    number = submit_proposal(
        world.actor("resident"), world.community_id, "楼道换灯", "三楼的灯坏了两个月，晚上看不见路。", None, "陈女士"
    )
    page = client.get(f"/c/{world.slug}/proposals/{number}")
    assert page.says("还差3人，满3人就要受理")
    assert page.says("规约第12条")
    thread = get_by_number(world.community_id, number).thread.id
    say = client.get(f"/c/{world.slug}/threads/{thread}/say")
    assert say.says("有4位居民觉得有道理，这一方就要在6个工作日内答复")


def test_a_figure_that_the_law_fixes_has_no_button_and_no_form(client: PageClient, world: World, clock: Clock) -> None:
    client.sign_in(world.login("convener"), PASSWORD)
    rules = client.get(f"/c/{world.slug}/rules")
    assert "公布本社区的规定" not in rules.one("[id='owners.challenge.years']").text()
    assert "公布本社区的规定" in rules.one("[id='owners.participation']").text()
    assert client.get(f"/c/{world.slug}/rules/owners.challenge.years/publish", status=409).says("法律定死")


def test_the_form_says_in_which_unit_a_figure_is_written(client: PageClient, world: World, clock: Clock) -> None:
    client.sign_in(world.login("convener"), PASSWORD)
    page = client.get(f"/c/{world.slug}/rules/council.notice/publish")
    assert page.one("label[for=value]").text() == "数值（天）"
    page = client.get(f"/c/{world.slug}/rules/owners.participation/publish")
    assert page.one("label[for=value]").text() == "数值"


def test_what_cannot_be_a_figure_is_told_and_kept(client: PageClient, world: World, clock: Clock) -> None:
    client.sign_in(world.login("convener"), PASSWORD)
    form = client.get(f"/c/{world.slug}/rules/owners.participation/publish")
    for value in ("-1", "1/0", "０.５", "三分之二", "1e3"):
        page = client.submit(form, value=value, from_day="2026-03-10", article="规约 3", reason="理由", status=422)
        assert page.says("写整数或比例")
        assert page.one("#article").attributes["value"] == "规约 3"


def test_a_looser_figure_is_refused_with_the_laws_own(client: PageClient, world: World, clock: Clock) -> None:
    client.sign_in(world.login("convener"), PASSWORD)
    form = client.get(f"/c/{world.slug}/rules/owners.participation/publish")
    page = client.submit(
        form, value="1/2", from_day="2026-03-10", article="规约 3", reason="愿意参加的人太少，投票老是不成", status=409
    )
    assert page.says("法律写的是2/3")
    assert page.says("愿意参加的人太少，投票老是不成")


def test_a_resident_does_not_publish(client: PageClient, world: World, clock: Clock) -> None:
    client.sign_in(world.login("resident"), PASSWORD)
    client.get(f"/c/{world.slug}/rules/owners.participation/publish", status=403)


def test_the_convener_of_one_community_does_not_publish_in_another(
    client: PageClient, world: World, clock: Clock
) -> None:
    client.sign_in(world.login("convener"), PASSWORD)
    client.get(f"/c/{world.other_slug}/rules/owners.participation/publish", status=403)


def test_a_way_of_counting_is_chosen_in_words_and_shown_in_words(
    client: PageClient, world: World, clock: Clock
) -> None:
    client.sign_in(world.login("convener"), PASSWORD)
    address = f"/c/{world.slug}/rules"
    assert client.get(address).one("[id='council.way']").text().count("按方计")
    form = client.get(f"{address}/council.way/publish")
    assert [one.attributes["value"] for one in form.css("input[name=value]")] == ["0", "1"]
    client.submit(form, value="1", from_day="2026-03-10", article="章程 4", reason="各方席位数不一样")
    client.submit(form, value="7", from_day="2026-03-11", article="章程 4", reason="各方席位数不一样", status=422)
    clock.forward(days=9)
    assert "按席位计" in client.get(address).one("[id='council.way']").text()
