"""Every article that a reader may meet is written out in Chinese and in English, with nothing left in the other script."""

import re
from pathlib import Path

import pytest

from app.core.formats import article
from app.core.law import law_rows

HOUSE = Path(__file__).parents[2]
APP, PAGES = HOUSE / "app", HOUSE / "templates"
SOURCES = r"(?:\d+号令|民法典|政府采购法|区分所有权解释|指导规则|公示规则|四方联席会议|GB )"
IN_CODE = re.compile(rf'(?:article=|ARTICLE = |TERMS = |RULE = )(?:N_\()?"([^"]*)"|, (?:N_\()?"({SOURCES}[^"]*)"')
IN_TEMPLATES = re.compile(r'"([^"]*)"\|article')
HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


@pytest.mark.parametrize(
    ("source", "chinese", "english"),
    [
        ("民法典 278", "民法典第278条", "Civil Code art. 278"),
        ("区分所有权解释 8、9", "区分所有权解释第8、9条", "Interpretation on Building Ownership arts. 8, 9"),
        ("政府采购法 36；87号令 43", "政府采购法第36条；87号令第43条", "Procurement Law art. 36; Order 87 art. 43"),
        ("指导规则 22", "指导规则第22条", "Guidelines on Owners’ Assemblies art. 22"),
        ("财库〔2019〕38号", "财库〔2019〕38号", "Notice Caiku (2019) no. 38"),
        ("GB 32100-2015", "GB 32100-2015", "GB 32100-2015"),
        ("", "", ""),
    ],
)
def test_an_article_is_written_out(source: str, chinese: str, english: str) -> None:
    assert article(source) == chinese
    assert article(source, "en") == english


def test_what_a_community_wrote_itself_keeps_its_name() -> None:
    assert article("《梧桐里议事规则》第十二条", "en") == "《梧桐里议事规则》第十二条"


def test_every_row_of_law_can_be_cited_in_english() -> None:
    rows = law_rows()
    assert len(rows) > 80
    assert sorted({row.article for row in rows if HAN.search(article(row.article, "en"))}) == []


def test_every_article_in_the_code_can_be_cited_in_english() -> None:
    found = {"".join(one) for path in APP.rglob("*.py") for one in IN_CODE.findall(path.read_text("utf-8"))}
    found |= {one for path in PAGES.rglob("*.html") for one in IN_TEMPLATES.findall(path.read_text("utf-8"))}
    assert {"87号令 33", "民法典 278", "GB 32100-2015", "本次表决的规则", "权限表", "94号令 10、13、17"} <= found
    assert sorted(one for one in found if HAN.search(article(one, "en"))) == []
