"""Every visible sentence is Chinese in the source and English in a catalogue."""

import pytest

from app.core.law import law_rows
from tests.conventions.languages import (
    bare_chinese,
    broken,
    catalogues,
    disagreeing,
    straight_quotes,
    templates,
    untranslated,
)
from tests.conventions.sources import Source, expect_none, python_of

TEMPLATES = templates()
SOURCES = [*python_of("app"), *TEMPLATES]
ENGLISH = catalogues()
CODE = [
    Source(
        "app/voting/routes.py", 'from app.core.i18n import _\ntitle = _("去投票")\nleft = _("还有%(days)s天", days=3)\n'
    ),
    Source("templates/voting/polls.html", '<h1>{{ _("表决") }}</h1><p lang="zh">中文</p>'),
]
PO = """
msgid "去投票"
msgstr "Vote"

msgid "还有%(days)s天"
msgstr "%(days)s days left"

msgid "表决"
msgstr "Polls"
"""


def po(text: str) -> list[Source]:
    """A catalogue with this text."""
    return [
        Source(
            "app/translations/en/LC_MESSAGES/voting.po",
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n' + text,
        )
    ]


def test_every_sentence_has_its_english() -> None:
    expect_none(untranslated(SOURCES, ENGLISH))


def test_every_catalogue_is_finished() -> None:
    expect_none(broken(SOURCES, ENGLISH))


def test_one_sentence_has_one_english() -> None:
    expect_none(disagreeing(ENGLISH))


def test_english_has_the_quotation_marks_of_print() -> None:
    expect_none(straight_quotes(ENGLISH))
    expect_none([row.key for row in law_rows() if "'" in "".join((row.title_en, *row.choices_en, *row.counted_en))])


def test_no_template_speaks_untranslated_chinese() -> None:
    expect_none(bare_chinese(TEMPLATES))


def test_a_finished_catalogue_gives_no_complaint() -> None:
    assert untranslated(CODE, po(PO)) + broken(CODE, po(PO)) + disagreeing(po(PO)) + bare_chinese(CODE[1:]) == []


@pytest.mark.parametrize(
    "text",
    [
        PO.replace('msgid "去投票"\nmsgstr "Vote"\n', ""),
        PO.replace('msgstr "Vote"', 'msgstr ""'),
        PO.replace('msgid "去投票"', '#, fuzzy\nmsgid "去投票"'),
    ],
    ids=["missing", "empty", "fuzzy"],
)
def test_a_sentence_without_english_is_found(text: str) -> None:
    assert untranslated(CODE, po(text)) == ["app/voting/routes.py:2: no English for “去投票”"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (PO.replace('msgstr "Vote"', 'msgstr ""'), "has no English"),
        (PO.replace('msgid "去投票"', '#, fuzzy\nmsgid "去投票"'), "is fuzzy"),
        (PO.replace("%(days)s days", "%(day)s days"), "other places"),
        (PO.replace("%(days)s days", "Some days"), "other places"),
        (PO + '\nmsgid "没有人读"\nmsgstr "Nobody reads"\n', "stands nowhere"),
        (PO.replace('msgid "去投票"', '#: app/voting/routes.py:12\nmsgid "去投票"'), "line numbers"),
        (PO + '\n#~ msgid "旧"\n#~ msgstr "Old"\n', "not used any more"),
    ],
)
def test_an_unfinished_catalogue_is_found(text: str, word: str) -> None:
    assert any(word in said for said in broken(CODE, po(text)))


def test_two_englishes_of_one_sentence_are_found() -> None:
    assert len(disagreeing([*po(PO), *po(PO.replace("Vote", "Ballot"))])) == 1


@pytest.mark.parametrize("mark", ["'", '\\"'])
def test_a_straight_quotation_mark_is_found(mark: str) -> None:
    assert len(straight_quotes(po(PO.replace("Vote", f"Owners{mark} vote")))) == 1
    assert straight_quotes(po(PO.replace("Vote", "Owners’ vote"))) == []


@pytest.mark.parametrize(
    "html",
    [
        "<h1>表决</h1>",
        '<a title="去投票">x</a>',
        '{{ tag("已通过") }}',
        '{% set words = "公示中" %}',
        '{{ _("%(a)s", a="电梯") }}',
    ],
)
def test_bare_chinese_in_a_template_is_found(html: str) -> None:
    assert len(bare_chinese([Source("templates/voting/polls.html", html)])) == 1


def test_chinese_in_a_comment_is_nobodys_business() -> None:
    html = "{# 首页 #}<!-- 首页 --><p>{{ _('首页') }}</p>"
    assert bare_chinese([Source("templates/home.html", html)]) == []
