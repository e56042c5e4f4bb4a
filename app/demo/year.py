"""The year: what was proposed, decided, bought and done, and what stands open today."""

from datetime import timedelta
from functools import partial

from app.assemblies.rules import DraftItem
from app.communities.actions import create_community
from app.core import clock
from app.core.permissions import OWNER
from app.core.values import BRANCH, OWNERS, PROPERTY, Actor, Grant, Ref
from app.council.actions import assign_task, finish_task
from app.council.queries import items_of
from app.demo import asking, buying, calling, compound, deciding, meeting, people, posting, proposing, texts, witnessing
from app.demo.desk import Desk
from app.demo.meeting import Business
from app.demo.stage import ZONE, Progress, Stage, Thread, scattered, weave
from app.discussion.actions import answer_comment
from app.proposals.actions import return_proposal
from app.register.actions import import_register
from app.register.queries.rolls import roll
from app.voting.actions import cast_ballot

NAMES = ("梧桐里社区", "和平里社区", "春晓社区", "桂园社区", "东湖社区")
BEGIN = 366


def _named(text: proposing.Text) -> tuple[str, str, int]:
    """A purchase is called, described and limited as the proposal was."""
    title, body, budget = text
    return title, body, budget or 0


MEALS = buying.Wanted(
    *_named(texts.MEALS), 285, 27, "63位独居老人", texts.MEALS_NEEDS, "菜单与营养、送餐路线、探访清单",
    "食品安全、老人突发情况的处置", 12, texts.MEALS_QUESTION, texts.MEALS_ANSWER,
)  # fmt: skip
PHONES = buying.Wanted(
    *_named(texts.PHONES), 0, 27, "小区里60岁以上的老人，约90人", texts.PHONES_NEEDS, "课程安排、教法和上门教学",
    "老人学不会时的做法、防诈骗演练", 12, texts.PHONES_QUESTION, texts.PHONES_ANSWER, texts.PHONES_PLANS,
    texts.PHONES_TEAM, just_closed=True,
)  # fmt: skip
CLASSES = buying.Wanted(
    *_named(texts.CLASSES), 16, 27, "小学和初中的孩子，约60人", texts.CLASSES_NEEDS, "每天的安排、辅导和活动",
    "接送和安全、孩子情绪不好时的做法", 2, texts.CLASSES_QUESTION,
)  # fmt: skip


def tell_year(number: int = 0) -> Stage:
    """Tell the year of one community; `number` 0 is 梧桐里. Answers with the stage, its sign-ins on it."""
    now = clock.now()
    name = NAMES[number % len(NAMES)] + ("" if number < len(NAMES) else f"{number + 1}")
    stage = Stage(0, "wutongli" if number == 0 else f"demo-{number + 1}", now)
    story = _Story(stage, name)
    witness = witnessing.Witness(stage, OWNERS, "李委员")
    other = witnessing.Witness(stage, BRANCH, "田委员")
    progress = Progress(name, stage.at(BEGIN, 9), now)
    threads = [
        story.begin(), story.lamps(), story.meals(), story.lockers(), story.phones(), story.classes(),
        story.covers(), story.owners(), story.shed(), story.calligraphy(), posting.carry(stage), posting.announce(stage),
        deciding.decide(stage), asking.ask(stage, asking.LITTLE_THINGS),
        asking.ask(stage, asking.PLAYGROUND), witness.watch(300, 240, 150, 110, 69, 33, 8, 4, 1),
        other.watch(236, 128, 43, 3), posting.take_down(stage, BEGIN),
    ]  # fmt: skip
    for moment in weave(threads, now):
        progress.come_to(moment)
    with clock.at(now):
        witness.confirm()
    progress.end()
    return stage


