"""How the article of a rule is written beside a sentence: 民法典第278条, Civil Code art. 278."""

import re

_NUMBERS = re.compile(r"(?<=[^\d\s、；，])\s?(\d+(?:、\d+)*)(?=$|[；，、（）\s])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# The longer name first: one holds the other.
_ENGLISH = (
    ("民法典", "Civil Code"),
    ("政府采购法实施条例", "Procurement Regulation"),
    ("政府采购法", "Procurement Law"),
    ("北京市物业管理条例", "Beijing Property Management Regulation"),
    ("物业管理条例", "Property Management Regulation"),
    ("杭州物业条例", "Hangzhou Property Regulation"),
    ("居委会组织法", "Residents’ Committees Law"),
    ("区分所有权解释", "Interpretation on Building Ownership"),
    ("业主大会和业主委员会指导规则", "Guidelines on Owners’ Assemblies"),
    ("指导规则", "Guidelines on Owners’ Assemblies"),
    ("（待核）", " (to be checked)"),
    ("（待本社区确认）", " (to be confirmed here)"),
    ("（2025年修订，条文待核）", " (as amended in 2025, text to be checked)"),
    ("四议两公开", "four deliberations, two publications"),
    ("公示规则", "rules of posting"),
    ("四方联席会议", "rules of the joint meeting"),
    ("本社区议事规则", "this community’s rules"),
    ("平台评审规则", "evaluation rules of this site"),
    ("本次表决的规则", "rules of this vote"),
    ("权限表", "table of powers"),
)
_ORDERS = re.compile(r"(\d+)号令")
_NOTICES = re.compile(r"(?<![\d〕])(\d+)号(?!令)")
_DOCUMENTS = re.compile(r"财库〔(\d+)〕(\d+)号")
_CASES = re.compile(r"\((\d+)\)沪02民初(\d+)号")


def article(source: str, lang: str = "zh") -> str:
    """A source of law in the reader's words; what a community wrote itself stays as it is."""
    if not _HAN.search(source):
        return source
    if lang != "en":
        return _NUMBERS.sub(r"第\1条", source)
    text = _NUMBERS.sub(_numbered, source)
    text = _DOCUMENTS.sub(r"Notice Caiku (\1) no. \2", text)
    text = _CASES.sub(r"Shanghai Second Intermediate Court, case \2 of \1", text)
    text = _NOTICES.sub(r"Notice \1", _ORDERS.sub(r"Order \1", text))
    for chinese, english in _ENGLISH:
        text = text.replace(chinese, english)
    return text.replace("；", "; ").replace("，", ", ")


def _numbered(found: re.Match[str]) -> str:
    return f" {'arts.' if '、' in found[1] else 'art.'} {found[1].replace('、', ', ')}"
