"""Minutes: how they write themselves, who may object, when the parties sign."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.council.rules.drafting import (
    CORRECTABLE,
    MeetingFacts,
    MotionFacts,
    PartyVotes,
    StoodBack,
    TaskFacts,
    draft,
    points,
    task_sentence,
)
from app.council.rules.meetings import Sitting
from app.council.rules.minutes import (
    answer_refusal,
    object_refusal,
    parties_to_sign,
    sign_refusal,
    terms_of_minutes,
)
from app.council.rules.papers import chinese_number, day_and_weekday, paper_day, paper_number
from app.council.rules.seats import HOLDER, Seating, Term
from app.council.rules.tasks import assign_refusal, finish_refusal

AT = datetime(2026, 12, 1, 12, 25, tzinfo=UTC)
LOCAL = datetime(2026, 12, 1, 19, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2026, 12, 1)
STANDING = terms_of_minutes(AT, 48, 48)
END = STANDING.objections_until
SECOND = timedelta(seconds=1)
VOTES = (
    PartyVotes("branch", yes=3, in_favour=True),
    PartyVotes("residents", yes=3, no=1, in_favour=True),
    PartyVotes("owners", yes=3, abstain=1, silent=1, in_favour=True),
)
LAMPS = MotionFacts(
    id=4,
    mover="业委会李敏",
    seconder="居委会何芳",
    text="1至6号楼楼道灯更换为感应灯。\n\n物业公司于2027年1月31日前完成；",
    outcome="adopted",
    label="梧议〔2026〕14号",
    ceiling=3_864_000,
    purpose="灯具和安装",
    stood_back=(StoodBack("property", 2, "承接本工程。"),),
    votes=VOTES,
    dissents=(("居委会吴建", "路灯应装在西侧坡道"),),
)


def facts(*motions: MotionFacts, **rest: object) -> MeetingFacts:
    values: dict[str, object] = {
        "opened_at": LOCAL,
        "closed_at": LOCAL + timedelta(minutes=85),
        "place": "社区二楼会议室",
        "total": 13,
        "present": 12,
        "absent": ("物业公司郑工",),
        "stand_ins": ("业委会何青（代李敏）",),
        "chair": "王书记",
        "recorder": "小林",
        "items": (("更换楼道灯", motions),),
        "tasks": (TaskFacts(8, "property", date(2026, 12, 10), "公布施工时间表"),),
        **rest,
    }
    return MeetingFacts(**values)  # type: ignore[arg-type]  # facts by their names


def texts(*motions: MotionFacts, **rest: object) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in draft(facts(*motions, **rest))]


def test_the_minutes_open_with_who_came() -> None:
    kind, text = texts(LAMPS)[0]
    assert kind == "opening"
    assert text == (
        "二〇二六年十二月一日（星期二）19:00，四方联席会议在社区二楼会议室召开，20:25结束。"
        "应到13席，实到12席，四方均有人到会，符合开会人数。缺席：物业公司郑工。"
        "代为出席：业委会何青（代李敏）。王书记主持，小林记录。"
    )


def test_an_adopted_motion_becomes_a_numbered_resolution_with_its_mandate() -> None:
    told = texts(LAMPS)
    assert ("heading", "一、更换楼道灯") in told
    assert ("resolution", "决议　梧议〔2026〕14号") in told
    assert [text for kind, text in told if kind == "point"] == [
        "1至6号楼楼道灯更换为感应灯。",
        "物业公司于2027年1月31日前完成。",
        "费用不超过38,640元，用于灯具和安装。",
    ]


def test_the_vote_is_told_by_party_and_the_dissent_by_name() -> None:
    told = dict(texts(LAMPS))
    assert told["votes"] == (
        "表决：党支部赞成3席；居委会赞成3席、反对1席；业委会赞成3席、弃权1席、未投票1席。没有回避的3方中3方赞成，通过。"
    )
    assert told["dissent"] == "不同意见：居委会吴建：路灯应装在西侧坡道。"


def test_who_stepped_back_is_told_with_the_reason() -> None:
    told = [text for kind, text in texts(LAMPS) if kind == "paragraph"]
    assert told == ["业委会李敏提议，居委会何芳附议。物业公司2席因承接本工程依规则回避，不参加讨论和表决。"]


def test_one_person_who_stepped_back_is_told_by_name() -> None:
    one = MotionFacts(
        1, "业委会李敏", "居委会何芳", "换灯", "rejected", stood_back=(StoodBack("owners", 1, "亲属", "吴建"),)
    )
    assert "业委会吴建因亲属依规则回避" in texts(one)[2][1]


def test_a_rejected_motion_has_no_number() -> None:
    told = texts(
        MotionFacts(
            1,
            "业委会李敏",
            "居委会何芳",
            "换灯\n刷墙。",
            "rejected",
            votes=(VOTES[0], PartyVotes("residents", yes=1, no=3)),
        )
    )
    assert not any(kind in ("resolution", "point") for kind, _ in told)
    assert ("paragraph", "动议：换灯；刷墙。") in told
    assert told[4][1].endswith("2方中1方赞成，未通过。")


def test_a_vote_without_a_quorum_decides_nothing() -> None:
    told = texts(MotionFacts(1, "业委会李敏", "居委会何芳", "换灯", "not-quorate", votes=(PartyVotes("branch"),)))
    assert told[4][1] == "表决：党支部无人到会。到会人数不够，没有作出决定。"


def test_a_withdrawn_motion_and_a_matter_without_motion_are_told_too() -> None:
    withdrawn = texts(MotionFacts(1, "业委会李敏", "", "换灯", ""))
    assert withdrawn[2:4] == [
        ("paragraph", "业委会李敏提议。"),
        ("paragraph", "动议撤回，没有表决。动议内容：换灯。"),
    ]
    assert texts()[2][1] == "本次会议没有就此事提出动议，没有作决定。"


def test_a_resolution_on_one_of_the_nine_matters_is_advice() -> None:
    advice = points(MotionFacts(1, "", "", "使用维修资金", "adopted", owners_matter=5))
    assert advice[-1] == (
        "这件事属于业主共同决定的事项（使用建筑物及其附属设施的维修资金）。本决议是建议，由业主投票决定。"
    )


def test_tasks_follow_the_matters_and_are_left_out_when_there_are_none() -> None:
    told = texts(LAMPS)
    assert told[-2:] == [
        ("heading", "二、交办事项"),
        ("task", "物业公司在12月10日（星期四）前公布施工时间表。"),
    ]
    assert texts(LAMPS, tasks=())[-1][0] == "dissent"
    assert task_sentence(TaskFacts(1, "owners", date(2027, 1, 31), "验收。")) == "业委会在1月31日（星期日）前验收。"


def test_what_was_resolved_and_counted_cannot_be_corrected() -> None:
    assert frozenset({"opening", "paragraph", "dissent", "task"}) == CORRECTABLE


def test_papers_are_numbered_and_dated_as_papers_are() -> None:
    assert paper_number("梧桐里社区", "议", 2026, 14) == "梧议〔2026〕14号"
    assert paper_number("", "议纪", 2026, 9) == "议纪〔2026〕9号"
    assert paper_day(date(2026, 10, 20)) == "二〇二六年十月二十日"
    assert day_and_weekday(DAY) == "12月1日（星期二）"


@pytest.mark.parametrize(
    ("number", "sign"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (31, "三十一"), (99, "九十九")]
)
def test_headings_count_in_chinese(number: int, sign: str) -> None:
    assert chinese_number(number) == sign


@pytest.mark.parametrize("number", [0, 100])
def test_there_is_no_hundredth_heading(number: int) -> None:
    with pytest.raises(ValueError, match="no heading"):
        chinese_number(number)


def test_objections_are_heard_to_the_last_second_and_no_longer() -> None:
    assert object_refusal(STANDING, END, "paragraph", "地点写错了", was_due=True) is None
    late = object_refusal(STANDING, END + SECOND, "paragraph", "地点写错了", was_due=True)
    assert late is not None
    assert late.values == {"until": END}


@pytest.mark.parametrize("kind", ["heading", "resolution", "point", "votes"])
def test_facts_of_the_record_are_not_corrected_in_the_minutes(kind: str) -> None:
    refusal = object_refusal(STANDING, AT, kind, "应该改一下", was_due=True)
    assert refusal is not None
    assert "不能在纪要里改" in refusal.sentence


def test_who_was_due_objects_in_a_sentence() -> None:
    assert object_refusal(STANDING, AT, "opening", "地点写错了", was_due=False) is not None
    assert object_refusal(STANDING, AT, "opening", "不对", was_due=True) is not None
    assert object_refusal(STANDING, AT, "opening", "长" * 500, was_due=True) is None
    assert object_refusal(STANDING, AT, "opening", "长" * 501, was_due=True) is not None


def test_an_objection_is_answered_once_by_a_text_or_a_reason() -> None:
    assert answer_refusal(STANDING, answered=False, accepted=True, text="新的一段", reason="") is None
    assert answer_refusal(STANDING, answered=False, accepted=False, text="", reason="记录如此") is None
    assert answer_refusal(STANDING, answered=False, accepted=True, text="", reason="记录如此") is not None
    assert answer_refusal(STANDING, answered=False, accepted=False, text="新的一段", reason="") is not None
    assert answer_refusal(STANDING, answered=True, accepted=False, text="", reason="记录如此") is not None


def sign(now: datetime = END + SECOND, party: str = "owners", signed: tuple[str, ...] = (), unanswered: int = 0,
         was_present: bool = True, party_came: bool = True) -> str:  # fmt: skip
    refusal = sign_refusal(STANDING, now, party, signed, unanswered, was_present=was_present, party_came=party_came)
    return refusal.sentence if refusal else ""


def test_the_parties_sign_after_the_objections() -> None:
    assert sign() == ""
    assert "才能签署" in sign(now=END)
    assert "没有答复" in sign(unanswered=1)


def test_a_party_signs_once_by_somebody_who_was_there() -> None:
    assert "已经签署" in sign(signed=("branch", "owners"))
    assert sign(signed=("branch",)) == ""
    assert "没有参加" in sign(was_present=False)
    assert sign(was_present=False, party_came=False) == ""
    assert "四方委员" in sign(party="")


def test_minutes_are_a_draft_then_signed_then_public() -> None:
    assert STANDING.stage(END) == "draft"
    assert STANDING.stage(END + SECOND) == "signing"
    assert STANDING.sign_by - END == timedelta(hours=48)
    published = type(STANDING)(AT, END, STANDING.sign_by, AT)
    assert published.stage(AT) == "published"
    assert answer_refusal(published, answered=False, accepted=True, text="新的一段", reason="") is not None


def test_a_party_without_anybody_need_not_sign() -> None:
    held = Term(1, 1, HOLDER, "李敏", DAY)
    seats = [Seating(1, "b1", "branch", "书记", held), Seating(2, "p1", "property", "经理")]
    assert parties_to_sign(seats) == ("branch",)


def test_a_task_has_a_party_a_day_and_words() -> None:
    sitting = Sitting(1, AT, AT)
    assert assign_refusal(sitting, "owners", DAY, "公布时间", DAY) is None
    assert assign_refusal(sitting, "owners", DAY - timedelta(days=1), "公布时间", DAY) is not None
    assert assign_refusal(sitting, "owners", DAY + timedelta(days=1099), "公布时间", DAY) is not None
    assert assign_refusal(sitting, "street", DAY, "公布时间", DAY) is not None
    assert assign_refusal(sitting, "owners", DAY, "公布", DAY) is not None
    assert assign_refusal(Sitting(1, AT), "owners", DAY, "公布时间", DAY) is not None


def test_the_party_that_owes_a_task_reports_it_once_the_minutes_are_public() -> None:
    good = {"done": False, "published": True, "of_party": True}
    assert finish_refusal(**good, note="已经张贴") is None
    for change in ({"done": True}, {"published": False}, {"of_party": False}):
        assert finish_refusal(**{**good, **change}, note="已经张贴") is not None
    assert finish_refusal(**good, note="好") is not None
