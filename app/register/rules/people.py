"""Who is meant: names as they are written, companies, the developer, and when two rows mean the same person."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.core.values import Refusal
from app.core.words import N_
from app.register.rules.cells import read_phone, read_share
from app.register.rules.text import clean, given, short

DEVELOPER_HEAD = "developer"
LONGEST_NAME = 60
_HAN_NAME = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f·]{1,30}")
_BETWEEN = re.compile(r"(?:[、,;\n]|(?<![0-9])/|/(?![0-9]))(?![^()]*\))")
_SHARE_BEHIND = re.compile(r"(.*?)\s*[(:]?\s*([0-9]+\s*[/⁄]\s*[0-9]+|[0-9]+(?:\.[0-9]+)?\s*%|[01]?\.[0-9]+)\s*\)?")
_DEVELOPER = re.compile("开发商|开发企业|建设单位|未售|未销售|未交付|待售")
_NOTE = re.compile(r"\s*\([^()]*\)")
_ORGANISATION = re.compile(
    "公司|有限|集团|银行|中心|合作社|委员会|居委会|村委会|政府|街道办|学校|医院|协会|基金会|局$|厂$|社$|院$|部$"
)
# fmt: off
_DOUBLE_SURNAMES = frozenset({
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容",
    "令狐", "夏侯", "端木", "司徒", "司空", "南宫", "长孙", "宇文", "轩辕",
    "独孤", "呼延", "百里", "东郭", "闻人", "赫连", "钟离", "公冶", "申屠",
    "太史", "仲孙", "鲜于", "澹台", "濮阳", "淳于", "单于", "拓跋",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Named:
    """One person out of an owner's cell: the name, whether it is the developer, and a share written beside it."""

    name: str
    developer: bool = False
    share: str = ""


def read_owners(text: str) -> tuple[Named, ...] | Refusal:
    """The owners of one cell: `王芳`, `王芳、李强`, `王芳 1/2、李强 1/2`, `某某置业有限公司（开发商，未售）`."""
    bare = given(clean(text))
    if len(bare) < 5 and _HAN_NAME.fullmatch(bare) and not _DEVELOPER.search(bare):
        return (Named(bare),)
    parts = [part.strip() for part in _BETWEEN.split(bare) if part.strip()]
    found: list[Named] = []
    for part in parts:
        if _DEVELOPER.search(part):
            company = _NOTE.sub("", part).strip()
            found.append(Named("开发商" if not company or _DEVELOPER.fullmatch(company) else company, developer=True))
            continue
        match = _SHARE_BEHIND.fullmatch(part)
        name = read_name(match[1] if match else part)
        if isinstance(name, Refusal):
            return name
        found.append(Named(name, share=match[2] if match else ""))
    return tuple(found)


def read_names(text: str) -> tuple[str, ...] | Refusal:
    """The residents of one cell: `王芳` or `王芳、李强`."""
    found: list[str] = []
    for part in _BETWEEN.split(given(clean(text))):
        if not part.strip():
            continue
        name = read_name(part)
        if isinstance(name, Refusal):
            return name
        found.append(name)
    return tuple(found)


def read_name(text: str) -> str | Refusal:
    """One name in one form: `王　芳` is 王芳, `•` is `·`; two names run together and pictures are refused."""
    name = re.sub("[•・‧]", "·", clean(text))
    if _HAN_NAME.fullmatch(name):
        return name
    if not name or not any(unicodedata.category(char)[0] == "L" for char in name) or len(name) > LONGEST_NAME:
        return Refusal(N_("“%(text)s”不像姓名。请写产权证上的姓名或单位名称。"), {"text": short(name)})
    strange = [char for char in name if not _belongs_in_names(char)]
    if strange:
        return Refusal(
            N_("姓名“%(text)s”里有表情或别的电脑显示不出的字符。请改成产权证上的写法。"), {"text": short(name)}
        )
    pieces = name.split(" ")
    if len(pieces) == 1 or not all(_HAN_NAME.fullmatch(piece) for piece in pieces):
        return name
    one = (
        _ORGANISATION.search(name) or min(map(len, pieces)) == 1 or (len(pieces) == 2 and pieces[0] in _DOUBLE_SURNAMES)
    )
    if one:
        return "".join(pieces)
    return Refusal(N_("“%(text)s”中间有空格，看不出是几个人。几个人请用顿号“、”分开。"), {"text": short(name)})


def _belongs_in_names(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM" or char in " .·'’-()&" or char.isdigit()


def read_shares(text: str, owners: Sequence[Named]) -> tuple[Fraction | None, ...] | Refusal:
    """One share for each owner of a cell, from the share column or from behind the names; None where none is written."""
    bare = given(clean(text))
    if bare in ("", "共同共有", "共有", "按份共有"):
        texts = [owner.share for owner in owners]
    else:
        texts = [part for part in re.split(r"[、,;\n]", bare) if part.strip()]
        if len(texts) != len(owners):
            return Refusal(
                N_("这一格有%(shares)s个份额，业主却有%(owners)s位。请一位业主写一个份额。"),
                {"shares": len(texts), "owners": len(owners)},
            )
    shares: list[Fraction | None] = []
    for part in texts:
        share = read_share(part) if part else None
        if isinstance(share, Refusal):
            return share
        shares.append(share)
    return tuple(shares)


def read_phones(text: str, people: int) -> tuple[str, ...] | Refusal:
    """One telephone number for each person of a cell; one number alone belongs to a single person."""
    bare = given(clean(text))
    parts = [part for part in re.split(r"[、,;/\n]", bare) if part.strip()] if people > 1 else [bare]
    if not bare:
        return ("",) * people
    if len(parts) != people:
        return Refusal(
            N_("这一格有%(phones)s个电话，人却有%(people)s位。请一个人写一个电话，用顿号“、”分开。"),
            {"phones": len(parts), "people": people},
        )
    phones: list[str] = []
    for part in parts:
        phone = read_phone(part)
        if isinstance(phone, Refusal):
            return phone
        phones.append(phone)
    return tuple(phones)


def is_organisation(name: str) -> bool:
    """Whether a name belongs to a company or an office rather than to a person."""
    return len(name) > 4 and _ORGANISATION.search(name) is not None


def person_key(name: str, phone: str, dwelling: str) -> str:
    """A person is recognised by name and phone, an organisation by its full name.

    Who left no phone is known in their own dwelling only: two people may share a name.
    """
    if is_organisation(name):
        return f"{name}|"
    return f"{name}|{phone}" if phone else f"{name}|@{dwelling}"


def head_key(people: Iterable[str], developer: bool) -> str:
    """A head is the exact set of a unit's owners; all units of the developer are one head together.

    区分所有权解释 9: one buyer of several parts is one head; what is unsold or sold but not handed over is one head.
    """
    return DEVELOPER_HEAD if developer else "+".join(sorted(set(people)))
