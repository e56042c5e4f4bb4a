"""What templates may call: built files, words, preferences, the reader, and how values are written."""

import hashlib
import json
import mimetypes
import os
import sys
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import FunctionType
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, g, request, send_from_directory
from flask.templating import Environment as FlaskEnvironment
from jinja2 import Environment, FileSystemBytecodeCache, pass_context
from jinja2.environment import Template, TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import _PassArg
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # what `escape` does before it wraps

from app.core import clock, formats, fragments
from app.core.config import ROOT
from app.core.context import actor, maybe_community, me, prefs, prefs_url
from app.core.house import house, papers
from app.core.i18n import _, cited, lang, said, zone
from app.core.pages import access, nav_items, todo_count
from app.core.permissions import PUBLIC, may
from app.core.security import csrf_token
from app.core.values import Ref
from app.core.wording import unbroken, with_breaks, year_apart

BUILD = ROOT / "static" / "build"
INSTANCE = ROOT / "instance"
FOREVER = "public, max-age=31536000, immutable"


@cache
def _manifest(stamp: float) -> dict[str, str]:
    found: dict[str, str] = json.loads((BUILD / "manifest.json").read_text("utf-8"))
    return found


def asset(name: str) -> str:
    """The address of a built file; its name carries its hash, so that it may be kept for ever."""
    if "assets" not in g:
        manifest = BUILD / "manifest.json"
        g.assets = _manifest(manifest.stat().st_mtime) if manifest.exists() else {}
    return f"/static/{g.assets.get(name, name)}"


def local_now() -> datetime:
    """The moment on the community's wall clock."""
    return clock.now().astimezone(zone())


def local(at: datetime) -> datetime:
    """A moment on the community's wall clock."""
    return at.astimezone(zone())


def once_field(form: Any) -> Markup:
    """The hidden fields of every form: the browser's token and the form's own."""
    once = getattr(getattr(form, "once", None), "data", "") or ""
    hidden = Markup('<input type="hidden" name="{}" value="{}">')
    token = hidden.format("csrf_token", csrf_token())
    return token + hidden.format("once", once) if once else token


@access(PUBLIC)
def static_file(path: str) -> Response:
    """A built file, compressed where it can be, for ever."""
    packed = BUILD / f"{path}.gz"
    if "gzip" in request.headers.get("Accept-Encoding", "") and _inside(packed):
        response = send_from_directory(BUILD, f"{path}.gz", mimetype=mimetypes.guess_type(path)[0])
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = send_from_directory(BUILD, path)
    response.headers["Cache-Control"] = FOREVER
    response.vary.add("Accept-Encoding")
    return response


def _inside(path: Path) -> bool:
    return path.resolve().is_relative_to(BUILD) and path.is_file()


def page_values() -> dict[str, Any]:
    """What every page knows: where, who, how it is read."""
    return {
        "community": maybe_community(),
        "me": me(),
        "prefs": prefs(),
        "nav": nav_items(),
        "todo_count": todo_count(),
        **_ways(),
        "request_id": g.get("request_id", ""),
    }


def _ways() -> dict[str, Any]:
    here = maybe_community()
    root = f"/c/{here.slug}" if here else ""
    return {
        "home_url": f"{root}/",
        "search_url": f"{root}/search" if here else "",
        "sign_in_url": "" if me() else _sign_in_url(),
        "account_url": "/account",
        "footer_links": [
            {"label": _(link.label), "url": link.path if link.site else root + link.path}
            for link in house().footer
            if here or link.site
        ],
    }


def _sign_in_url() -> str:
    signing_in = request.path in ("/sign-in", "/join")
    back = request.args.get("next", "/") if signing_in else request.full_path.rstrip("?")
    return "/sign-in?" + urlencode({"next": back})


def written(value: object) -> str:
    """What a template writes out, escaped; plain text, since it is only joined: `escape` would wrap each piece again."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]  # as the line before says
    return _escape_inner(value) if kind is str else str(escape(value))  # type: ignore[arg-type]  # as this line says


class HouseTemplate(Template):
    """A template that writes by `written`, and whose macros are made ready once: all of them know the same names."""

    @classmethod
    def _from_namespace(cls, environment: Environment, namespace: Any, globals: Any) -> Template:  # noqa: A002  # Jinja's name
        namespace["escape"] = written
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Any = None) -> TemplateModule:
        if self._module is None:
            self._module = self.make_module()
        return self._module


class HouseEnvironment(FlaskEnvironment):
    """Templates in memory are found by their names: a page asks for forty, and nobody changes them while the house is open."""

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002  # Jinja's name
        """A template by its name."""
        known: dict[str, Template] = self.__dict__.setdefault("known_templates", {})
        found = known.get(name) if globals is None and isinstance(name, str) else None
        if found is None:
            found = super().get_template(name, parent, globals)
            if globals is None and isinstance(name, str) and not self.auto_reload:
                known[name] = found
        return found


class HouseContext(Context):
    """Macros and functions are called as they are: Jinja looks at each call for marks of many kinds."""

    def call(self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a macro, or whatever else."""
        kind = type(__obj)
        if kind is FunctionType:
            wish = getattr(__obj, "jinja_pass_arg", None)
            if wish is _PassArg.eval_context:
                args = (self.eval_ctx, *args)
            elif wish is not None:
                return super().call(__obj, *args, **kwargs)
        elif kind is not Macro:
            return super().call(__obj, *args, **kwargs)
        if kwargs:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
        return __obj(*args, **kwargs)


def post_url_of(kind: str, number: int) -> str:
    """Where the reader writes a posting about a thing of this community; empty for whoever may not."""
    here = maybe_community()
    return house().post_url(here.id, Ref(kind, number), actor()) if here else ""


@pass_context
def _article(_context: Context, source: str) -> str:
    """A source of law in the reader's words.

    It asks for the context so that Jinja does not reckon it once and for all, in Chinese, where a template names the source.
    """
    return formats.article(source, lang())


def _compiled() -> FileSystemBytecodeCache | None:
    """Templates as they were compiled at an earlier start, known again by their text and by what compiled them; a first
    view then does not wait for it. Kept beside the data, where nobody but the house writes.
    """
    sources = b"".join(Path(module.__file__ or "").read_bytes() for module in (sys.modules[__name__], fragments))
    maker = hashlib.sha256(sources + version("jinja2").encode()).hexdigest()[:12]
    folder = INSTANCE / "templates" / maker
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


def install(app: Flask) -> None:
    """Give the templates their words."""
    env = app.jinja_env
    env.template_class, env.context_class = HouseTemplate, HouseContext
    env.bytecode_cache = _compiled()
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.do")
    env.filters.update(formats.filters(lang, local_now))
    env.filters.update(article=_article)
    env.filters.update(wbr=with_breaks, nb=unbroken, year_apart=year_apart, said=said, cited=cited, local=local)
    env.globals.update(
        asset=asset,
        prefs_url=prefs_url,
        once_field=once_field,
        now=local_now,
        lang=lang,
        papers_of=papers,
        post_url_of=post_url_of,
        may=lambda verb: may(actor(), verb, here.id if (here := maybe_community()) else 0),
    )
    app.context_processor(page_values)
    app.add_url_rule("/static/<path:path>", "static", static_file)
