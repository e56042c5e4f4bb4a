"""Articles are written so that who does not know the short form reads them too."""

import pytest

from app.core import formats
from app.core.law import law_rows


@pytest.mark.parametrize(
    ("source", "chinese", "english"),
    [
        ("民法典 278", "民法典第278条", "Civil Code art. 278"),
        ("87号令 43、44", "87号令第43、44条", "Order 87 art. 43, 44"),
        ("214号 10", "214号第10条", "Notice 214 art. 10"),
        ("政府采购法 36；87号令 43", "政府采购法第36条；87号令第43条", "Procurement Law art. 36; Order 87 art. 43"),
        (
            "政府采购法实施条例 20；财库〔2019〕38号",
            "政府采购法实施条例第20条；财库〔2019〕38号",
            "Procurement Regulation art. 20; Notice Caiku (2019) no. 38",
        ),
        ("四方联席会议", "四方联席会议", "rules of the joint meeting"),
        ("Civil Code art. 278", "Civil Code art. 278", "Civil Code art. 278"),
        ("梧桐里管理规约 第9条", "梧桐里管理规约 第9条", "梧桐里管理规约 第9条"),
        ("", "", ""),
    ],
)
def test_an_article_is_written_out(source: str, chinese: str, english: str) -> None:
    assert formats.article(source) == chinese
    assert formats.article(source, "en") == english


@pytest.mark.parametrize("source", sorted({row.article for row in law_rows()}))
def test_every_source_that_the_house_ships_can_be_read_in_english(source: str) -> None:
    left = [sign for sign in formats.article(source, "en") if "\u4e00" <= sign <= "\u9fff"]
    assert not left, f"{source} keeps {left}"
