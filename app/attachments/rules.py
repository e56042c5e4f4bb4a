"""Which files may be attached, under which name, and how many."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.values import Refusal
from app.core.words import N_

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
MOST = 20
MOST_PIXELS = 50_000_000
LONGEST_EDGE = 4000
LONGEST_NAME = 100
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*;%]')


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its media type, the ending of its name, and what people call it."""

    name: str
    media: str
    ending: str
    words: str


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("pdf", "application/pdf", ".pdf", N_("PDF文件")),
        Kind("jpeg", "image/jpeg", ".jpg", N_("图片")),
        Kind("png", "image/png", ".png", N_("图片")),
        Kind("webp", "image/webp", ".webp", N_("图片")),
        Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", N_("文档")),
        Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", N_("表格")),
        Kind(
            "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx", N_("演示文稿")
        ),
        Kind("odt", "application/vnd.oasis.opendocument.text", ".odt", N_("文档")),
        Kind("ods", "application/vnd.oasis.opendocument.spreadsheet", ".ods", N_("表格")),
        Kind("text", "text/plain; charset=utf-8", ".txt", N_("文本")),
    )
}
PICTURES = frozenset({"jpeg", "png", "webp"})


def size_refusal(size: int) -> Refusal | None:
    """An attachment holds something, and at most 10 MB."""
    if size == 0:
        return Refusal(N_("文件是空的。请换一个文件。"))
    if size > LARGEST:
        return Refusal(
            N_("文件有%(size)s MB，超过%(limit)s MB。请压缩图片或分成几个文件，再上传。"),
            {"size": -(-size // MEGABYTE), "limit": LARGEST // MEGABYTE},
        )
    return None


def kind_refusal(kind: str | None) -> Refusal | None:
    """Only kinds that everybody can open and that carry no program."""
    if kind in KINDS:
        return None
    return Refusal(N_("不能上传这种文件。可以上传PDF、图片（JPEG、PNG、WebP）、文档、表格、演示文稿和纯文本。"))


def pixels_refusal(width: int, height: int) -> Refusal | None:
    """A picture has at most fifty million pixels."""
    if width * height <= MOST_PIXELS:
        return None
    return Refusal(
        N_("图片有%(width)s×%(height)s个像素，太大了。请缩小以后再上传。"), {"width": width, "height": height}
    )


def count_refusal(attached: int) -> Refusal | None:
    """Twenty files are enough for one thing."""
    if attached < MOST:
        return None
    return Refusal(N_("这里已经有%(most)s个附件，不能再加。请先删去不要的，或合成一个文件。"), {"most": MOST})


def remove_refusal(removed: bool) -> Refusal | None:
    """What is gone cannot go again."""
    return Refusal(N_("这个附件已经删去了。")) if removed else None


def file_name(given: str, kind: str) -> str:
    """The name under which a file is handed out: what its sender called it, safe everywhere, with the right ending."""
    flat = unicodedata.normalize("NFC", given.replace("\\", "/").rsplit("/", 1)[-1])
    seen = "".join(
        char for char in flat if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
    stem = _UNSAFE.sub(" ", seen)
    stem = re.sub(r"\s+", " ", stem.rsplit(".", 1)[0] if "." in stem[1:] else stem).strip(" .")
    return (stem[:LONGEST_NAME].strip(" .") or "file") + KINDS[kind].ending


def kind_of_package(names: frozenset[str]) -> str | None:
    """What a zip package is by the names within; programs inside make it nothing that we take."""
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js")) for name in names):
        return None
    for part, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx")):
        if part in names:
            return kind
    return None
