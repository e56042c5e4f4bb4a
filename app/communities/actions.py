"""Taking a community into the house."""

from urllib.parse import urlsplit

from flask import current_app

from app.communities.models import Community
from app.communities.rules import name_refusal, slug_refusal
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check


@transactional
def create_community(
    slug: str, name: str, *, name_en: str = "", desk_hours: str = "", phone: str = "", address: str = ""
) -> int:
    """Take a community in: from now on it has an address, a journal and a log of its own.

    The first line of its journal is written by who calls, one floor up. Raises Refused.
    """
    check(slug_refusal(slug))
    check(name_refusal(name))
    public = urlsplit(current_app.config["PUBLIC_URL"])
    row = Community(
        slug=slug,
        name=name,
        name_en=name_en,
        desk_hours=desk_hours,
        phone=phone,
        address=address,
        log_origin=f"{public.netloc}{public.path}/c/{slug}/log",
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row.id
