"""`flask demo`: fill an empty database with a year, and say how to sign in."""

import time
from typing import TYPE_CHECKING

import click

from app.communities.queries import communities
from app.core.cli import json_option, refuse, reply, say

if TYPE_CHECKING:
    from app.demo.stage import Stage

WHO = {
    "陈女士": "居民、业主：有一票可投", "赵敏": "服务台：有纸质票要录入", "林秘书": "秘书", "王书记": "召集人、党支部书记：正在开会",
    "何主任": "居委会主任", "李委员": "业委会主任、账本见证人", "郑经理": "物业项目经理", "和风": "社会组织：有采购可投标",
    "同心": "社会组织：已投标", "邻里": "社会组织", "顾专家": "评审专家：有标书要评", "管理员": "管理员",
}  # fmt: skip
"""Who can be played, in the order in which it is worth a look, and what there is to do."""


@click.command("demo")
@click.option("--scale", type=click.IntRange(1, 1000), default=1, help="How many communities.")
@json_option
def demo(scale: int, as_json: bool) -> None:
    """Fill an empty database with a year of one community, told through actions."""
    from app.demo.year import tell_year  # noqa: PLC0415  a server answers sooner without it

    if communities(limit=1):
        refuse("The database is not empty; the demo begins in an empty one.")
    began = time.monotonic()
    stages = [tell_year(number) for number in range(scale)]
    say(f"{scale} × one year in {time.monotonic() - began:.0f} s")
    reply({"communities": [_told(stage) for stage in stages]}, as_json, _words(stages[0]))


def _told(stage: "Stage") -> dict[str, object]:
    logins = [{"who": who, "login": login, "password": word} for who, (login, word) in stage.logins.items()]
    return {"slug": stage.slug, "sign_ins": logins}


def _words(stage: "Stage") -> str:
    told = [(who, *stage.logins[who]) for who in WHO]
    lines = [f"{login:<10} {password}  {who}（{WHO[who]}）" for who, login, password in told]
    return "\n".join([f"/c/{stage.slug}/", "", *lines])
