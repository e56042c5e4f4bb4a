"""Which column says what: a committee's headings in any order and in the words that committees use."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.values import Refusal
from app.core.words import N_
from app.register.rules.text import cell_text

BUILDING, UNIT, ROOM, AREA, USE, BASIS = "building", "unit", "room", "area", "use", "basis"
OWNER, SHARE, PHONE = "owner", "share", "phone"
RESIDENT, RELATION, SINCE, RESIDENT_PHONE = "resident", "relation", "since", "resident_phone"

TITLES: dict[str, str] = {
    BUILDING: N_("楼栋"),
    UNIT: N_("单元"),
    ROOM: N_("房号"),
    AREA: N_("建筑面积"),
    USE: N_("用途"),
    OWNER: N_("业主姓名"),
    SHARE: N_("份额"),
    PHONE: N_("手机"),
    RESIDENT: N_("居住人"),
    RELATION: N_("居住关系"),
    SINCE: N_("入住日期"),
    RESIDENT_PHONE: N_("居住人手机"),
    BASIS: N_("面积依据"),
}
REQUIRED = (BUILDING, ROOM, AREA, OWNER, PHONE)
SEARCHED_ROWS = 30
ENOUGH = 3

_NAMES: dict[str, str] = {
    BUILDING: "楼栋 楼号 楼栋号 栋号 幢号 楼幢 楼宇 楼 栋 幢 座 座号",
    UNIT: "单元 单元号 门栋",
    ROOM: "房号 房间号 室号 门牌号 户号 房屋号 房间 室 房屋编号",
    AREA: "建筑面积 面积 房屋面积 产权面积 建面 专有面积 专有部分面积 房屋建筑面积",
    USE: "用途 房屋用途 规划用途 房屋性质 性质 房屋类型",
    BASIS: "面积依据 面积来源",
    OWNER: "业主姓名 业主 业主名称 产权人 产权人姓名 所有权人 权利人 权利人姓名 房主",
    SHARE: "份额 产权份额 共有份额 所占份额 占比 产权比例 业主份额",
    PHONE: "手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 业主手机 业主电话 业主手机号 业主联系电话",
    RESIDENT: "居住人 居住人姓名 住户 住户姓名 实际居住人 入住人 使用人 实际使用人",
    RELATION: "居住关系 与业主关系 居住人关系 关系",
    SINCE: "入住日期 入住时间 居住日期 迁入日期 入住",
    RESIDENT_PHONE: "居住人手机 居住人电话 住户手机 住户电话 居住人手机号 居住人联系电话 住户联系电话 租户电话",
}
_KEY_OF = {name: key for key, names in _NAMES.items() for name in names.split()}
_FILLER = re.compile(r"[\s*:_\[\]【】]|\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings stand: their row (1 is the first), the column (0 is A) of each, and columns left unread."""

    row: int
    columns: dict[str, int]
    unread: tuple[str, ...] = ()

    def cell(self, key: str, row: int) -> str:
        """A cell's name as the spreadsheet shows it: `D1447`."""
        return f"{letters(self.columns[key])}{row}" if key in self.columns else ""


def letters(column: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def find_headings(rows: Sequence[Sequence[object]]) -> Headings | Refusal:
    """The row of headings among the first 30 rows, or the sentence that says which headings are missing."""
    best, most = -1, 0
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        known = len({_KEY_OF[name] for name in map(_plain, row) if name in _KEY_OF})
        if known > most:
            best, most = index, known
    if most < ENOUGH:
        return Refusal(
            N_(
                "前%(rows)s行里没有找到表头。请在一行里写：楼栋 单元 房号 建筑面积 用途 业主姓名 份额 手机 居住人 居住关系 入住日期。"
            ),
            {"rows": min(len(rows), SEARCHED_ROWS)},
        )
    return _mapped(rows[best], rows[best - 1] if best else (), best + 1)


def is_headings_again(room: str) -> bool:
    """Whether a row's room is the heading again, as in lists printed over several pages."""
    return _KEY_OF.get(room) == ROOM


def _plain(value: object) -> str:
    return _FILLER.sub("", cell_text(value))


def _mapped(row: Sequence[object], above: Sequence[object], number: int) -> Headings | Refusal:
    columns: dict[str, int] = {}
    unread: list[str] = []
    groups = [_plain(value) for value in above]
    if sum(1 for name in groups if name) < 2:
        groups = []
    group = ""
    for column, value in enumerate(row):
        group = (groups[column] if column < len(groups) else "") or group
        name = _plain(value)
        key = _meant(name, group, columns)
        if key is None:
            unread.extend([cell_text(value)] if name else [])
        elif key in columns:
            return Refusal(
                N_("第%(row)s行的表头里，%(first)s列和%(second)s列都是“%(title)s”。请只留一列，或把其中一列改名。"),
                {
                    "row": number,
                    "first": letters(columns[key]),
                    "second": letters(column),
                    "title": Refusal(TITLES[key]),
                },
            )
        else:
            columns[key] = column
    missing = [TITLES[key] for key in REQUIRED if key not in columns]
    if RELATION in columns and RESIDENT not in columns:
        missing.append(TITLES[RESIDENT])
    if RESIDENT in columns and RELATION not in columns:
        missing.append(TITLES[RELATION])
    if missing:
        return Refusal(
            N_("第%(row)s行的表头缺少：%(missing)s。请补上这几列，或把表头改成这样的写法。"),
            {"row": number, "missing": "、".join(missing)},
        )
    return Headings(number, columns, tuple(unread))


def _meant(name: str, group: str, taken: dict[str, int]) -> str | None:
    lived_in = any(word in group for word in ("住户", "居住", "使用人", "租户"))
    if name == "姓名":
        return RESIDENT if lived_in else OWNER
    key = _KEY_OF.get(name)
    if key == PHONE and (lived_in or (PHONE in taken and RESIDENT in taken)) and not name.startswith("业主"):
        return RESIDENT_PHONE
    return key
