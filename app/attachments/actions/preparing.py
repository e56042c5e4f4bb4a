"""A file as it arrives: known by its content, made harmless, before anybody keeps it."""

import io
import zipfile
import zlib
from dataclasses import dataclass

import puremagic

from app.attachments.rules import (
    KINDS,
    LONGEST_EDGE,
    PICTURES,
    file_name,
    kind_of_package,
    kind_refusal,
    pixels_refusal,
    size_refusal,
)
from app.core.errors import Refused, check
from app.core.values import Refusal
from app.core.words import N_

LARGEST_UNPACKED = 200 * 1024 * 1024
_BY_MEDIA = {
    "application/pdf": "pdf",
    "image/jpeg": "jpeg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "png",
    "image/x-ms-bmp": "png",
    "image/tiff": "png",
}
_PILLOW = {"jpeg": ("JPEG", "MPO"), "png": ("PNG", "GIF", "BMP", "TIFF"), "webp": ("WEBP",)}


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """A file that may be kept: its safe name, its kind by content, and its bytes (pictures made anew)."""

    name: str
    kind: str
    content: bytes


def prepare_file(name: str, content: bytes) -> PreparedFile:
    """Look into a file, whatever it is called, and make pictures anew without place, date and hidden parts.

    Raises Refused for what is too large, of another kind, or damaged.
    """
    check(size_refusal(len(content)))
    kind = sniffed(content)
    check(kind_refusal(kind))
    assert kind is not None
    made = _picture(content, kind) if kind in PICTURES else content
    check(size_refusal(len(made)))
    return PreparedFile(file_name(name, kind), kind, made)


def sniffed(content: bytes) -> str | None:
    """The kind of a file by its content, None for kinds that we do not take."""
    if content.startswith(b"PK"):
        return _package(content)
    try:
        media = puremagic.magic_string(content)[0].mime_type
    except (puremagic.PureError, ValueError):
        return _text(content)
    return _BY_MEDIA.get(media) or (_text(content) if media.startswith("text/plain") else None)


def _package(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > LARGEST_UNPACKED or any(part.flag_bits & 1 for part in parts):
                return None
            names = frozenset(part.filename for part in parts)
            if "mimetype" in names:
                media = package.read("mimetype")[:80].decode("ascii", "replace")
                return next((kind.name for kind in KINDS.values() if kind.media == media), None)
            return kind_of_package(names)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return None


def _text(content: bytes) -> str | None:
    try:
        words = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if any(char < " " and char not in "\n\r\t" for char in words) or words.lstrip("\ufeff \r\n\t").startswith("<"):
        return None
    return "text"


def _picture(content: bytes, kind: str) -> bytes:
    """The picture that people see, upright, and nothing else."""
    from PIL import Image, ImageOps  # noqa: PLC0415  a server answers sooner without it

    try:
        with Image.open(io.BytesIO(content), formats=_PILLOW[kind]) as found:
            check(pixels_refusal(*found.size))
            upright = ImageOps.exif_transpose(found)
            upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
            clear = kind != "jpeg" and (upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info)
            plain = upright.convert("RGBA" if clear else "RGB")
            # A fresh canvas carries none of the old file's notes.
            made = Image.new(plain.mode, plain.size)
            made.paste(plain)
            buffer = io.BytesIO()
            made.save(buffer, kind.upper(), **({"quality": 85, "optimize": True} if kind == "jpeg" else {}))
            return buffer.getvalue()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(Refusal(N_("图片太大了。请缩小以后再上传。"))) from error
    except (OSError, SyntaxError, ValueError, EOFError, zlib.error, MemoryError) as error:
        raise Refused(Refusal(N_("图片损坏了，打不开。请重新拍一张，或另存为JPEG再上传。"))) from error
