"""The nine matters that all owners decide together, in plain words, with examples."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.words import N_

ARTICLE = N_("民法典 278")
SPECIAL = frozenset({6, 7, 8})
"""These want three quarters of those who take part; the rest more than half."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One of the nine: what it is about in plain words, what belongs to it, and how the law says it."""

    number: int
    plain: str
    examples: str
    legal: str


MATTERS: Mapping[int, Matter] = {
    one.number: one
    for one in (
        Matter(5, N_("动用维修资金"), N_("例如：修电梯、换消防管网、屋面防水"), N_("使用建筑物及其附属设施的维修资金")),
        Matter(
            4, N_("选物业、换物业"), N_("例如：选聘、续聘、解聘物业公司"), N_("选聘和解聘物业服务企业或者其他管理人")
        ),
        Matter(
            8,
            N_("改变公共地方的用途，或者用它经营"),
            N_("例如：电梯广告、快递柜收租、空地改车位、架空层改棚"),
            N_("改变共有部分的用途或者利用共有部分从事经营活动"),
        ),
        Matter(
            3,
            N_("选业委会、换委员"),
            N_("例如：业委会换届、补选、罢免委员"),
            N_("选举业主委员会或者更换业主委员会成员"),
        ),
        Matter(
            1, N_("定议事规则、改议事规则"), N_("例如：怎么开会、怎么投票、怎么公示"), N_("制定和修改业主大会议事规则")
        ),
        Matter(2, N_("定管理规约、改管理规约"), N_("例如：装修时间、养犬、停车秩序"), N_("制定和修改管理规约")),
        Matter(6, N_("再筹一笔维修资金"), N_("例如：维修资金不够了，每户补交"), N_("筹集建筑物及其附属设施的维修资金")),
        Matter(7, N_("改建、重建"), N_("例如：加装电梯、改建门厅、重建车棚"), N_("改建、重建建筑物及其附属设施")),
        Matter(
            9,
            N_("别的大事"),
            N_("例如：公共收益怎么分、停车怎么收费、和开发商打官司"),
            N_("有关共有和共同管理权利的其他重大事项"),
        ),
    )
}
"""What people ask for most comes first."""
