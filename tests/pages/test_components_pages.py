"""Single parts, asked for with the values at which they change."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from selectolax.lexbor import LexborHTMLParser
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, IntegerField, SelectMultipleField, StringField, widgets
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Optional

Part = Callable[..., LexborHTMLParser]


class LineForm(Form):
    name = StringField("评什么", [DataRequired("写上评什么")])
    points = IntegerField("分值", [InputRequired("写上分值，例如35")])


class SampleForm(Form):
    title = StringField("标题", [DataRequired("写上标题")])
    lines = FieldList(FormField(LineForm), min_entries=2)
    note = StringField("备注", [Optional()])
    parties = SelectMultipleField(
        "通知哪几方",
        [InputRequired("至少选一方")],
        choices=[SelectChoice("owners", "业委会"), SelectChoice("property", "物业")],
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )


@pytest.fixture
def part(app: Flask) -> Part:
    """One macro's html: `part("measure", "measure", …)`."""

    def make(file: str, macro: str, *values: Any, **named: Any) -> LexborHTMLParser:
        with app.test_request_context("/"):
            template = app.jinja_env.get_template(f"components/{file}.html")
            return LexborHTMLParser(str(getattr(template.module, macro)(*values, **named)))

    return make


def sent(**typed: str) -> SampleForm:
    form = SampleForm(MultiDict(typed))
    form.validate()
    return form


def test_mistakes_in_rows_of_a_table_are_led_to_one_by_one(part: Part) -> None:
    html = part("errors", "errors", sent(**{"lines-0-name": "方案", "lines-0-points": "三十", "lines-1-points": "5"}))
    links = [(link.attributes["href"], link.text()) for link in html.css("a")]
    assert ("#title", "写上标题") in links
    assert ("#lines-0-points", links[1][1]) in links
    assert ("#lines-1-name", "写上评什么") in links
    assert ("#parties-0", "至少选一方") in links
    assert html.css_first("h2").text() == "有4处要改，您写的都还在"


def test_a_form_in_order_shows_no_errors(part: Part) -> None:
    assert part("errors", "errors", SampleForm()).css(".errors") == []
    assert part("errors", "errors", None, ["", ""]).css(".errors") == []


def test_a_form_whose_words_cannot_be_shown_again_does_not_promise_it(part: Part) -> None:
    html = part("errors", "errors", None, ["登录名或密码不对。"], kept=False)
    assert html.css_first("h2").text() == "有1处要改"
    assert html.css_first(".errors").attributes["tabindex"] == "-1"


def test_a_field_that_may_stay_empty_says_so(part: Part) -> None:
    form = SampleForm()
    assert "（可以不填）" in part("field", "field", form.note).text()
    assert "（可以不填）" not in part("field", "field", form.title).text()


def test_checkboxes_are_one_group_with_its_error(part: Part) -> None:
    html = part("field", "field", sent(parties="property").parties)
    boxes = {box.attributes["value"]: "checked" in box.attributes for box in html.css("input[type=checkbox]")}
    assert boxes == {"owners": False, "property": True}
    group = part("field", "field", sent().parties).css_first("fieldset")
    assert group.attributes["aria-describedby"] == "parties-error"


@pytest.mark.parametrize(
    ("reached", "final", "kind", "words"),
    [
        (165, False, "short", "还差1人"),
        (166, False, "enough", "达到"),
        (166, True, "enough", "达到"),
        (165, True, "missed", "没达到，差1人"),
        (0, False, "short", "还差166人"),
    ],
)
def test_a_threshold_is_reached_at_its_exact_number(
    part: Part, reached: int, final: bool, kind: str, words: str
) -> None:
    html = part("measure", "measure", "参加的业主", reached, 249, 166, final=final)
    assert html.css_first(f".{kind}").text() == words
    assert len(html.css(".short, .enough, .missed")) == 1


def test_pieces_of_a_bar_fill_it_and_leave_out_what_is_nothing(part: Part) -> None:
    html = part("bar", "slim", [("fill", 3), ("fill-con", 0), ("fill-mute", 1)], "赞成3条，补充1条")
    pieces = [(one.attributes["class"], one.attributes["x"], one.attributes["width"]) for one in html.css("rect")]
    assert pieces == [("fill", "0%", "74.500%"), ("fill-mute", "75.000%", "25.000%")]


@pytest.mark.parametrize(("today", "past"), [(0, 0), (1, 1), (13, 13), (16, 16), (20, 16)])
def test_the_days_of_a_term_fill_up(part: Part, today: int, past: int) -> None:
    html = part("days", "days", 16, today)
    assert (len(html.css("rect")), len(html.css("rect.past"))) == (16, past)


def test_what_somebody_typed_is_shown_as_words(part: Part) -> None:
    nasty = '<script>alert(1)</script>" onload="x'
    for html in (
        part("comment", "comment", nasty, [nasty]),
        part("rows", "rows", [{"title": nasty, "url": "/x", "meta": nasty}]),
        part("tag", "tag", nasty),
        part("refusal", "refusal", nasty, nasty),
        part("todo", "todo", [{"title": nasty, "url": "/x", "button": nasty, "why": nasty, "by": None}]),
        part("heading", "heading", nasty, nasty),
        part("search", "search", "/x", nasty),
    ):
        assert html.css("script") == []
        assert "alert(1)" in (html.html or "")
        assert not [node for node in html.css("*") if "onload" in node.attributes]


def test_one_filled_button_stands_in_a_list_of_things_to_do(part: Part) -> None:
    items = [{"title": f"第{number}件", "url": "/x", "button": "去办", "why": "", "by": None} for number in range(3)]
    assert len(part("todo", "todo", items).css(".btn-primary")) == 1
    assert part("todo", "todo", items, first_primary=False).css(".btn-primary") == []


def test_only_the_readers_own_turn_is_amber(part: Part) -> None:
    mine = part("who", "who", "投票", mine=True, href="/x", word="去投票")
    theirs = part("who", "who", "物业公司答复", href="/x", word="看这个问题")
    assert (len(mine.css(".who-me")), len(mine.css(".btn-primary"))) == (1, 1)
    assert (len(theirs.css(".who-me")), len(theirs.css(".btn-primary"))) == (0, 0)


def test_a_seal_that_is_still_to_come_looks_otherwise(part: Part) -> None:
    assert part("seal", "seal", "已签").css(".seal-wait") == []
    assert len(part("seal", "seal", "待签", pending=True).css(".seal-wait")) == 1
