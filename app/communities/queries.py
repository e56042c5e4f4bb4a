"""Finding communities."""

from sqlalchemy import bindparam, select

from app.communities.models import Community
from app.core.context import CommunityValue, maybe_community
from app.core.db import db
from app.core.errors import NotFound
from app.core.memory import LONG_TERM, lately, remember
from app.core.words import N_


def _value(row: Community) -> CommunityValue:
    return CommunityValue(row.id, row.slug, row.name, row.zone, row.desk_hours, row.phone, row.address, row.log_origin)


_COLUMNS = (
    Community.id,
    Community.slug,
    Community.name,
    Community.zone,
    Community.desk_hours,
    Community.phone,
    Community.address,
    Community.log_origin,
)
_BY_SLUG = select(*_COLUMNS).where(Community.slug == bindparam("slug"))
_BY_ID = select(*_COLUMNS).where(Community.id == bindparam("id"))


def get_by_slug(slug: str) -> CommunityValue:
    """The community of an address. Raises NotFound."""
    known: CommunityValue | None = lately(("community", slug))
    return known or remember(("community", slug), lambda: _get_by_slug(slug), LONG_TERM)


def _get_by_slug(slug: str) -> CommunityValue:
    seen = "".join(sign for sign in slug if sign.isprintable())
    row = db.session.execute(_BY_SLUG, {"slug": slug}).one_or_none() if slug == seen[:40] else None
    if row is None:
        raise NotFound(N_("没有叫“%(slug)s”的社区。请从首页选择您的社区。"), {"slug": seen[:40]})
    return CommunityValue(*row)


def get_community(community_id: int) -> CommunityValue:
    """The community of a number. Raises NotFound."""
    here = maybe_community()
    if here is not None and here.id == community_id:
        return here
    return remember(("community", community_id), lambda: _get_community(community_id), LONG_TERM)


def _get_community(community_id: int) -> CommunityValue:
    row = db.session.execute(_BY_ID, {"id": community_id}).one_or_none()
    if row is None:
        raise NotFound(N_("没有这个社区。"))
    return CommunityValue(*row)


def communities(words: str = "", limit: int | None = 50) -> list[CommunityValue]:
    """Communities whose name or slug contains some words, by name."""
    wanted = select(Community).order_by(Community.name, Community.id).limit(limit)
    if words:
        like = f"%{words.replace('%', '').replace('_', '')}%"
        wanted = wanted.where(Community.name.like(like) | Community.slug.like(like))
    return [_value(row) for row in db.session.scalars(wanted)]
