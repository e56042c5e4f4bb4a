"""The year: what was proposed, decided, bought and done, and what stands open today."""

from collections.abc import Callable
from datetime import timedelta

from app.assemblies.actions import convene_owners
from app.communities.actions import create_community
from app.core import clock
from app.core.permissions import OWNER
from app.core.values import OWNERS, PROPERTY, Actor, Grant, Ref
from app.council.actions import assign_task, finish_task
from app.demo import buying, compound, meeting, people, proposing, texts
from app.demo.meeting import Business
from app.demo.stage import ZONE, Progress, Stage
from app.discussion.actions import answer_comment
from app.journal.actions import settle
from app.proposals.actions import return_proposal
from app.register.actions import import_register
from app.voting.actions import cast_ballot
from app.voting.queries import roll_of

NAMES = ("梧桐里社区", "和平里社区", "春晓社区", "桂园社区", "东湖社区")
Chapter = Callable[[], None]


def tell_year(number: int = 0) -> Stage:
    """Tell the year of one community; `number` 0 is 梧桐里. Answers with the stage, its sign-ins on it."""
    now = clock.now()
    slug = "wutongli" if number == 0 else f"demo-{number + 1}"
    name = NAMES[number % len(NAMES)] + ("" if number < len(NAMES) else f"{number + 1}")
    stage = Stage(0, slug, now)
    with stage.on(366, 9):
        stage.community_id = create_community(
            slug, name, desk_hours="周一至周六 8:30–17:30", phone="5555 0100", address="梧桐里12号（1号楼东侧）"
        )
    story = _Story(stage)
    chapters = story.chapters()
    progress = Progress(len(chapters))
    for words, tell in chapters:
        progress.chapter(f"{name}：{words}")
        tell()
    progress.chapter(f"{name}：封存公开账本")
    with stage.when(now):
        settle()
    progress.end()
    return stage


