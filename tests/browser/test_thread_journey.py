"""One matter through the whole house: from the committee's spreadsheet to a signed contract, each step as people take it."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urljoin
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import icalendar
import pytest
from playwright.sync_api import APIResponse, expect

from app.core.values import Actor, Grant, Ref, the_house
from app.council.actions import record_arrival
from app.council.queries import get_meeting
from app.discussion.actions import say
from app.discussion.queries import find_thread
from app.identity.actions import create_account, grant_role
from app.journal.actions import settle
from app.organisations.actions import Particulars, register_organisation
from app.procurement import actions as procurement
from app.procurement import queries as tenders
from app.procurement import rules
from app.proposals.actions import support_proposal
from app.voting.actions import cast_ballot, declare_due
from app.wiring.login import actor_of
from tests.conftest import Clock
from tests.council_world import SEATS, Council, seat_council
from tests.neighbours import NAMES, Person, Town, register_book, settle_in
from tests.screens import DESK, PHONE, Screen
from tests.tendering import CODES, DECLARED
from tests.tendering import NAMES as ORGANISATIONS
from tests.world import FIRST_DAY, PASSWORD, World

ZONE = ZoneInfo("Asia/Shanghai")
TITLE = "独居老人助餐和探访服务"
WHY = "小区里有63位独居老人，常常一天只吃一顿。\n请一家社会组织每天送一顿热饭、每周上门看望一次。"
PURPOSE = "63位独居老人一年的助餐和探访"
SECRET = "送餐路线分成三条"


@pytest.mark.parametrize(("width", "javascript"), [(PHONE, True), (DESK, False)], ids=["phone", "desk-no-script"])
def test_a_wish_becomes_a_contract_before_everybodys_eyes(
    screen: Callable[..., Screen], world: World, clock: Clock, width: int, javascript: bool
) -> None:
    town = Town(world, screen, width, javascript)
    fill_the_register(town)
    neighbours = [settle_in(world, number) for number in range(1, len(NAMES))]
    propose(town, neighbours)
    council = seat_council(world)
    meeting = decide(town, clock, council)
    sign_the_minutes(town, clock, meeting)
    tender_id = publish_the_tender(town)
    bid(town, clock, tender_id)
    choose(town, clock, tender_id)
    sign_the_contract(town, clock, tender_id)
    settle()
    read_in_public(town)


def fill_the_register(town: Town) -> None:
    """The clerk uploads the spreadsheet, reads what it will change, confirms; an owner opens an account by a code."""
    clerk = town.role("clerk").go("dwellings/import").fill(files=("名册.xlsx", register_book())).press("核对")
    clerk.reads("核对好了，等您确认", f"业主{len(NAMES) + 1}人", "开发商未售1户").good().press("确认导入")
    clerk.reads(f"{len(NAMES) + 1}户")
    clerk.go("dwellings/1-1-101").press("发邀请码").reads("的邀请码", "60天内用一次有效")
    code = clerk.main.locator("strong.num").inner_text()
    newcomer = town.person()
    newcomer.screen.go("/join")
    newcomer.fill(code=code, name=NAMES[0], login="chenli", password=PASSWORD).press("开户")
    town.people["chenli"] = town.people.pop("")


def propose(town: Town, neighbours: list[Actor]) -> None:
    """A resident hands in a wish; neighbours support it and say why and why not; the secretary admits it."""
    resident = town.person("chenli").go("proposals/new").fill(title=TITLE, body=WHY, budget="286000").press("提交")
    resident.reads(TITLE, "还差10人").good()
    neighbour = town.person("neighbour-1").go("proposals/1").press("我支持")
    neighbour.reads("您已支持，收回")
    neighbour.go("proposals/1").fill(tick=["stance=for"], body="楼下张阿姨一个人住，每周有人看看最要紧。").press("发表")
    neighbour.go("proposals/1").reads("赞成1条", "每周有人看看最要紧")
    town.look_again()
    thread = find_thread(Ref("proposal", 1))
    assert thread is not None
    say(neighbours[4], thread.id, "against", "饭菜送到都凉了，不如办食堂。", "李先生，1号楼", "")
    for one in neighbours[1:10]:
        support_proposal(one, 1, 1)
    secretary = town.role("secretary").go("todo").follow(TITLE).reads("反对1条", "10人").follow("受理")
    secretary.press("受理，列入议程").go("proposals/1").reads("已上议程").good()


def decide(town: Town, clock: Clock, council: Council) -> int:
    """A notice three days ahead; on the evening they check in, move, second, step back and vote on their telephones."""
    world = town.world
    secretary = town.role("secretary").go("meetings/new").fill(time="19:00", place="社区二楼会议室").press("发出通知")
    secretary.reads("第1次四方联席会议", TITLE).good()
    town.look_again()
    meeting = get_meeting(world.community_id, 1)
    chair, mover, seconder = (town.person(council.login(code)) for code in ("b1", "o1", "r1"))
    mover.go("meetings/1").reads("四方委员到会签到", "签到从")
    clock.set(meeting.starts_at - timedelta(minutes=10))
    mover.go("todo").follow("第1次四方联席会议").press("我到了").good()
    for code in SEATS:
        if code not in ("o1", "p2"):
            record_arrival(council.secretary, meeting.id, council.seats[code], council.terms[code])
    town.role("secretary").go("meetings/1/roll").reads("够开会的人数").good().press("潘悦到会").reads("13席")
    clock.set(meeting.starts_at)
    chair.go("meetings/1").press("宣布开会")
    mover.go("meetings/1").follow("提出动议").fill(
        text="向社会组织公开购买独居老人助餐和探访服务，服务63位老人一年。", ceiling="286,000.00", purpose=PURPOSE
    ).press("提出动议")
    seconder.go("meetings/1/motions/1").press("我附议")
    chair.go("meetings/1/motions/1").follow("说明回避").fill(property="物业公司的食堂可能参加投标").press("说明回避")
    chair.reads("物业公司的食堂可能参加投标").good().press("开始表决")
    vote(town, council, mover)
    chair.go("polls/1").reads("还没投").good()
    chair.go("meetings/1/motions/1").press("宣布截止")
    clock.forward(seconds=40)
    declare_due()
    passer_by = town.person().go("polls/1").reads("通过", "回避", "用算式写出来").good()
    expect(passer_by.page.locator(".four")).to_contain_text("党支部")
    passer_by.go("resolutions").reads(TITLE).good()
    chair.go("meetings/1").press("宣布散会")
    return meeting.id


def vote(town: Town, council: Council, member: Person) -> None:
    """From what waits for a member to the receipt are three taps: the choice, the check, the ballot."""
    world = town.world
    member.go("todo").good().main.locator("ol.todo a.btn[href$='/polls/1/ballot']").click()
    member.fill(tick=["choice=yes"]).press("下一步：核对").press("投出这一票").reads("选票已收到", "收讫").good()
    town.look_again()
    for code, (party, _, _) in SEATS.items():
        if party != "property" and code not in ("o1", "b1"):
            cast_ballot(council.member(code), 1, code, "no" if code == "r2" else "yes")
    assert world.slug in member.page.url


def sign_the_minutes(town: Town, clock: Clock, meeting_id: int) -> None:
    """The minutes write themselves, may be objected to for two days, carry four names and are public: page and PDF."""
    town.person().go("meetings/1/minutes").reads("四方签署以后，当天公开")
    clock.forward(days=2, minutes=1)
    for code in ("b1", "r1", "o1", "p1"):
        member = town.person(f"seat-{code}").go("meetings/1/minutes")
        member.fill(tick=["ok=y"]).press("签署纪要").good()
    passer_by = town.person().go("meetings/1/minutes").reads("已公布", "王建国", "郑强", PURPOSE).good()
    paper = fetch(passer_by, "meetings/1/minutes.pdf")
    assert paper.body().startswith(b"%PDF-")


def publish_the_tender(town: Town) -> int:
    """The resolution allows the purchase; the secretary writes it down, sees that no rule is broken, and publishes."""
    secretary = town.role("secretary").go("tenders").reads("等待采购的授权", PURPOSE).good().go("mandates/1/tender")
    secretary.fill(
        tick=["method=open", "category=services"], title=TITLE, summary="每天一顿热饭，每周一次探访。",
        requirements="每天11:00到12:00送一顿热饭上门。", beneficiaries="63位独居老人", buyer="梧桐里社区居民委员会",
        ceiling="286,000.00", deadline_on="2026-04-02", deadline_at="10:00", term_months="12", price_points="20",
        criteria__0__name="服务方案", criteria__0__points="60", criteria__0__kind="judged",
        criteria__0__scale="choice", criteria__0__lines="有菜单和路线=60\n只有菜单=30",
        criteria__1__name="团队证书", criteria__1__points="20", criteria__1__kind="objective",
        criteria__1__scale="items", criteria__1__lines="社工证=15\n健康证=5",
    ).press("保存并核对")  # fmt: skip
    secretary.reads("没有发现不合规定的地方").good().press("发布公告").reads("收标中", "时间表", "怎样评分").good()
    town.look_again()
    return tenders.get_tender(town.world.community_id, 1).id


def bid(town: Town, clock: Clock, tender_id: int) -> None:
    """An organisation registers, asks, bids; two more bid; until the deadline nobody learns that there are any."""
    passer_by = town.person()
    passer_by.screen.go("/organisations/new")
    passer_by.fill(
        credit_code=CODES[0], kind="service", name=ORGANISATIONS[0], contact="苏若兰", phone="13800001111",
        summary="做过三年助餐。", own_name="苏若兰", login="hefeng", password=PASSWORD,
    ).press("登记")  # fmt: skip
    passer_by.fill(login="hefeng", password=PASSWORD).press("登录").reads(ORGANISATIONS[0]).good()
    supplier = town.people["hefeng"] = town.people.pop("")
    supplier.go("tenders/1/questions/new").fill(text="有多少位老人要软食？").press("提问")
    town.role("secretary").go("tenders/1/questions/1/answer").fill(tick=["affects=no"], text="软食11位。").press("答复")
    supplier.go("tenders/1").reads("有多少位老人要软食？", "软食11位。")
    supplier.go("tenders/1/bid").fill(
        tick=[f"declarations={one}" for one in DECLARED], price="26.8万元", plan=f"{SECRET}。", team="五名持证社工。"
    ).press("密封递交")
    supplier.reads("封存", "第1版").good()
    town.look_again()
    for index in (1, 2):
        account_id = create_account(f"联系人{index}", f"supplier-{index}", PASSWORD)
        given = Particulars(ORGANISATIONS[index], f"联系人{index}", "13800001111", "做过三年助餐。")
        number = register_organisation(
            Actor(account_id), CODES[index], "service" if index == 1 else "enterprise", given
        )
        offer = procurement.Offer(25_000_000 + index * 1_000_000, "自有食堂现做现送。", "三名社工。", DECLARED)
        procurement.submit_bid(actor_of(account_id), tender_id, number, offer)
    for reader in (town.person(), town.role("secretary"), town.role("operator"), town.role("auditor")):
        for path in ("tenders/1", "tenders", "tenders/1/opening", "journal"):
            reader.go(path).misses(SECRET, ORGANISATIONS[0], ORGANISATIONS[1], "3家", "三家投标")
    clock.set(datetime(2026, 4, 2, 10, 0, 30, tzinfo=ZONE))
    town.later()


def choose(town: Town, clock: Clock, tender_id: int) -> None:
    """Bids open at the deadline; five experts score, one of them on this screen; the buyer decides and publishes."""
    world, secretary = town.world, town.role("secretary")
    secretary.go("tenders/1/opening").press("开标").reads("3家投标", "268,000.00元", ORGANISATIONS[1]).good()
    for position in (1, 2, 3):
        secretary.go(f"tenders/1/bids/{position}/qualification").fill(tick=["qualified=yes"]).press("确认")
    town.look_again()
    experts = [create_account(f"评委{at}", f"expert-{at}", PASSWORD) for at in range(5)]
    for account_id in experts:
        grant_role(the_house(world.community_id), world.community_id, account_id, "evaluator", FIRST_DAY)
    secretary.go("tenders/1/panel").fill(tick=[f"experts={one}" for one in experts], chair=str(experts[0]))
    secretary.press("确定名单").reads("还没有申报").good()
    score(town, tender_id, experts)
    secretary.go("tenders/1/ranking").press("汇总").go("tenders/1/award").reads(ORGANISATIONS[0]).good()
    secretary.press("确定").go("tenders/1/award/publish").press("公告结果")
    town.person().go("tenders/1/result").reads(ORGANISATIONS[0], "评委0").good()


def score(town: Town, tender_id: int, experts: list[int]) -> None:
    """Each declares that there is no conflict, gives points by the published steps, and hands in."""
    first = town.person("expert-0").go("tenders/1/declaration").fill(tick=["conflicted=no"]).press("申报")
    factors = [row.id for row in tenders.criteria(tender_id) if row.kind != rules.PRICE]
    best = 26_800_000
    given = {one.position: (6000 if one.price == best else 3000, 2000) for one in tenders.opened_bids(tender_id)}
    for position, points in given.items():
        typed = {f"c{factor}": rules.points(one) for factor, one in zip(factors, points, strict=True)}
        first.go(f"tenders/1/bids/{position}/scores").good().fill(**typed).press("保存")
    first.go("tenders/1/scores").reads("80分，不含价格").good().press("提交评分").reads("您已提交")
    town.look_again()
    for account_id in experts[1:]:
        expert = Actor(account_id, frozenset({Grant(town.world.community_id, "evaluator")}))
        procurement.declare_conflict(expert, tender_id, False)
        for position, points in given.items():
            procurement.score_bid(expert, tender_id, position, dict(zip(factors, points, strict=True)))
        procurement.submit_scores(expert, tender_id)


def sign_the_contract(town: Town, clock: Clock, tender_id: int) -> None:
    """After the days for challenges buyer and winner sign; the first milestone is accepted."""
    town.look_again()
    award = tenders.find_award(tender_id)
    assert award is not None
    assert award.challenge_until is not None
    town.role("secretary").go("tenders/1/contract/new").reads("质疑期").misses("签订</button>")
    clock.set(
        datetime.combine(award.challenge_until + timedelta(days=1), datetime.min.time(), ZONE) + timedelta(hours=9)
    )
    town.later()
    secretary = town.role("secretary").go("tenders/1/contract/new").fill(
        starts_on="2026-05-01", ends_on="2027-04-30",
        milestones__0__title="开始服务", milestones__0__due="2026-05-20", milestones__0__amount="80400",
        milestones__1__title="期满验收", milestones__1__due="2027-04-30", milestones__1__amount="187600",
    )  # fmt: skip
    secretary.press("签订").reads("开始服务", "80,400.00元").good()
    secretary.go("tenders/1/milestones/1").fill(note="63位老人都已收到午餐。").press("通过验收").reads("已验收")
    town.person().go("tenders/1/contract").reads("63位老人都已收到午餐").good()


def read_in_public(town: Town) -> None:
    """What became of it is told to anyone: on the page of the wish, as news, in calendars, and as open data."""
    passer_by = town.person().go("proposals/1").reads(TITLE, "决议").good()
    feed = fetch(passer_by, "notices/feed.atom")
    titles = [one.text or "" for one in ET.fromstring(feed.text()).iter("{http://www.w3.org/2005/Atom}title")]
    assert any(TITLE in title for title in titles[1:]), titles
    calendar = icalendar.Calendar.from_ical(fetch(passer_by, "calendar.ics").text())
    [event] = calendar.walk("VEVENT")
    assert event["DTSTART"].dt.astimezone(ZONE).hour == 19
    record = json.loads(fetch(passer_by, "tenders/1/ocds/record.json").text())
    assert "contracts" in json.dumps(record)
    rows = list(csv.DictReader(io.StringIO(fetch(passer_by, "data/tenders.csv").text().lstrip("\ufeff"))))
    assert len(rows) == 1
    expect(passer_by.page).to_have_title(re.compile(TITLE))


def fetch(person: Person, path: str) -> APIResponse:
    """A file of the community, as it comes."""
    answer = person.page.context.request.get(urljoin(person.screen.address, f"{person.base}/{path}"))
    assert answer.ok, f"{path} answers {answer.status}"
    return answer
