"""What the rest of the house asks about tenders: titles, stations of a matter, search."""

from collections.abc import Sequence

from sqlalchemy import func, select, type_coerce

from app.communities.queries import get_community
from app.core.db import Moment, db
from app.core.house import DONE, NOW, Hit, Link, Sought, Station
from app.core.i18n import _
from app.core.values import Actor, Ref
from app.procurement.models import COMPLETED, DRAFT, FAILED, Contract, Tender
from app.procurement.queries.values import zone_of

KIND = "tender"
FOUND, EXCERPT = 20, 80


def links(ids: Sequence[int]) -> dict[int, Link]:
    """Titles and addresses of tenders, one statement; drafts are nobody's business."""
    wanted = select(Tender.id, Tender.title, Tender.number, Tender.community_id)
    rows = db.session.execute(wanted.where(Tender.id.in_(ids), Tender.stage != DRAFT)).all()
    slugs = {row[3]: get_community(row[3]).slug for row in rows}
    return {row[0]: Link(row[1], f"/c/{slugs[row[3]]}/tenders/{row[2]}", KIND) for row in rows}


def stations(matter: Ref) -> list[Station]:
    """Buying is carrying out: it goes on from the notice to the last milestone of the contract."""
    wanted = (
        select(Tender, Contract)
        .outerjoin(Contract, Contract.tender_id == Tender.id)
        .where(Tender.stage.not_in((DRAFT, FAILED)))
        .order_by(Tender.number.desc())
        .limit(1)
    )
    if matter.kind == KIND:
        wanted = wanted.where(Tender.id == matter.id)
    else:
        wanted = wanted.where(Tender.matter_kind == matter.kind, Tender.matter_id == matter.id)
    row = db.session.execute(wanted).first()
    if row is None:
        return []
    tender, contract = row
    zone = zone_of(tender.community_id)
    since = tender.published_at.astimezone(zone).date() if tender.published_at else None
    done = tender.stage == COMPLETED
    until = None
    if contract is not None:
        until = contract.completed_at.astimezone(zone).date() if contract.completed_at else contract.ends_on
    return [Station("carry-out", DONE if done else NOW, since, until)]


def search(community_id: int, words: str, actor: Actor) -> list[Sought]:
    """Published tenders in whose title or summary every word stands, the newest first."""
    slug, at = get_community(community_id).slug, func.coalesce(Tender.published_at, Tender.drafted_at)
    columns = (Tender.number, Tender.title, type_coerce(at, Moment), func.substr(Tender.summary, 1, EXCERPT))
    wanted = select(*columns).where(Tender.community_id == community_id, Tender.stage != DRAFT)
    for word in words.replace("\0", " ").split()[:5]:
        like = f"%{word.replace('%', '').replace('_', '')}%"
        wanted = wanted.where(Tender.title.like(like) | Tender.summary.like(like))
    wanted = wanted.order_by(Tender.number.desc()).limit(FOUND)
    return [Sought(wanted, lambda row: Hit(row[1], f"/c/{slug}/tenders/{row[0]}", _("采购"), row[2], row[3]))]
