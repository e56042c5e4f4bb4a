"""A notice is written step by step, owners look at their lines, the desk answers, a fifth asks."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.assemblies import actions, queries
from app.assemblies.rules import Draft, DraftItem
from app.core.db import db
from app.core.values import Ref, the_house
from app.register.actions import import_register
from app.register.models import Person
from app.voting import queries as voting
from tests.books import SMALL, TODAY, read
from tests.conftest import Clock
from tests.page_client import Page, PageClient
from tests.polls import speaks_for
from tests.world import PASSWORD, World

FORM = "main form.card"


@pytest.fixture
def people(world: World, clock: Clock) -> dict[str, Ref]:
    """Everybody of the register by name; 高志强 signs in as the owner, 宋美玲 as the resident."""
    import_register(the_house(world.community_id), world.community_id, read(SMALL), "0" * 64, TODAY)
    found = {row.name: Ref("person", row.id) for row in db.session.scalars(select(Person))}
    speaks_for(world.accounts["owner"], found["高志强"])
    speaks_for(world.accounts["resident"], found["宋美玲"])
    return found


@pytest.fixture
def reader(new_client: Callable[[], PageClient], world: World) -> Callable[[str], PageClient]:
    """Somebody in a role, signed in."""

    def sign_in(role: str) -> PageClient:
        found = new_client()
        found.sign_in(world.login(role), PASSWORD)
        return found

    return sign_in


def called(world: World, clock: Clock) -> actions.Convened:
    """An assembly on one matter, in sixteen days."""
    opens = clock.now + timedelta(days=16)
    draft = Draft(title="使用维修资金", items=(DraftItem("更换水泵", "是否同意更换水泵？", 5),), notice="通知全体业主")
    return actions.convene(world.actor("secretary"), world.community_id, draft, opens, opens + timedelta(days=13))


def step(client: PageClient, page: Page, /, **typed: object) -> Page:
    """Fill in one step and go to the next."""
    return client.follow(client.submit(page, FORM, **typed))  # type: ignore[arg-type]  # fields by name


def test_before_the_first_assembly_the_list_says_what_will_come(client: PageClient, world: World) -> None:
    page = client.get(f"/c/{world.slug}/assemblies")
    assert page.says("还没有召集过")
    assert not page.says("召集一次")


def test_a_notice_is_written_in_steps_and_calls_an_assembly_with_two_votes(
    reader: Callable[[str], PageClient], client: PageClient, world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    secretary = reader("secretary")
    page = step(secretary, secretary.get(f"/c/{world.slug}/assemblies/new"), electorate="owners")
    assert page.h1 == "表决什么"
    typed = {"title": "三月的业主大会", "items-0-title": "更换水泵", "items-0-question": "是否同意更换水泵？"}
    page = step(secretary, page, button="再加一件", **typed)
    page = step(
        secretary, page, button="下一步", **{"items-1-title": "加装电梯", "items-1-question": "是否同意加装电梯？"}
    )
    assert page.h1 == "属于哪一类"
    assert page.says("修电梯、换消防管网")
    page = step(secretary, page, **{"kinds-0": "5", "kinds-1": "7"})
    assert page.says("“加装电梯”怎样才算通过")
    assert page.says("占参加的业主的3/4以上")
    assert page.says("最早3月18日")
    assert page.says("没投的票不计入多数")
    early = secretary.submit(page, FORM, status=409, opens_on="2026-03-10", closes_on="2026-03-20")
    assert early.says("至少要提前15天通知")
    page = step(secretary, early, opens_on="2026-03-20", closes_on="2026-04-02", precedence="paper", proxy_limit="3")
    assert page.says("梧桐里社区全体业主：")
    assert page.says("纸质和寄来的选票优先")
    page = step(secretary, page)
    assert page.says("召集以后，通知、规则和投票时间都不能再改")
    page = step(secretary, page)
    assert page.h1 == "三月的业主大会"
    assert client.get(f"/c/{world.slug}/assemblies").says("加装电梯")
    poll = voting.get_by_number(world.community_id, 2)
    assert (poll.terms.matter, poll.terms.precedence, poll.terms.proxy_limit) == (7, "paper", 3)
    assert client.get(f"/c/{world.slug}/assemblies/1/notice").says("没有写在本通知上的事项")
    assert client.get(f"/c/{world.slug}/polls/2").h1 == "加装电梯"


def test_what_is_not_right_yet_is_kept_and_said(
    reader: Callable[[str], PageClient], world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    secretary = reader("secretary")
    page = step(secretary, secretary.get(f"/c/{world.slug}/assemblies/new"), electorate="owners")
    page = secretary.submit(page, FORM, status=409, button="下一步", **{"items-0-title": "更换水泵"})
    assert page.says("还没有写选票上的问题")
    assert queries.drafts(world.community_id)[0].draft.items[0].title == "更换水泵"
    check = secretary.get(f"/c/{world.slug}/assemblies/drafts/1/check")
    assert check.says("还没有写选票上的问题")
    secretary.submit(check, "aside form")
    assert queries.drafts(world.community_id) == []


def test_residents_are_asked_by_a_method_of_their_own(
    reader: Callable[[str], PageClient], world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    secretary = reader("secretary")
    page = step(secretary, secretary.get(f"/c/{world.slug}/assemblies/new"), electorate="residents")
    typed = {"items-0-title": "公共收益怎么用", "items-0-question": "哪些先办？"}
    page = step(secretary, page, button="下一步", **typed)
    page = step(secretary, page)
    page = step(
        secretary, page, opens_on="2026-03-05", closes_on="2026-03-12", method="schulze", options="健身角\n充电棚"
    )
    page = step(secretary, step(secretary, page))
    assert page.h1 == "公共收益怎么用"
    terms = voting.get_by_number(world.community_id, 1).terms
    assert (terms.method, [option.label for option in terms.options]) == ("schulze", ["健身角", "充电棚"])


def test_what_an_option_costs_is_read_as_money_or_asked_for(
    reader: Callable[[str], PageClient], world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    secretary = reader("secretary")
    page = step(secretary, secretary.get(f"/c/{world.slug}/assemblies/new"), electorate="residents")
    page = step(secretary, page, button="下一步", **{"items-0-title": "预算怎么用", "items-0-question": "哪些先办？"})
    typed = {"opens_on": "2026-03-05", "closes_on": "2026-03-12", "method": "budget", "budget": "100000"}
    typed["options"] = "健身角 1e3\n充电棚 80,000"
    page = secretary.submit(step(secretary, page), FORM, status=409, **typed)
    assert page.says("健身角 1e3")
    typed["options"] = "健身角 1.5万\n充电棚 80,000"
    step(secretary, step(secretary, step(secretary, page, **typed)))
    terms = voting.get_by_number(world.community_id, 1).terms
    assert [option.cost for option in terms.options] == [1_500_000, 8_000_000]


def test_an_owner_sees_the_own_lines_and_asks_and_the_desk_answers(
    reader: Callable[[str], PageClient], world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    made = called(world, clock)
    url = f"/c/{world.slug}/assemblies/{made.number}"
    his = reader("owner")
    page = his.get(f"{url}/roll")
    assert page.says("62.38 m²")
    assert page.says("一共2套，算1位业主")
    bad = his.submit(page, FORM, status=422, key="1-1-102", kind="area", area="六十三", reason="房产证上是63.00")
    assert bad.says("最多两位小数")
    page = his.follow(his.submit(bad, FORM, area="63.00", kind="area"))
    assert page.says("等答复")
    clerk = reader("clerk")
    assert clerk.get(f"/c/{world.slug}/todo").says("有1项名册更正等您答复")
    desk = clerk.get(f"{url}/corrections")
    assert desk.says("改为63.00 m²")
    desk = clerk.follow(clerk.submit(desk, verdict="yes", answer="房产证已核对"))
    assert desk.says("别忘了更正房屋名册原件")
    assert his.get(f"{url}/roll").says("投票按63.00 m²计算")


def test_a_resident_who_is_not_on_the_roll_says_so_and_is(
    reader: Callable[[str], PageClient], world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    opens = clock.now + timedelta(days=3)
    draft = Draft(title="问问大家", items=(DraftItem("换灯", "换不换灯？"),), electorate="residents")
    secretary = world.actor("secretary")
    made = actions.convene(secretary, world.community_id, draft, opens, opens + timedelta(days=7))
    url = f"/c/{world.slug}/assemblies/{made.number}"
    hers, his = reader("resident"), reader("owner")
    assert hers.get(f"{url}/roll").says("名册上有您")
    page = his.get(f"{url}/roll")
    assert page.says("名册上没有您")
    assert not page.css("[name=area]")
    assert his.get(url).css(f"a[href='{url}/roll']")
    wrong = his.submit(page, FORM, status=409, key="1-1-999", kind="mine", reason="上个月搬回来住了")
    assert wrong.says("名册里没有1-1-999这一户")
    assert wrong.one("[name=reason]").text() == "上个月搬回来住了"
    page = his.follow(his.submit(wrong, FORM, key="1-1-201"))
    assert page.says("我住在这里，名册上没有我")
    clerk = reader("clerk")
    assert clerk.get(f"/c/{world.slug}/todo").says("有1项名册更正等您答复")
    desk = clerk.get(f"{url}/corrections")
    assert desk.says("1-1-201 我住在这里")
    assert desk.says("申请人 高")
    clerk.follow(clerk.submit(desk, verdict="yes", answer="已经和本人核对过"))
    assert his.get(f"{url}/roll").says("名册上有您")
    his.prefer("en")
    assert his.get(f"{url}/roll").says("You are on the roll")


def test_after_the_freeze_objections_and_answers_are_read_by_everybody(
    reader: Callable[[str], PageClient], client: PageClient, world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    made = called(world, clock)
    url = f"/c/{world.slug}/assemblies/{made.number}/objections"
    assert client.get(url).says("现在请申请更正")
    clock.set(voting.get_poll(made.poll_id).opens_at)
    actions.open_due()
    assert client.get(url).says("登录以后才能提出异议")
    his = reader("owner")
    page = his.follow(his.submit(his.get(url), FORM, key="1-1-102", reason="面积还是不对，请再查"))
    assert page.says("等待答复")
    secretary = reader("secretary")
    assert secretary.get(f"/c/{world.slug}/todo").says("有1项异议等您答复")
    shown = secretary.get(url)
    shown = secretary.follow(secretary.submit(shown, "section.card form", verdict="no", answer="已对照房产证，没有错"))
    assert client.get(url).says("已对照房产证，没有错")
    assert client.get(f"/c/{world.slug}/assemblies/{made.number}").says("异议1项，待答复0项")


def test_a_fifth_asks_and_whoever_convenes_is_led_into_a_notice(
    reader: Callable[[str], PageClient], client: PageClient, world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    his = reader("owner")
    page = his.get(f"/c/{world.slug}/assemblies/requests/new")
    page = his.follow(his.submit(page, FORM, electorate="owners", title="换物业", reason="垃圾三天没有人清运"))
    assert page.says("必须召集")
    assert not page.says("高志强")
    assert client.get(page.url).says("登录以后才能联名")
    secretary = reader("secretary")
    shown = secretary.get(page.url)
    link = next(
        node.attributes["href"] for node in shown.css("a.btn") if "new?request" in (node.attributes["href"] or "")
    )
    draft = step(secretary, secretary.get(str(link)))
    assert draft.one("input[name=items-0-title]").attributes["value"] == "换物业"
    page = his.follow(his.submit(his.get(page.url), "main form", button="退出联名"))
    assert page.says("我也联名")


def test_an_assembly_of_another_community_is_not_found_here(
    client: PageClient, world: World, clock: Clock, people: dict[str, Ref]
) -> None:
    made = called(world, clock)
    for rest in ("", "/notice", "/objections"):
        client.get(f"/c/{world.slug}/assemblies/{made.number}{rest}")
        client.get(f"/c/{world.other_slug}/assemblies/{made.number}{rest}", status=404)
    client.prefer("en")
    assert client.get(f"/c/{world.slug}/assemblies/{made.number}").says("How it passes")
