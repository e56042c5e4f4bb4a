"""The minutes write themselves: what happened becomes numbered paragraphs, in the language and the voice of the record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.core.formats import plain_money
from app.core.values import PARTIES
from app.council.rules.motions import ADOPTED, NINE_MATTERS, NOT_QUORATE
from app.council.rules.papers import chinese_number, day_and_weekday, paper_day, weekday
from app.council.rules.seats import PARTY_NAMES

OPENING, HEADING, PARAGRAPH, NUMBERED, POINT = "opening", "heading", "paragraph", "resolution", "point"
VOTES, DISSENT, TASK = "votes", "dissent", "task"
BLOCKS = (OPENING, HEADING, PARAGRAPH, NUMBERED, POINT, VOTES, DISSENT, TASK)
# What was resolved and how was voted are facts of the record; minutes cannot change them.
CORRECTABLE = frozenset({OPENING, PARAGRAPH, DISSENT, TASK})


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the minutes. `ref` is the number of the task or motion that it tells of, 0 for none."""

    kind: str
    text: str
    ref: int = 0


@dataclass(frozen=True, slots=True)
class PartyVotes:
    """How one party's seats voted that did not step back; `silent` were present and cast no ballot, `absent` did not come."""

    party: str
    yes: int = 0
    no: int = 0
    abstain: int = 0
    silent: int = 0
    absent: int = 0
    in_favour: bool = False

    @property
    def present(self) -> int:
        """How many seats were there."""
        return self.yes + self.no + self.abstain + self.silent


@dataclass(frozen=True, slots=True)
class StoodBack:
    """A party, or one person of it, that stepped back, and why."""

    party: str
    seats: int
    reason: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class MotionFacts:
    """One motion with its result; `outcome` empty where it was withdrawn. `ceiling` in fen."""

    id: int
    mover: str
    seconder: str
    text: str
    outcome: str
    label: str = ""
    ceiling: int | None = None
    purpose: str = ""
    owners_matter: int | None = None
    stood_back: tuple[StoodBack, ...] = ()
    disputed: tuple[str, ...] = ()
    votes: tuple[PartyVotes, ...] = ()
    dissents: tuple[tuple[str, str], ...] = ()
    by_seats: bool = False

    @property
    def present(self) -> int:
        """How many seats were there."""
        return sum(one.present for one in self.votes)

    @property
    def yes(self) -> int:
        """How many seats agreed."""
        return sum(one.yes for one in self.votes)

    @property
    def in_favour(self) -> int:
        """How many parties were in favour."""
        return sum(one.in_favour for one in self.votes)


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What a party was charged with, until when."""

    id: int
    party: str
    due: date
    text: str


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """Everything that the minutes tell; moments in the community's zone."""

    opened_at: datetime
    closed_at: datetime
    place: str
    total: int
    present: int
    absent: tuple[str, ...]
    stand_ins: tuple[str, ...]
    chair: str
    recorder: str
    items: tuple[tuple[str, tuple[MotionFacts, ...]], ...]
    tasks: tuple[TaskFacts, ...]


def draft(facts: MeetingFacts) -> tuple[Block, ...]:
    """The first text of the minutes: attendance, each matter with its motions, votes and dissent, then the tasks."""
    blocks = [Block(OPENING, _opening(facts))]
    for place, (title, motions) in enumerate(facts.items, 1):
        blocks.append(Block(HEADING, f"{chinese_number(place)}、{title}"))
        if not motions:
            blocks.append(Block(PARAGRAPH, "本次会议没有就此事提出动议，没有作决定。"))
        for motion in motions:
            blocks += _motion(motion)
    if facts.tasks:
        blocks.append(Block(HEADING, f"{chinese_number(len(facts.items) + 1)}、交办事项"))
        blocks += [Block(TASK, task_sentence(task), task.id) for task in facts.tasks]
    return tuple(blocks)


def task_sentence(task: TaskFacts) -> str:
    """A task as the minutes tell it: 物业公司在12月10日（星期四）前公布施工时间表。"""
    return f"{PARTY_NAMES[task.party]}在{day_and_weekday(task.due)}前{task.text.rstrip('。')}。"


