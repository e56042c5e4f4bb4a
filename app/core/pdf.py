"""Documents for paper: a template of ours, what people wrote as data beside it, and A4 pages that archives take."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from threading import Lock
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from app.core.config import ROOT

TEMPLATES = ROOT / "templates"
# One compiler at a time in a process: it is quick, and two would hold its memory twice.
_turn = Lock()


@cache
def _fonts() -> typst.Fonts:
    """Song for the record, Hei for headings, from the wheel alone: the same pages on every machine."""
    faces = [pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path()]
    folders = sorted({str(face.parent) for face in faces})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def pdf(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """A document becomes pages that say the same for ever: PDF/A-2a and PDF/UA-1, the same octets for the same data.

    `template` is a `.typ` file beneath templates/, which reads `data` as one JSON text, so that nothing in it is ever run;
    `at` is the moment that the file names as its making.
    """
    path = TEMPLATES / template
    moment = at.astimezone(UTC).replace(microsecond=0)
    with _turn:
        compiler = typst.Compiler(
            input=path,
            root=path.parent,
            font_paths=_fonts(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        )
        made = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=int(moment.timestamp()))
    if not isinstance(made, bytes):
        raise TypeError("a document is one file")
    return made
