"""The council's pages stand in one blueprint."""

from flask import request

from app.core.forms import half_width
from app.core.pages import community_pages

pages = community_pages("council")
LARGEST = 2**31 - 1


def number_of(typed: str) -> int | None:
    """A number that somebody typed, or that stood in an address; None for what is none, or more than a database counts."""
    digits = half_width(typed).strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10):
        return None
    return int(digits) if int(digits) <= LARGEST else None


def before() -> int | None:
    """From before which number on a list is read."""
    return number_of(request.args.get("before", ""))
