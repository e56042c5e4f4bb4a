"""QR codes for pages and for paper."""

import io
from collections.abc import Sequence

import segno


def qr_svg(text: str) -> str:
    """A QR code as an SVG picture, for paper."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False, omitsize=True, border=0)
    return out.getvalue().decode()


def qr_rows(text: str) -> Sequence[Sequence[bool]]:
    """A QR code as rows of dark and light, for a page."""
    return [[bool(cell) for cell in row] for row in segno.make(text, error="m", micro=False).matrix]
