"""What may be neither required nor scored: the size of a supplier, and where it comes from."""

import re
import unicodedata
from dataclasses import dataclass

from app.core.words import N_
from app.procurement.rules.basis import Basis, Finding, finding
from app.procurement.rules.terms import Criterion

_HONOUR = re.compile("荣誉|奖项|获奖|表彰|称号|评优")
_LEVEL = re.compile(r"(?<![社城园小校])(?:省|市|区|县|镇|乡|街道)级|(?:本|我)(?:省|市|区|县|镇|街道)")
_BEFORE_NOT = re.compile(r"(?:不看|不评|不设|不要求|不考虑|不限|不论|不得|不以|不因|无需)[^，。；,;]{0,20}$")


@dataclass(frozen=True, slots=True)
class Forbidden:
    """One thing that may be neither required nor scored: its rule, its row of law, its words and a sentence."""

    rule: str
    key: str
    words: re.Pattern[str]
    sentence: str


_ALL: tuple[Forbidden, ...] = (
    Forbidden(
        "registered-capital", "forbidden.size", re.compile("注册资本|注册资金|实缴资本|开办资金"),
        N_("“%(words)s”讲的是注册资本，不能作为条件，也不能评分。"),
    ),
    Forbidden(
        "assets", "forbidden.size", re.compile("资产总额|总资产|净资产|资产规模"),
        N_("“%(words)s”讲的是资产，不能作为条件，也不能评分。"),
    ),
    Forbidden(
        "turnover", "forbidden.size", re.compile("营业收入|营业额|销售额|业务收入|经营规模"),
        N_("“%(words)s”讲的是营业收入，不能作为条件，也不能评分。"),
    ),
    Forbidden(
        "staff-number", "forbidden.size", re.compile("从业人员|(?:员工|职工|在职人员|全职人员)(?:总)?(?:人)?数|员工规模|人员规模"),
        N_("“%(words)s”讲的是单位有多少人，不能作为条件，也不能评分。"),
    ),
    Forbidden(
        "profit", "forbidden.size", re.compile("利润|(?<!非)盈利"),
        N_("“%(words)s”讲的是利润，不能作为条件，也不能评分。"),
    ),
    Forbidden(
        "tax-paid", "forbidden.size", re.compile("纳税额|纳税总额|税收贡献|纳税大户|缴税额"),
        N_("“%(words)s”讲的是纳税多少，不能作为条件，也不能评分。"),
    ),
    Forbidden(
        "local-presence", "forbidden.region",
        re.compile(
            "注册地|本地(?:企业|机构|单位|供应商|组织|注册|化)|(?:本|我)(?:省|市|区|县|镇|街道)(?:内)?(?:注册|登记|企业|机构|单位|供应商|组织)|"
            "分支机构|分公司|子公司|办事处|常驻机构"
        ),
        N_("“%(words)s”讲的是是不是本地机构，不能作为条件，也不能评分。"),
    ),
    Forbidden(
        "office-area", "forbidden.region", re.compile("(?:办公|经营|营业)(?:用房|场所|场地)?面积"),
        N_("“%(words)s”讲的是场所有多大，不能作为条件，也不能评分。"),
    ),
    Forbidden(
        "regional-record", "forbidden.region",
        re.compile("(?:本|我)(?:省|市|区|县|镇|街道)(?:内)?(?:的)?(?:同类)?(?:业绩|项目经验|服务经验|合同)"),
        N_("“%(words)s”只认一个地方的业绩，不能作为条件，也不能评分。"),
    ),
)  # fmt: skip


def plain(text: str) -> str:
    """A text as the eye reads it: full width made plain, blanks and unseen signs gone."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf")


def forbidden_findings(text: str, where: str, basis: Basis) -> list[Finding]:
    """What one condition or factor asks that 87号令 17, 条例 20 and 财库〔2019〕38号 forbid."""
    said = plain(text)
    found: list[Finding] = []
    for thing in _ALL:
        words = _asserted(thing.words, said)
        if words:
            found.append(finding(thing.rule, basis.row(thing.key), where, thing.sentence, words="、".join(words)))
    return found


def regional_honours(texts: tuple[str, ...], where: str, basis: Basis) -> list[Finding]:
    """Honours of a province, city, district or street give no points: they shut out who works elsewhere (条例 20)."""
    said = [plain(text) for text in texts]
    if not any(_HONOUR.search(text) for text in said):
        return []
    levels = list(dict.fromkeys(word for text in said for word in _asserted(_LEVEL, text)))
    if not levels:
        return []
    sentence = N_("%(words)s的荣誉只有在那个地方做事的机构才拿得到，不能作为条件，也不能评分。")
    row = basis.row("forbidden.region")
    return [finding("regional-honours", row, f"{where}（{'、'.join(levels)}）", sentence, words="、".join(levels))]


def criterion_findings(criterion: Criterion, where: str, basis: Basis) -> list[Finding]:
    """What a factor scores that may not be scored."""
    found: list[Finding] = []
    for text in criterion.texts:
        found.extend(hit for hit in forbidden_findings(text, where, basis) if hit not in found)
    return [*found, *regional_honours(criterion.texts, where, basis)]


def _asserted(pattern: re.Pattern[str], text: str) -> list[str]:
    """The words that a text asks for, without those that it says are not asked for."""
    hits = (match for match in pattern.finditer(text) if not _BEFORE_NOT.search(text[: match.start()]))
    return list(dict.fromkeys(match.group() for match in hits))
