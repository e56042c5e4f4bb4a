"""What each column may hold: a cell's text becomes a value or the reason why it cannot."""

import re
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from app.core.values import Refusal
from app.core.words import N_
from app.register.rules.text import clean, digits_of_han, given, short
from app.register.rules.values import (
    BUSINESS,
    CONTRACTED,
    GUEST,
    OTHER,
    PARKING,
    REGISTERED,
    RELATIVE,
    RESIDENTIAL,
    SELF,
    STATED,
    SURVEYED,
    TENANT,
)

LARGEST_AREA = 10**9
LARGEST_DENOMINATOR = 10**6
EARLIEST = date(1900, 1, 1)
YEARS_AHEAD = 3
_AREA_UNIT = re.compile(r"\s*(?:m2|M2|平方米|平方公尺|平方|平米|平)$")
_AREA = re.compile(r"([0-9]{1,10})(?:\.([0-9]+))?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_FRACTION = re.compile(r"([0-9]{1,7})\s*[/⁄∕]\s*([0-9]{1,7})")
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,6}))?\s*%")
_DECIMAL = re.compile(r"([0-9])(?:\.([0-9]{1,6}))?")
_DAY = re.compile(r"([0-9]{4})\s*[-./年]\s*([0-9]{1,2})\s*[-./月]\s*([0-9]{1,2})\s*(?:日|号)?(?:\s+[0-9:.]+)?")
_COMPACT_DAY = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_SERIAL = re.compile(r"[0-9]{5}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{9,11}|[2-9][0-9]{6,7}|[48]00[0-9]{7}")
_PLACE_END = re.compile(r"(?:号楼|栋楼|楼栋|栋|幢|座|号|楼|#|单元|门)+$")
_PLACE = re.compile(r"[0-9A-Z\u3400-\u4dbf\u4e00-\u9fff-]{1,20}")
_ROOM_END = re.compile(r"(?:号房|室|号|房)$")
_ROOM = re.compile(r"[0-9A-Z\u3400-\u4dbf\u4e00-\u9fff.#-]{1,20}")

_SELF = frozenset({"业主本人", "本人", "业主", "自住", "户主", "产权人", "所有权人"})
_RELATIVES = re.compile(
    "亲属|家属|家人|亲戚|配偶|夫妻|妻|丈夫|爱人|父|母|子|女|儿|孙|兄|弟|姐|妹|祖|爷|奶|外公|外婆|媳|婿|公婆|岳"
)
_TENANTS = re.compile("租")
_GUESTS = re.compile("借住|朋友|同事|员工|职工|保姆|护工|看护|其他|使用人|同住")
VACANT = frozenset({"空置", "空", "无人", "无人居住", "未入住", "没人住", "闲置", "空房", "未装修", "装修中"})


@lru_cache(maxsize=4096)
def read_area(text: str) -> int | Refusal:
    """A floor area in 0.01 m², exactly: `89.5`, `８９．５５`, `104.16㎡`; more than two decimals are refused."""
    bare = _AREA_UNIT.sub("", clean(text).replace("²", "2"))
    if not bare:
        return Refusal(N_("没有写建筑面积。请写平方米数，例如89.55。"))
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    if bare[0] in "-−–" and _AREA.fullmatch(bare[1:].strip()):
        return Refusal(N_("建筑面积“%(text)s”是负数。请写大于0的平方米数。"), {"text": short(text)})
    match = _AREA.fullmatch(bare)
    if match is None:
        return Refusal(N_("建筑面积“%(text)s”不是数字。请写平方米数，例如89.55。"), {"text": short(text)})
    decimals = (match[2] or "").rstrip("0")
    if len(decimals) > 2:
        return Refusal(N_("建筑面积“%(text)s”的小数超过两位。请按产权证写到0.01平方米。"), {"text": short(text)})
    area = int(match[1]) * 100 + int(decimals.ljust(2, "0"))
    if area == 0:
        return Refusal(N_("建筑面积是0。请写大于0的平方米数。"))
    if area > LARGEST_AREA:
        return Refusal(N_("建筑面积“%(text)s”太大了。请核对是不是多写了几位。"), {"text": short(text)})
    return area


@lru_cache(maxsize=4096)
def read_share(text: str) -> Fraction | Refusal:
    """An integer fraction greater than nothing and at most one: `1/2`, `50%`, `0.5`, `100%`."""
    bare = clean(text).replace(" ", "")
    if (match := _FRACTION.fullmatch(bare)) and int(match[2]):
        share = Fraction(int(match[1]), int(match[2]))
    elif match := _PERCENT.fullmatch(bare):
        share = _decimal(match) / 100
    elif match := _DECIMAL.fullmatch(bare):
        share = _decimal(match)
    elif _DAY.fullmatch(bare):
        return Refusal(
            N_("份额被表格软件改成了日期“%(text)s”。请把这一列设为文本，再写1/2这样的份额。"), {"text": short(text)}
        )
    else:
        return Refusal(N_("份额“%(text)s”看不懂。请写1/2、50%%或0.5这样的份额。"), {"text": short(text)})
    if not 0 < share <= 1 or share.denominator > LARGEST_DENOMINATOR:
        return Refusal(N_("份额“%(text)s”应当大于0、不超过1。"), {"text": short(text)})
    return share


