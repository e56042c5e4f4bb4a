"""What an address of a community may look like."""

import re

from app.core.values import Refusal
from app.core.words import N_

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


def slug_refusal(slug: str) -> Refusal | None:
    """An address is 2 to 40 small letters, digits and single dashes, and begins with a letter."""
    if 2 <= len(slug) <= 40 and SLUG.match(slug):
        return None
    return Refusal(N_("网址里的名字要用2到40个小写字母、数字或短横线，以字母开头，例如wutongli。"))


def name_refusal(name: str) -> Refusal | None:
    """A community has a name of 2 to 40 signs."""
    if 2 <= len(name) <= 40:
        return None
    return Refusal(N_("社区名称要有2到40个字。"))
