"""A meeting from its notice to its signed minutes."""

from flask import Flask

from app.council import actions, queries
from tests.conftest import Clock
from tests.council_world import CEILING, LAMPS, PROPERTY_BUILDS, TITLE, Council, convene
from tests.world import World


def test_a_meeting_goes_from_its_notice_to_its_signed_minutes(
    app: Flask, council: Council, world: World, clock: Clock
) -> None:
    held = convene(council)
    held.open()
    motion_id = held.ready(PROPERTY_BUILDS)
    held.vote(motion_id, no="r2", abstain="o3")
    motion = queries.get_motion_by_id(motion_id)
    assert motion.outcome == "adopted"
    resolution = queries.resolutions_of([held.id])[0]
    assert (resolution.label, resolution.title, resolution.ceiling) == ("梧议〔2026〕1号", TITLE, CEILING)
    assert resolution.matter == LAMPS
    actions.record_dissent(council.member("r2"), motion_id, "路灯应装在西侧坡道。")
    actions.assign_task(council.secretary, held.id, "property", clock.now.date(), "公布施工时间表", held.items[0])
    clock.forward(minutes=85)
    held.close()
    minutes = queries.get_minutes(held.id)
    assert minutes.label == "梧议纪〔2026〕1号"
    told = [block.text for block in minutes.blocks]
    assert told == [
        (
            "二〇二六年三月六日（星期五）19:00，四方联席会议在社区二楼会议室召开，20:25结束。应到13席，实到13席，"
            "四方均有人到会，符合开会人数。王建国主持，林秘书记录。"
        ),
        "一、更换楼道灯和夜间照明",
        "业委会李敏提议，居委会何芳附议。物业公司2席因承接本工程依规则回避，不参加讨论和表决。",
        "决议　梧议〔2026〕1号",
        "1至6号楼楼道灯更换为感应灯，步行道增设路灯12盏。",
        "物业公司于2027年1月31日前完成，居委会、业委会共同验收。",
        "费用不超过38,640元，用于灯具和安装。",
        "表决：党支部赞成3席；居委会赞成3席、反对1席；业委会赞成3席、弃权1席。没有回避的3方中3方赞成，通过。",
        "不同意见：居委会吴建：路灯应装在西侧坡道。",
        "二、交办事项",
        "物业公司在3月6日（星期五）前公布施工时间表。",
    ]
    assert not held.sign("b1", "r1", "p2")
    assert held.sign("o2")
    assert queries.get_minutes(held.id).published_at == clock.now
    task = queries.tasks_of([held.id])[0]
    actions.finish_task(council.member("p1"), council.community_id, task.id, "已张贴在各楼门厅")
    assert queries.tasks(council.community_id, done=True)[0].done_note == "已张贴在各楼门厅"
