"""What every page of the house owes its reader, looked for in its html. Each complaint names the cure."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
UNLABELLED_TYPES = frozenset({"hidden", "submit", "button", "reset", "image"})
POINTERS = (
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "aria-errormessage",
    "aria-owns",
    "for",
    "list",
    "form",
)
PLAIN_DATA = frozenset({"application/json", "application/ld+json"})


class _Nesting(HTMLParser):
    """Complains of tags that are never closed, or closed in another order than they were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.complaints: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        twice = [name for name, times in Counter(name for name, _ in attrs).items() if times > 1]
        if twice:
            self.complaints.append(f"line {self.getpos()[0]}: <{tag}> has {', '.join(twice)} twice")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<path/>` inside an svg opens and closes at once."""

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.complaints.append(f"line {self.getpos()[0]}: </{tag}> closes what cannot be open")
        elif not self.open or self.open[-1] != tag:
            self.complaints.append(
                f"line {self.getpos()[0]}: </{tag}> closes <{self.open[-1] if self.open else 'nothing'}>"
            )
            if tag in self.open:
                del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]
        else:
            self.open.pop()


def complaints(html: str, *, fragment: bool = False, lang: str = "") -> list[str]:
    """Everything that a page, or a fragment of one, does not keep. Empty for a good page.

    A fragment is allowed to have no h1 and no lang, and to point at ids of the page around it.
    """
    tree = LexborHTMLParser(html)
    found = list(_nesting(html))
    found += _strict_policy(tree)
    found += _ids(tree, fragment=fragment)
    found += _labels(tree)
    found += _forms(tree)
    if not fragment:
        found += _whole_page(tree, lang)
    return found


def _nesting(html: str) -> Iterator[str]:
    parser = _Nesting()
    parser.feed(html)
    parser.close()
    yield from parser.complaints
    if parser.open:
        yield f"never closed: {', '.join(f'<{tag}>' for tag in parser.open)}"


def _strict_policy(tree: LexborHTMLParser) -> Iterator[str]:
    """No script and no style inside the page: the Content-Security-Policy would drop them."""
    for node in tree.css("*"):
        for name in node.attributes:
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"{_words(node)}: {name}= is dropped by the policy; use a class, or static/js"
    for node in tree.css("script:not([src])"):
        if node.attributes.get("type") not in PLAIN_DATA:
            yield f"{_words(node)}: inline script is dropped by the policy; put it into static/js"
    for node in tree.css("style"):
        yield f"{_words(node)}: inline style is dropped by the policy; put it into static/css"
    for node in tree.css("a[href], form[action]"):
        if re.match(
            r"\s*javascript:", node.attributes.get("href") or node.attributes.get("action") or "", re.IGNORECASE
        ):
            yield f"{_words(node)}: javascript: addresses are dropped by the policy"


def _ids(tree: LexborHTMLParser, *, fragment: bool) -> Iterator[str]:
    ids = Counter(node.attributes["id"] or "" for node in tree.css("[id]"))
    for name, times in ids.items():
        if times > 1:
            yield f"id “{name}” stands {times} times"
        if not name or re.search(r"\s", name):
            yield f"id “{name}” is empty or has a space"
    if fragment:
        return
    for node in tree.css("a[href^='#']"):
        target = (node.attributes["href"] or "")[1:]
        if target and target not in ids:
            yield f"{_words(node)}: no id “{target}” on this page"
    for pointer in POINTERS:
        for node in tree.css(f"[{pointer}]"):
            for target in (node.attributes[pointer] or "").split():
                if target not in ids:
                    yield f"{_words(node)}: {pointer}=“{target}” names no id of this page"


def _labels(tree: LexborHTMLParser) -> Iterator[str]:
    named = {node.attributes["for"] for node in tree.css("label[for]") if _says(node)}
    for node in tree.css("input, select, textarea"):
        attributes = node.attributes
        if node.tag == "input" and (attributes.get("type") or "text").lower() in UNLABELLED_TYPES:
            continue
        if attributes.get("aria-label") or attributes.get("aria-labelledby") or attributes.get("id") in named:
            continue
        if not any(_says(parent) for parent in _ancestors(node) if parent.tag == "label"):
            yield f"{_words(node)}: has no label"
    for node in tree.css("a[href], button"):
        if not _says(node):
            yield f"{_words(node)}: says nothing; give it words or aria-label"
    for node in tree.css("img:not([alt])"):
        yield f"{_words(node)}: has no alt (empty for ornament)"


def _forms(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("form"):
        method = (node.attributes.get("method") or "get").lower()
        token = node.css_first("input[name=csrf_token]")
        if method == "post" and (token is None or not token.attributes.get("value")):
            yield f"{_words(node)}: has no csrf_token; write {{{{ once_field(form) }}}} into it"
        if method == "get" and token is not None:
            yield f"{_words(node)}: shows its csrf_token in the address"
        if method == "post" and node.css_first("button, input[type=submit]") is None and "id" not in node.attributes:
            yield f"{_words(node)}: cannot be sent without JavaScript; give it a button"


def _whole_page(tree: LexborHTMLParser, lang: str) -> Iterator[str]:
    headings = tree.css("h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1 instead of one"
    said = (tree.css_first("html") or tree.root).attributes.get("lang") if tree.root else None
    if not said or (lang and said != lang):
        yield f"html lang is “{said}” instead of “{lang or 'something'}”"
    title = tree.css_first("head > title")
    if title is None or not title.text(strip=True):
        yield "no title"
    if len(tree.css("main")) != 1:
        yield f"{len(tree.css('main'))} main instead of one"
    steps = [int(str(node.tag)[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
    for before, after in pairwise(steps):
        if after > before + 1:
            yield f"a heading jumps from h{before} to h{after}"


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _says(node: LexborNode) -> bool:
    """Whether something read aloud comes out of an element."""
    if node.text(strip=True) or node.attributes.get("aria-label") or node.attributes.get("aria-labelledby"):
        return True
    return any(
        inner.attributes.get("alt") or inner.attributes.get("aria-label") or inner.tag == "title"
        for inner in node.css("img, svg, title")
    )


def _words(node: LexborNode) -> str:
    """The opening tag of an element, to find it by."""
    opening = re.match(r"<[^>]*>", node.html or "")
    return opening[0][:120] if opening else f"<{node.tag}>"