def _decimal(match: "re.Match[str]") -> Fraction:
    decimals = match[2] or ""
    return Fraction(int(match[1] + decimals), 10 ** len(decimals))


def read_phone(text: str) -> str | Refusal:
    """A telephone number as its digits, without +86, spaces and dashes; empty where none was given."""
    bare = given(clean(text))
    if not bare or _MOBILE.fullmatch(bare):
        return bare
    digits = re.sub(r"[\s()-]", "", bare)
    digits = re.sub(r"^(?:\+86|0086|86(?=1[3-9][0-9]{9}$))", "", digits)
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return digits
    return Refusal(
        N_("“%(text)s”不是电话号码。请写11位手机号，或带区号的固定电话；一格只写一个号码。"), {"text": short(bare)}
    )


@lru_cache(maxsize=16384)
def read_day(text: str, today: date) -> date | Refusal | None:
    """A day: `2015-07-13`, `2015.7.13`, `2015/7/13`, `2015年7月13日`, `20150713`, or a spreadsheet's day number."""
    bare = given(clean(text))
    if not bare:
        return None
    match = _DAY.fullmatch(bare) or _COMPACT_DAY.fullmatch(bare)
    try:
        if match is not None:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        elif _SERIAL.fullmatch(bare):
            day = date(1899, 12, 30) + timedelta(days=int(bare))
        else:
            return Refusal(N_("入住日期“%(text)s”看不懂。请写到哪年哪月哪日，例如2015-07-13。"), {"text": short(bare)})
    except ValueError:
        return Refusal(N_("没有“%(text)s”这一天。请核对年、月、日。"), {"text": short(bare)})
    if day < EARLIEST or day.year > today.year + YEARS_AHEAD:
        return Refusal(N_("入住日期“%(text)s”离现在太远了。请核对年份。"), {"text": short(bare)})
    return day


@lru_cache(maxsize=4096)
def read_building(text: str) -> str | Refusal:
    """A building's number or letter without its noun: `1栋`, `第1幢`, `１号楼`, `一栋` → `1`; `A座` → `A`."""
    place = _place(text)
    if not place:
        return Refusal(N_("没有写楼栋。请写1栋、2栋这样的楼栋。"))
    if not _PLACE.fullmatch(place):
        return Refusal(N_("楼栋“%(text)s”里有认不出的字符。请写1栋、2栋这样的楼栋。"), {"text": short(text)})
    return place


@lru_cache(maxsize=4096)
def read_unit(text: str) -> str | Refusal:
    """An entrance's number without its noun: `1单元` → `1`; empty where a building has none."""
    place = _place(given(text))
    if place and not _PLACE.fullmatch(place):
        return Refusal(
            N_("单元“%(text)s”里有认不出的字符。请写1、2这样的单元，没有单元就空着。"), {"text": short(text)}
        )
    return place


def _place(text: str) -> str:
    bare = clean(text).replace(" ", "").upper().removeprefix("第")
    bare = digits_of_han(_PLACE_END.sub("", bare) or bare)
    return (bare.lstrip("0") or "0") if bare.isdigit() else bare


@lru_cache(maxsize=16384)
def read_room(text: str) -> str | Refusal:
    """A room's number as the door shows it: `101`, `101室` → `101`."""
    room = _ROOM_END.sub("", clean(text).replace(" ", "").upper())
    if not _ROOM.fullmatch(room):
        return Refusal(N_("房号“%(text)s”里有认不出的字符。请写门上的房号，例如101。"), {"text": short(text)})
    return room


@lru_cache(maxsize=1024)
def read_use(text: str) -> str:
    """What a dwelling is for, in four kinds; nothing written means a dwelling."""
    bare = given(clean(text))
    if not bare or re.search("住|宅|公寓|别墅", bare):
        return RESIDENTIAL
    if re.search("车", bare):
        return PARKING
    return BUSINESS if re.search("商|店|铺|营业|办公|写字", bare) else OTHER


@lru_cache(maxsize=1024)
def read_basis(text: str) -> str:
    """What the floor area rests on; nothing written means that it is still to be checked."""
    bare = clean(text)
    if re.search("登记|产权证|不动产|房产证", bare):
        return REGISTERED
    if re.search("测绘|实测|测量", bare):
        return SURVEYED
    return CONTRACTED if "合同" in bare else STATED


@lru_cache(maxsize=1024)
def read_relation(text: str) -> str | Refusal:
    """How somebody who lives in a dwelling stands to its owner."""
    bare = given(clean(text).replace(" ", ""))
    if not bare:
        return Refusal(N_("写了居住人，没有写居住关系。请写业主本人、亲属、租户或其他。"))
    if bare in _SELF:
        return SELF
    if _TENANTS.search(bare):
        return TENANT
    if _GUESTS.search(bare):
        return GUEST
    if _RELATIVES.search(bare):
        return RELATIVE
    return Refusal(N_("居住关系“%(text)s”看不懂。请写业主本人、亲属、租户或其他。"), {"text": short(bare)})