class _Story:
    """What one chapter leaves for the next."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.organisations: dict[str, int] = {}
        self.proposals: dict[str, int] = {}

    def chapters(self) -> list[tuple[str, Chapter]]:
        """The chapters in the order of the year."""
        return [
            ("名册和四方席位", self.begin),
            ("邻居和社会组织", self.welcome),
            ("更换楼道灯", self.lamps),
            ("为独居老人买服务", self.meals),
            ("快递柜没有通过", self.locker),
            ("正在招标", self.classes),
            ("正在商量", self.talk),
            ("业主投票", self.owners),
            ("今天的会", self.today),
        ]

    def matter(self, name: str) -> Ref:
        """The matter of a proposal of the story."""
        return Ref("proposal", self.proposals[name])

    def begin(self) -> None:
        """The committee's spreadsheet becomes the register; thirteen seats are filled."""
        stage = self.stage
        with stage.on(365, 9, 30):
            reading, self.neighbours = compound.compound(stage.community_id, stage.day(365))
            import_register(stage.house, stage.community_id, reading, f"{stage.community_id:064x}", stage.day(365))
        with stage.on(364, 10):
            people.open_the_desk(stage)
            people.seat_the_council(stage)

    def welcome(self) -> None:
        """Neighbours use their codes; organisations register."""
        with self.stage.on(360, 19):
            people.welcome_neighbours(self.stage, self.neighbours)
            self.organisations = people.bring_organisations(self.stage)

    def lamps(self) -> None:
        """Lamps: proposed, decided without the interested party, carried out."""
        stage = self.stage
        self._propose("lamps", texts.LAMPS, 22, 340)
        proposing.discuss(stage, self.proposals["lamps"], texts.LAMPS_TALK, 336)
        proposing.admit(stage, self.proposals["lamps"], 330)
        held = 320
        meeting_id = meeting.convene(stage, [self.matter("lamps")], held)
        meeting.gather(stage, meeting_id, held, 19)
        text = "1至6号楼楼道灯更换为感应灯，步行道增设路灯12盏；费用不超过38,640元，从公共收益支出；物业公司施工，居委会、业委会共同验收。"
        reason = "路灯应先装在西侧坡道，那里最黑。"
        business = Business(
            self.matter("lamps"), text, property_interested=True, others={"吴委员": "no", "曹委员": "abstain"},
            dissent=("吴委员", reason),
        )  # fmt: skip
        meeting.decide(stage, meeting_id, business, held, 19, 20)
        with stage.on(held, 20, 5):
            secretary = stage.actor("林秘书")
            done = assign_task(secretary, meeting_id, PROPERTY, stage.day(held - 9), "公布施工时间表")
            assign_task(secretary, meeting_id, OWNERS, stage.day(held - 60), "和居委会一起验收")
        meeting.close_and_sign(stage, meeting_id, held, 20, 25)
        with stage.on(held - 8, 9):
            finish_task(stage.actor("郑经理"), stage.community_id, done, "时间表贴在各楼门厅，1月31日前完工")

    def meals(self) -> None:
        """Meals: from the need to the contract and its mid-term review."""
        stage = self.stage
        self._propose("meals", texts.MEALS, 24, 318)
        proposing.discuss(stage, self.proposals["meals"], texts.MEALS_TALK, 314)
        proposing.admit(stage, self.proposals["meals"], 308)
        held = 296
        meeting_id = meeting.convene(stage, [self.matter("meals")], held)
        meeting.gather(stage, meeting_id, held, 19, absent=("杜委员",))
        text = "向社会组织公开购买独居老人助餐和探访服务，服务63位老人一年，最高限价286,000元。"
        business = Business(
            self.matter("meals"), text, 28_600_000, "为63位独居老人购买一年的助餐和探访服务", others={"杜委员": ""}
        )
        meeting.decide(stage, meeting_id, business, held, 19, 20)
        meeting.close_and_sign(stage, meeting_id, held, 20, 10)
        tender_id = buying.announce(stage, self.matter("meals"), texts.MEALS[0], texts.MEALS[1], 28_600_000, 285, 27)
        buying.ask_and_answer(stage, tender_id, self.organisations["和风"], 279)
        buying.bid(stage, tender_id, self.organisations, 262)
        buying.evaluate(stage, tender_id, self.organisations)
        buying.contract(stage, tender_id, 2)

    def locker(self) -> None:
        """Parcel lockers: voted down, with the reasons on record; a ramp: adopted in the same meeting."""
        stage = self.stage
        self._propose("locker", texts.LOCKER, 13, 150)
        self._propose("ramp", texts.RAMP, 19, 149)
        for name in ("locker", "ramp"):
            proposing.admit(stage, self.proposals[name], 140)
        held = 130
        meeting_id = meeting.convene(stage, [self.matter("locker"), self.matter("ramp")], held)
        meeting.gather(stage, meeting_id, held, 19)
        against = dict.fromkeys(("何主任", "吴委员", "孙委员", "李委员", "许委员", "韩委员"), "no")
        text = "在北门岗亭东侧设置快递柜两组，由物业公司引入经营单位。"
        meeting.decide(stage, meeting_id, Business(self.matter("locker"), text, others=against), held, 19, 15)
        text = "在中心花园东口加装无障碍坡道和扶手，费用不超过12,800元，从公共收益支出。"
        meeting.decide(stage, meeting_id, Business(self.matter("ramp"), text), held, 19, 40)
        meeting.close_and_sign(stage, meeting_id, held, 20, 15)

    def classes(self) -> None:
        """Summer classes: the tender is open for bids today, and nobody knows how many there are."""
        stage = self.stage
        self._propose("classes", texts.CLASSES, 21, 60)
        proposing.admit(stage, self.proposals["classes"], 52)
        held = 42
        meeting_id = meeting.convene(stage, [self.matter("classes")], held)
        meeting.gather(stage, meeting_id, held, 19)
        text = "向社会组织公开购买青少年暑期托管和心理支持服务，最高限价98,000元。"
        business = Business(self.matter("classes"), text, 9_800_000, "购买一个暑期的青少年托管和心理支持服务")
        meeting.decide(stage, meeting_id, business, held, 19, 20)
        meeting.close_and_sign(stage, meeting_id, held, 20, 0)
        tender_id = buying.announce(
            stage, self.matter("classes"), texts.CLASSES[0], texts.CLASSES[1], 9_800_000, 16, 27
        )
        buying.ask_and_answer(stage, tender_id, self.organisations["和风"], 3, answered=False)
        buying.bid(stage, tender_id, {"同心": self.organisations["同心"]}, 2, share=36)

    def talk(self) -> None:
        """A shed for bicycles: in full discussion, an answer is owed; a class in calligraphy: new; one returned."""
        stage = self.stage
        self._propose("shed", texts.SHED, 17, 12)
        asks = {5: PROPERTY, 6: OWNERS, 1: OWNERS}
        made = proposing.discuss(stage, self.proposals["shed"], texts.SHED_TALK, 10, asks)
        with stage.on(6, 16):
            answer_comment(stage.actor("李委员"), made[1], "收费标准拟为每度0.9元，随提案一起表决。", "李委员")
        self._propose("calligraphy", texts.CALLIGRAPHY, 4, 3)
        returned = (
            "给楼下的空调外机统一加装遮板",
            "各家空调外机滴水声很大，建议统一加装遮板，请物业公司联系厂家报价。",
            None,
        )
        self._propose("covers", returned, 11, 30)
        with stage.on(26, 10):
            return_proposal(
                stage.actor("林秘书"),
                self.proposals["covers"],
                "外机装在各家外墙上，要先问清哪些楼愿意装",
                "写明是哪几号楼、大约多少户",
            )

    def owners(self) -> None:
        """All owners vote on the maintenance fund; two thirds are not reached yet."""
        stage = self.stage
        title = "使用维修资金更新消防管网和地下室排水泵"
        question = "您是否同意使用维修资金486,200.00元，更新消防管网和地下室排水泵？"
        with stage.on(28, 9):
            made = convene_owners(
                stage.actor("林秘书"), stage.community_id, 5, title, question, stage.at(12, 9), stage.at(-3, 20)
            )
        grant = frozenset({Grant(stage.community_id, OWNER)})
        entries = [line.entry for line in roll_of(made.poll_id)]
        for place, entry in enumerate(entries):
            if place % 5 in (0, 1, 3) and entry.voters:
                with stage.on(11 - place % 11, 8 + place % 12, place % 60):
                    choice = ("yes", "yes", "yes", "yes", "no", "yes", "abstain")[place % 7]
                    cast_ballot(Actor(None, grant, frozenset(entry.voters)), made.poll_id, entry.key, choice)

    def today(self) -> None:
        """The four parties sit at this moment: the vote on the shed is open, and the next meeting is convened."""
        stage = self.stage
        proposing.admit(stage, self.proposals["shed"], 7, 8)
        wall = (stage.now - timedelta(minutes=40)).astimezone(ZONE)
        held = (stage.today - wall.date()).days
        meeting_id = meeting.convene(stage, [self.matter("shed")], held, wall.hour, wall.minute, notice=5)
        meeting.gather(stage, meeting_id, held, wall.hour, wall.minute)
        text = "同意把3号楼东侧空地建充电棚的方案提交全体业主投票。"
        missing = dict.fromkeys(("李委员", "何主任", "郑经理", "王书记", "田委员"), "")
        meeting.decide(
            stage,
            meeting_id,
            Business(self.matter("shed"), text, others=missing),
            held,
            wall.hour,
            wall.minute,
            finish=False,
        )

    def _propose(self, name: str, text: proposing.Text, supporters: int, ago: int) -> None:
        self.proposals[name] = proposing.propose(self.stage, text, "陈女士", supporters, ago)