class _Story:
    """What one thread of the story leaves for the others."""

    def __init__(self, stage: Stage, name: str) -> None:
        self.stage, self.name = stage, name
        self.organisations: dict[str, int] = {}
        self.proposals: dict[str, int] = {}
        self.neighbours: list[compound.Neighbour] = []

    def begin(self) -> Thread:
        """The spreadsheet becomes the register, thirteen seats are filled, neighbours and organisations come in."""
        stage = self.stage
        yield stage.at(BEGIN, 9)
        stage.community_id = create_community(
            stage.slug,
            self.name,
            desk_hours="周一至周六 8:30–17:30",
            phone="5555 0100",
            address="梧桐里12号（1号楼东侧）",
        )
        yield stage.at(365, 9, 30)
        reading, neighbours = compound.compound(stage.community_id, stage.day(365))
        import_register(stage.house, stage.community_id, reading, f"{stage.community_id:064x}", stage.day(365))
        yield stage.at(364, 10)
        people.open_the_desk(stage)
        people.seat_the_council(stage)
        yield stage.at(360, 19)
        people.welcome_neighbours(stage, neighbours)
        self.neighbours = neighbours
        self.organisations = people.bring_organisations(stage)

    def lamps(self) -> Thread:
        """Lamps: proposed, decided without the interested party, carried out."""
        stage, held = self.stage, 320
        yield from self._propose("lamps", texts.LAMPS, 22, 340)
        yield from proposing.discuss(stage, self.proposals["lamps"], texts.LAMPS_TALK, 336)
        yield from proposing.admit(stage, self.proposals["lamps"], 330)
        meeting_id = yield from meeting.convene(stage, [self._matter("lamps")], held)
        yield from meeting.gather(stage, meeting_id, held, 19)
        business = Business(
            self._matter("lamps"), texts.LAMPS_MOTION, property_interested=True,
            others={"吴委员": "no", "曹委员": "abstain"}, dissent=("吴委员", "路灯应先装在西侧坡道，那里最黑。"),
        )  # fmt: skip
        yield from meeting.decide(stage, meeting_id, business, held, 19, 20)
        yield stage.at(held, 20, 5)
        secretary = stage.actor("林秘书")
        item = items_of([meeting_id])[0].id
        plan = assign_task(secretary, meeting_id, PROPERTY, stage.day(held - 9), "公布施工时间表", item)
        check = assign_task(secretary, meeting_id, OWNERS, stage.day(held - 60), "和居委会一起验收", item)
        yield from meeting.close_and_sign(stage, meeting_id, held, 20, 25)
        yield stage.at(held - 8, 9)
        finish_task(stage.actor("郑经理"), stage.community_id, plan, "时间表贴在各楼门厅")
        yield stage.at(held - 55, 15)
        finish_task(stage.actor("李委员"), stage.community_id, check, "两委一起验收，78盏灯全部合格")

    def meals(self) -> Thread:
        """Meals: from the need to the contract and its mid-term review."""
        stage, held = self.stage, 296
        yield from self._propose("meals", texts.MEALS, 24, 318)
        yield from proposing.discuss(stage, self.proposals["meals"], texts.MEALS_TALK, 314)
        yield from proposing.admit(stage, self.proposals["meals"], 308)
        meeting_id = yield from meeting.convene(stage, [self._matter("meals")], held)
        yield from meeting.gather(stage, meeting_id, held, 19, absent=("杜委员",))
        purpose = "为63位独居老人购买一年的助餐和探访服务"
        business = Business(self._matter("meals"), texts.MEALS_MOTION, 28_600_000, purpose, others={"杜委员": ""})
        yield from meeting.decide(stage, meeting_id, business, held, 19, 20)
        yield from meeting.close_and_sign(stage, meeting_id, held, 20, 10)
        tender = yield from buying.let(stage, self._matter("meals"), self.organisations, MEALS)
        yield from buying.contract(stage, tender, 2)

    def lockers(self) -> Thread:
        """Parcel lockers: voted down, with the reasons on record; a ramp: adopted in the same meeting."""
        stage, held = self.stage, 130
        yield from self._propose("locker", texts.LOCKER, 13, 150)
        yield from self._propose("ramp", texts.RAMP, 19, 146)
        for name in ("locker", "ramp"):
            yield from proposing.admit(stage, self.proposals[name], 140)
        meeting_id = yield from meeting.convene(stage, [self._matter("locker"), self._matter("ramp")], held)
        yield from meeting.gather(stage, meeting_id, held, 19)
        against = dict.fromkeys(("何主任", "吴委员", "孙委员", "李委员", "许委员", "韩委员"), "no")
        text = "在北门岗亭东侧设置快递柜两组，由物业公司引入经营单位。"
        business = Business(self._matter("locker"), text, others=against)
        yield from meeting.decide(stage, meeting_id, business, held, 19, 15)
        text = "在中心花园东口加装无障碍坡道和扶手，费用不超过12,800元，从公共收益支出。"
        yield from meeting.decide(stage, meeting_id, Business(self._matter("ramp"), text), held, 19, 40)
        yield from meeting.close_and_sign(stage, meeting_id, held, 20, 15)

    def phones(self) -> Thread:
        """Lessons with the telephone: bids were opened a working day ago, some of the panel have scored them."""
        stage, held = self.stage, 92
        yield from self._propose("phones", texts.PHONES, 18, 108)
        yield from proposing.admit(stage, self.proposals["phones"], 101)
        meeting_id = yield from meeting.convene(stage, [self._matter("phones")], held)
        yield from meeting.gather(stage, meeting_id, held, 19, absent=("曹委员",))
        purpose = "为老人购买一年的手机课堂"
        business = Business(self._matter("phones"), texts.PHONES_MOTION, 4_800_000, purpose, others={"曹委员": ""})
        yield from meeting.decide(stage, meeting_id, business, held, 19, 20)
        yield from meeting.close_and_sign(stage, meeting_id, held, 19, 50)
        yield from buying.let(stage, self._matter("phones"), self.organisations, PHONES, ("陆专家", "邵专家"))

    def classes(self) -> Thread:
        """Summer classes: the tender is open for bids today, and nobody knows how many there are."""
        stage, held = self.stage, 42
        yield from self._propose("classes", texts.CLASSES, 21, 60)
        yield from proposing.admit(stage, self.proposals["classes"], 52)
        meeting_id = yield from meeting.convene(stage, [self._matter("classes")], held)
        yield from meeting.gather(stage, meeting_id, held, 19)
        text = "向社会组织公开购买青少年暑期托管和心理支持服务，最高限价98,000元。"
        business = Business(self._matter("classes"), text, 9_800_000, "购买一个暑期的青少年托管和心理支持服务")
        yield from meeting.decide(stage, meeting_id, business, held, 19, 20)
        yield from meeting.close_and_sign(stage, meeting_id, held, 20, 0)
        tender = yield from buying.announce(stage, self._matter("classes"), CLASSES)
        yield from buying.ask_and_answer(stage, tender, self.organisations["和风"], stage.at(3, 11, 20), CLASSES)
        yield from buying.bid(stage, tender, {"同心": self.organisations["同心"]}, stage.at(2, 14, 21), CLASSES, 36)

    def covers(self) -> Thread:
        """Covers for air conditioners: returned with what to change."""
        stage = self.stage
        yield from self._propose("covers", texts.COVERS, 11, 30)
        yield stage.at(25, 10)
        reason, wish = "外机装在各家外墙上，要先问清哪些楼愿意装", "写明是哪几号楼、大约多少户"
        return_proposal(stage.actor("林秘书"), self.proposals["covers"], reason, wish)

    def owners(self) -> Thread:
        """All owners vote on the maintenance fund, online and at the desk; two thirds are not reached yet."""
        stage = self.stage
        title = "使用维修资金更新消防管网和地下室排水泵"
        question = "您是否同意使用维修资金486,200.00元，更新消防管网和地下室排水泵？"
        yield stage.at(28, 9)
        secretary, opens, closes = stage.actor("林秘书"), stage.at(12, 9), stage.at(-3, 20)
        made = calling.call_owners(stage, secretary, DraftItem(title, question, 5), opens, closes)
        grant = frozenset({Grant(stage.community_id, OWNER)})
        for moment, act in calling.speak_up(stage, made):
            yield moment
            act()
        mine = stage.actor("陈女士").acts_as
        others = [entry for entry in roll(stage.community_id, stage.day(12)) if mine.isdisjoint(entry.voters)]
        others = scattered([entry for entry in others if entry.voters])
        voting, silent = others[: len(others) * 2 // 5], others[len(others) * 2 // 5 :]
        steps = list(Desk(stage, made.poll_id, silent, voting[3], compound.author(self.neighbours)).steps())
        steps.append(calling.answer(stage, made))
        for place, entry in enumerate(voting):
            choice = ("yes", "yes", "yes", "yes", "no", "yes", "abstain")[place % 7]
            who = Actor(None, grant, frozenset(entry.voters))
            vote = partial(cast_ballot, who, made.poll_id, entry.key, choice)
            steps.append((opens + timedelta(minutes=30 + place * 150), vote))
        for moment, act in sorted(steps, key=lambda step: step[0]):
            yield moment
            act()

    def shed(self) -> Thread:
        """A shed for bicycles: discussed, an answer is owed; the four parties sit at this moment and vote on it."""
        stage = self.stage
        yield from self._propose("shed", texts.SHED, 17, 16)
        asks = {5: PROPERTY, 6: OWNERS, 1: OWNERS}
        admitted = proposing.admit(stage, self.proposals["shed"], 11, 8)
        yield from admitted
        made = yield from proposing.discuss(stage, self.proposals["shed"], texts.SHED_TALK, 9, asks)
        wall = (stage.now - timedelta(minutes=40)).astimezone(ZONE)
        held = (stage.today - wall.date()).days
        hour, minute = wall.hour, wall.minute
        meeting_id = yield from meeting.convene(stage, [self._matter("shed")], held, hour, minute, notice=4)
        yield stage.at(3, 16)
        answer_comment(stage.actor("李委员"), made[1], "收费标准拟为每度0.9元，随提案一起表决。", "李委员")
        yield from meeting.gather(stage, meeting_id, held, hour, minute)
        text = "把3号楼东侧空地建充电棚的方案提交全体业主投票。"
        missing = dict.fromkeys(("李委员", "何主任", "郑经理", "王书记", "田委员"), "")
        business = Business(self._matter("shed"), text, others=missing)
        yield from meeting.decide(stage, meeting_id, business, held, hour, minute, finish=False)

    def calligraphy(self) -> Thread:
        """A class in calligraphy: new, and still in search of supporters."""
        yield from self._propose("calligraphy", texts.CALLIGRAPHY, 4, 3)

    def _matter(self, name: str) -> Ref:
        return Ref("proposal", self.proposals[name])

    def _propose(self, name: str, text: proposing.Text, supporters: int, ago: int) -> Thread:
        made = yield from proposing.propose(self.stage, text, "陈女士", supporters, ago)
        self.proposals[name] = made
