"""The page client finds what it looks for: each fault is planted in a good page and must be named."""

import pytest

from tests.audit import complaints

GOOD = """<!doctype html>
<html lang="zh-CN"><head><title>议题</title><link rel="stylesheet" href="/static/site.css"></head><body>
<a href="#main">跳到正文</a>
<main id="main"><h1>加装电梯</h1><h2>理由</h2>
<form method="post" action="/sign-in"><input type="hidden" name="csrf_token" value="abc">
<label for="name">名字</label><input id="name" name="name" aria-describedby="hint"><p id="hint">照身份证写</p>
<label><input type="checkbox" name="yes"> 同意</label>
<button>提交</button></form>
<svg role="img" aria-label="两扇窗"><path d="M0 0"/></svg><script src="/static/site.js" defer></script>
</main></body></html>"""

PLANTED = {
    "two headings": ("<h2>理由</h2>", "<h1>理由</h1>", "2 h1"),
    "no heading": ("<h1>加装电梯</h1><h2>理由</h2>", "", "0 h1"),
    "a jump of headings": ("<h2>理由</h2>", "<h4>理由</h4>", "jumps from h1 to h4"),
    "an id twice": ('<p id="hint">', '<p id="name">', "“name” stands 2 times"),
    "no label": ('<label for="name">名字</label>', "", "has no label"),
    "an empty label": (">名字<", "><", "has no label"),
    "no token": ('<input type="hidden" name="csrf_token" value="abc">', "", "has no csrf_token"),
    "an empty token": ('value="abc"', 'value=""', "has no csrf_token"),
    "a token in the address": ('method="post"', 'method="get"', "shows its csrf_token"),
    "no button": ("<button>提交</button>", "", "without JavaScript"),
    "an unnamed button": ("<button>提交</button>", "<button></button>", "says nothing"),
    "inline script": ("</main>", "<script>alert(1)</script></main>", "inline script"),
    "inline style": ("</main>", "<style>p{}</style></main>", "inline style"),
    "a style attribute": ("<h2>", '<h2 style="color:red">', "style="),
    "an event attribute": ("<button>", '<button onclick="x()">', "onclick="),
    "a script address": ('href="#main"', 'href="javascript:x()"', "javascript:"),
    "a link to nowhere": ('href="#main"', 'href="#nowhere"', "no id “nowhere”"),
    "a description that is missing": ('aria-describedby="hint"', 'aria-describedby="gone"', "“gone” names no id"),
    "another language": ('lang="zh-CN"', 'lang="en"', "html lang is “en”"),
    "no language": (' lang="zh-CN"', "", "html lang is “None”"),
    "no title": ("<title>议题</title>", "", "no title"),
    "a picture without words": ("</main>", '<img src="/static/a.png"></main>', "no alt"),
    "a tag left open": ("<h2>理由</h2>", "<div><h2>理由</h2>", "</main> closes <div>"),
    "tags crossed": ("<h2>理由</h2>", "<h2><b>理由</h2></b>", "</h2> closes <b>"),
    "an attribute twice": ('<input id="name"', '<input id="name" name="x"', "has name twice"),
}


def test_a_good_page_gives_no_complaint() -> None:
    assert complaints(GOOD, lang="zh-CN") == []


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_named(fault: str) -> None:
    good, bad, word = PLANTED[fault]
    assert good in GOOD
    assert any(word in said for said in complaints(GOOD.replace(good, bad, 1), lang="zh-CN"))


def test_a_fragment_may_point_at_the_page_around_it() -> None:
    html = '<div id="ballot"><a href="#main">回到正文</a><input aria-label="数" aria-describedby="elsewhere"></div>'
    assert complaints(html, fragment=True) == []
    assert complaints(html) != []
