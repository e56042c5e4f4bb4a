"""256 dwellings in six buildings, as the committee's spreadsheet would list them; every name is invented."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from app.core.values import Refusal
from app.register.rules import Reading, find_headings, read_register

HEADINGS = ("楼栋", "单元", "房号", "建筑面积", "用途", "业主姓名", "份额", "手机", "居住人", "居住关系", "入住日期")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = "秀英建国桂兰志强淑珍海燕玉梅文军晓明丽华永红春梅德福小芳国庆美玲家伟雪琴宏伟凤霞子涵雨桐浩然思远若兰静怡伟民爱华金凤长青月娥"
BUILDINGS = ((1, 2, 4, 6), (2, 2, 4, 6), (3, 2, 3, 6), (4, 2, 3, 6), (5, 1, 4, 11), (6, 1, 4, 11))
# The dwelling, counted from the first, of her who proposes; an owner who lives in it.
AUTHOR, AUTHOR_NAME = 50, "陈玉兰"
AREAS = ("87.60", "92.15", "104.30", "76.48", "89.90", "118.72")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An owner who lives in the compound: name, telephone, building."""

    name: str
    phone: str
    building: int


def author(neighbours: Sequence[Neighbour]) -> Neighbour:
    """She who proposes in the story, and votes for a neighbour by proxy."""
    return next(one for one in neighbours if one.name == AUTHOR_NAME)


def compound(seed: int, today: date) -> tuple[Reading, list[Neighbour]]:
    """The register of a compound as it was read from its spreadsheet, and owners who live there, in its order."""
    random = Random(seed)
    neighbours: list[Neighbour] = []
    rows = [HEADINGS, *_rows(random, neighbours, today)]
    headings = find_headings(rows[:1])
    if isinstance(headings, Refusal):
        raise ValueError(headings.sentence)
    reading = read_register(rows, headings, today)
    if reading.findings:
        raise ValueError(f"the demo's register is wrong: {reading.findings[0]}")
    return reading, neighbours


def _rows(random: Random, neighbours: list[Neighbour], today: date) -> Iterator[tuple[str, ...]]:
    number = 0
    for building, units, flats, floors in BUILDINGS:
        for unit in range(1, units + 1):
            for floor in range(1, floors + 1):
                for flat in range(1, flats + 1):
                    number += 1
                    place = (f"{building}号楼", f"{unit}单元", f"{floor}0{flat}")
                    yield from _dwelling(random, neighbours, number, building, place, today)


def _dwelling(
    random: Random, neighbours: list[Neighbour], number: int, building: int, place: tuple[str, str, str], today: date
) -> Iterator[tuple[str, ...]]:
    facts = (*place, AREAS[building - 1], "住宅")
    since = date(today.year - random.randint(2, 20), random.randint(1, 12), random.randint(1, 28)).isoformat()
    if building == 6 and number % 11 == 0:
        yield (*facts, "开发商", "1", "", "", "", "")
        return
    name, phone = _name(random), f"139{number:08d}"
    if number == AUTHOR:
        name = AUTHOR_NAME
    if number % 7 == 0:
        partner = _name(random)
        yield (*facts, name, "1/2", phone, name, "业主", since)
        yield (*facts, partner, "1/2", f"138{number:08d}", partner, "业主", since)
    elif number % 6 == 0:
        tenant = _name(random)
        yield (*facts, name, "1", phone, tenant, "租户", since)
    else:
        yield (*facts, name, "1", phone, name, "业主", since)
        neighbours.append(Neighbour(name, phone, building))


def _name(random: Random) -> str:
    pairs = [GIVEN[i : i + 2] for i in range(0, len(GIVEN), 2)]
    return random.choice(SURNAMES) + random.choice(pairs)