def _opening(facts: MeetingFacts) -> str:
    opened, day = facts.opened_at, facts.opened_at.date()
    text = (
        f"{paper_day(day)}（{weekday(day)}）{opened.hour}:{opened.minute:02d}，四方联席会议在{facts.place}召开，"
        f"{facts.closed_at.hour}:{facts.closed_at.minute:02d}结束。"
        f"应到{facts.total}席，实到{facts.present}席，四方均有人到会，符合开会人数。"
    )
    if facts.absent:
        text += f"缺席：{'、'.join(facts.absent)}。"
    if facts.stand_ins:
        text += f"代为出席：{'、'.join(facts.stand_ins)}。"
    roles = [f"{facts.chair}主持"] if facts.chair else []
    roles += [f"{facts.recorder}记录"] if facts.recorder else []
    return text + ("，".join(roles) + "。" if roles else "")


def _motion(motion: MotionFacts) -> list[Block]:
    second = f"，{motion.seconder}附议" if motion.seconder else ""
    blocks = [Block(PARAGRAPH, f"{motion.mover}提议{second}。{_stood_back(motion.stood_back)}", motion.id)]
    blocks += [Block(PARAGRAPH, sentence, motion.id) for sentence in motion.disputed]
    if not motion.outcome:
        return [*blocks, Block(PARAGRAPH, f"动议撤回，没有表决。动议内容：{_end(motion.text)}", motion.id)]
    if motion.outcome == ADOPTED:
        blocks.append(Block(NUMBERED, f"决议　{motion.label}", motion.id))
        blocks += [Block(POINT, point, motion.id) for point in points(motion)]
    else:
        blocks.append(Block(PARAGRAPH, f"动议：{'；'.join(_bare(line) for line in _lines(motion.text))}。", motion.id))
    blocks.append(Block(VOTES, _votes(motion), motion.id))
    blocks += [Block(DISSENT, f"不同意见：{who}：{_end(text)}", motion.id) for who, text in motion.dissents]
    return blocks


def points(motion: MotionFacts) -> tuple[str, ...]:
    """The points of a resolution: the lines of its text, the mandate, and where the owners have the last word."""
    said = [_end(line) for line in _lines(motion.text)]
    if motion.ceiling is not None:
        said.append(f"费用不超过{plain_money(motion.ceiling)}，用于{_end(motion.purpose)}")
    if motion.owners_matter is not None:
        matter = NINE_MATTERS[motion.owners_matter]
        said.append(f"这件事属于业主共同决定的事项（{matter}）。本决议是建议，由业主投票决定。")
    return tuple(said)


def _votes(motion: MotionFacts) -> str:
    told = "；".join(f"{PARTY_NAMES[votes.party]}{_party_votes(votes)}" for votes in motion.votes)
    match motion.outcome:
        case "adopted":
            result = f"{_counted(motion)}，通过。"
        case outcome if outcome == NOT_QUORATE:
            result = "到会人数不够，没有作出决定。"
        case _:
            result = f"{_counted(motion)}，未通过。"
    return f"表决：{told}。{result}"


def _counted(motion: MotionFacts) -> str:
    if motion.yes == motion.present:
        return f"到会{motion.present}席都赞成，协商一致"
    if motion.by_seats:
        return f"到会{motion.present}席中{motion.yes}席赞成"
    parties = len(motion.votes)
    back = "没有回避的" if motion.stood_back and parties < len(PARTIES) else ""
    return f"{back}{parties}方中{motion.in_favour}方赞成"


def _party_votes(votes: PartyVotes) -> str:
    words = (("赞成", votes.yes), ("反对", votes.no), ("弃权", votes.abstain), ("未投票", votes.silent))
    return "、".join(f"{word}{number}席" for word, number in words if number) or "无人到会"


def _stood_back(all_of_them: Iterable[StoodBack]) -> str:
    told = []
    for one in all_of_them:
        who = f"{PARTY_NAMES[one.party]}{one.name}" if one.name else f"{PARTY_NAMES[one.party]}{one.seats}席"
        told.append(f"{who}因{_bare(one.reason)}依规则回避，不参加讨论和表决。")
    return "".join(told)


def _lines(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _bare(text: str) -> str:
    return text.strip().rstrip("。；;.")


def _end(text: str) -> str:
    joined = "；".join(_bare(line) for line in _lines(text))
    return joined if joined.endswith(("！", "？")) else f"{joined}。"
