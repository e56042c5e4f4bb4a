"""A part of a page that readers share is a function of what it names, and of nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from tests.databases import make_app

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "endshared" in path.read_text("utf-8"))
ANYONES = {"_", "asset", "community", "lang", "namespace", "now", "range", "url_for"}
"""What is the same for whoever reads in one community, one language and one minute."""


@pytest.fixture(scope="module")
def app() -> Flask:
    return make_app("sqlite://")


def parts(tree: nodes.Template) -> Iterator[tuple[set[str], list[nodes.Node]]]:
    """What each shared part names, and its body."""
    for block in tree.find_all(nodes.CallBlock):
        attribute = block.call.node
        if isinstance(attribute, nodes.ExtensionAttribute) and attribute.identifier == "app.core.fragments.Shared":
            yield {name.name for name in block.call.args[1].find_all(nodes.Name)}, block.body


def used(app: Flask, body: list[nodes.Node], known: set[str]) -> set[str]:
    """The names that a body uses and nobody made in it; of what it includes too."""
    bare = app.jinja_env.overlay()
    bare.globals = {}
    found = find_undeclared_variables(nodes.Template(body, environment=bare))
    for node in body:
        own = [node] if isinstance(node, nodes.Include) else []
        for include in [*own, *node.find_all(nodes.Include)]:
            assert isinstance(include.template, nodes.Const), "a shared part includes templates by their names"
            source, *_ = app.jinja_env.loader.get_source(app.jinja_env, include.template.value)  # type: ignore[union-attr]  # Flask's loader
            made = {name.name for name in nodes.Template(body).find_all(nodes.Name) if name.ctx in ("store", "param")}
            found |= used(app, app.jinja_env.parse(source).body, known) - made
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_shared_part_uses_only_what_it_names(app: Flask, path: Path) -> None:
    tree = app.jinja_env.parse(path.read_text("utf-8"), str(path.relative_to(ROOT / "templates")))
    imported = {
        name if isinstance(name, str) else name[1] for node in tree.find_all(nodes.FromImport) for name in node.names
    }
    found = list(parts(tree))
    assert found, path
    for named, body in found:
        # `once_field` is a mark in a shared part, in whose place each reader gets their own token.
        free = used(app, body, named) - named - imported - ANYONES - {"once_field"}
        assert not free, f"{path.name}: name {sorted(free)} in the tag, or write it outside"


@pytest.mark.parametrize("name", ["me", "prefs", "todo_count", "sign_in_url", "prefs_url", "may"])
def test_who_reads_is_seen_by_the_test_above(app: Flask, name: str) -> None:
    source = "{% shared 1 %}{% if x %}{{ " + name + " }}{% endif %}{% endshared %}"
    ((named, body),) = parts(app.jinja_env.parse(source))
    assert name in used(app, body, named) - named - ANYONES
