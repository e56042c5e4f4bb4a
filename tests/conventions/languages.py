"""Chinese is what stands in code and templates; English stands complete in one catalogue a slice."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from app.core.formats import KEYS
from tests.conventions.sources import ROOT, Source

KEYWORDS = {
    "_": None,
    "N_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
TRANSLATED = frozenset(KEYWORDS)
PLACE = re.compile(r"%\((\w+)\)[#0\- +]?\d*(?:\.\d+)?[sdrif]|%[sdif%]|\{\w*\}")
HAN = re.compile(r"[\u3400-\u9fff]")
OWN_NAMES = frozenset({"中文", "简体中文"}) | KEYS
CATALOGUES = "app/translations"


@dataclass(frozen=True)
class Sentence:
    """A sentence that somebody may read: its Chinese, and where it stands."""

    words: str
    path: str
    line: int


OUTSIDE = frozenset({"record", "__pycache__"})


def templates() -> list[Source]:
    """Every template that a reader meets; the gallery of parts is for those who build pages, and what lies in the record
    of a vote says everything in both languages at once."""
    found = sorted(
        path
        for path in (ROOT / "templates").rglob("*.*")
        if "gallery" not in path.name and path.parent.name not in OUTSIDE
    )
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in found]


def catalogues() -> list[Source]:
    """Every English catalogue, one a slice."""
    found = sorted((ROOT / CATALOGUES / "en" / "LC_MESSAGES").glob("*.po"))
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in found]


def sentences(sources: Sequence[Source]) -> Iterator[Sentence]:
    """Every sentence that code and templates hand to the translators."""
    for source in sources:
        method = "python" if source.path.endswith(".py") else "jinja2"
        options = {
            "encoding": "utf-8",
            "trimmed": "true",
            "silent": "false",
            "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols,app.core.fragments.Shared",
        }
        for line, words, _comments, _context in extract(method, BytesIO(source.text.encode()), KEYWORDS, (), options):
            for one in [words] if isinstance(words, str) else words:
                if one:
                    yield Sentence(one, source.path, line)


def untranslated(sources: Sequence[Source], english: Sequence[Source]) -> list[str]:
    """Every sentence has its English, finished, with the same places for values."""
    known = _known(english)
    return [f"{s.path}:{s.line}: no English for “{s.words}”" for s in sentences(sources) if s.words not in known]


def broken(sources: Sequence[Source], english: Sequence[Source]) -> list[str]:
    """A catalogue is finished and says nothing that nobody reads: no gap, no guess, no lost place, no line numbers."""
    used = {sentence.words for sentence in sentences(sources)}
    found = []
    for catalogue in english:
        for message in read_po(BytesIO(catalogue.text.encode())):
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            if not ids[0]:
                continue
            where = f"{catalogue.path}:{message.lineno}: “{ids[0]}”"
            strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
            if not all(strings):
                found.append(f"{where} has no English")
            if message.fuzzy:
                found.append(f"{where} is fuzzy: read it again and drop the mark")
            if not set(ids) & used:
                found.append(f"{where} stands nowhere any more")
            found += [
                f"{where} and its English have other places" for s in strings if s and _places(s) != _places(ids[0])
            ]
        if re.search(r"^#: .*:\d+", catalogue.text, re.MULTILINE):
            found.append(f"{catalogue.path}: has line numbers; they change with every edit")
        if re.search(r"^#~", catalogue.text, re.MULTILINE):
            found.append(f"{catalogue.path}: keeps what is not used any more")
    return found


def disagreeing(english: Sequence[Source]) -> list[str]:
    """One Chinese sentence has one English, whichever catalogue is asked."""
    said: dict[str, tuple[str, str]] = {}
    found = []
    for catalogue in english:
        for message in read_po(BytesIO(catalogue.text.encode())):
            key, value = str(message.id), str(message.string)
            if message.id and said.setdefault(key, (value, catalogue.path))[0] != value:
                found.append(f"{catalogue.path}:{message.lineno}: “{key}” is said otherwise in {said[key][1]}")
    return found


def bare_chinese(sources: Sequence[Source]) -> list[str]:
    """No Chinese stands in a template outside of _()."""
    environment = Environment(
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", "app.core.fragments.Shared"], autoescape=True
    )
    found = []
    for source in sources:
        for node, words in _visible(environment.parse(source.text)):
            for piece in re.split(r"[<>]", words):
                if HAN.search(piece) and piece.strip() not in OWN_NAMES:
                    found.append(f"{source.path}:{node.lineno}: “{piece.strip()[:60]}” stands outside of _()")
    return found


def _visible(node: nodes.Node) -> Iterator[tuple[nodes.Node, str]]:
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in TRANSLATED:
        for argument in node.kwargs:
            yield from _visible(argument)
        return
    if isinstance(node, nodes.Filter) and node.name == "article" and isinstance(node.node, nodes.Const):
        return  # the filter writes it out in the reader's language; test_core_articles_rules.py reads every one
    if isinstance(node, nodes.TemplateData):
        yield node, re.sub(r"<!--.*?-->", "", node.data, flags=re.DOTALL)
    elif isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node, node.value
    for child in node.iter_child_nodes():
        yield from _visible(child)


def _known(english: Sequence[Source]) -> Mapping[str, bool]:
    known: dict[str, bool] = {}
    for catalogue in english:
        for message in read_po(BytesIO(catalogue.text.encode())):
            done = bool(message.string) and not message.fuzzy
            for words in [message.id] if isinstance(message.id, str) else message.id:
                if done:
                    known[words] = True
    return known


def _places(words: str) -> set[str]:
    return {match.group(0) for match in PLACE.finditer(words) if match.group(0) != "%%"}


def straight_quotes(found: Sequence[Source]) -> list[str]:
    """English that a reader meets with a typewriter's mark (' or ") where print has ’ or “”."""
    return [
        f"{source.path}: “{said}” has a straight quotation mark; write ’ or “”"
        for source in found
        for message in read_po(BytesIO(source.text.encode()))
        if message.id
        for said in ([message.string] if isinstance(message.string, str) else message.string)
        if "'" in said or '"' in said
    ]
