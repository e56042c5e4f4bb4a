"""Whole purchases, many at once, for those who publish them: at most six statements, however many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import literal, select, union_all

from app.core.db import db
from app.organisations.queries import OrganisationValue, organisations
from app.procurement.models import (
    DRAFT,
    Award,
    Bid,
    BidRank,
    Contract,
    ContractMilestone,
    Mandate,
    OpenedBid,
    Tender,
    TenderCriterion,
    TenderQuestion,
)
from app.procurement.queries.bids import Opened
from app.procurement.queries.contracts import MilestoneRow
from app.procurement.queries.tenders import MandateRow, QuestionRow


@dataclass(frozen=True, slots=True)
class Judged:
    """An opened bid with its bidder, and its rank and exact total once it was ranked."""

    bid: Opened
    bidder: OrganisationValue
    rank: int | None
    total: Fraction | None


@dataclass(slots=True)
class Dossier:
    """A published purchase with everything that belongs to it, public or not yet.

    The award is public once it has `published_at`; ranks and totals are with it.
    """

    tender: Tender
    mandate: MandateRow | None
    award: Award | None
    contract: Contract | None
    criteria: list[TenderCriterion] = field(default_factory=list)
    questions: list[QuestionRow] = field(default_factory=list)
    bids: list[Judged] = field(default_factory=list)
    milestones: list[MilestoneRow] = field(default_factory=list)


def dossiers(community_id: int, *, after: int = 0, limit: int = 100, number: int | None = None) -> list[Dossier]:
    """The published purchases of a community by their numbers, from after one on, or the one of a number."""
    wanted = (
        select(Tender, Mandate, Award, Contract)
        .outerjoin(Mandate, Mandate.id == Tender.mandate_id)
        .outerjoin(Award, Award.tender_id == Tender.id)
        .outerjoin(Contract, Contract.tender_id == Tender.id)
        .where(Tender.community_id == community_id, Tender.stage != DRAFT, Tender.published_at.is_not(None))
        .where(Tender.number > after if number is None else Tender.number == number)
        .order_by(Tender.number)
        .limit(limit)
    )
    found = [
        Dossier(tender, _mandate(mandate), award, contract)
        for tender, mandate, award, contract in db.session.execute(wanted)
    ]
    by_tender = {one.tender.id: one for one in found}
    if found:
        _read_notices(by_tender)
        _read_bids(by_tender)
        _read_steps({one.contract.id: one for one in found if one.contract is not None})
    return found


def dossier_moments(community_id: int) -> list[datetime]:
    """Every moment at which something of a purchase became known, or will by its dates; one statement.

    For saying of which years there is something to tell.
    """
    tenders = select(literal(1)).where(Tender.community_id == community_id, Tender.published_at.is_not(None))
    parts = [
        tenders.with_only_columns(column)
        for column in (Tender.published_at, Tender.deadline, Tender.opened_at, Tender.failed_at)
    ]
    parts.append(
        select(Mandate.granted_at)
        .join(Tender, Tender.mandate_id == Mandate.id)
        .where(Tender.community_id == community_id, Tender.published_at.is_not(None))
    )
    parts += [
        select(TenderQuestion.answered_at).where(TenderQuestion.community_id == community_id),
        select(Award.published_at).where(Award.community_id == community_id),
        select(Contract.signed_at).where(Contract.community_id == community_id),
        select(ContractMilestone.completed_at).where(ContractMilestone.community_id == community_id),
    ]
    return [at for at in db.session.scalars(union_all(*parts)) if at is not None]


def _mandate(row: Mandate | None) -> MandateRow | None:
    if row is None:
        return None
    return MandateRow(row.id, row.community_id, row.resolution, row.matter, row.ceiling, row.purpose, row.granted_at)


def _read_notices(by_tender: Mapping[int, Dossier]) -> None:
    factors = select(TenderCriterion).where(TenderCriterion.tender_id.in_(by_tender))
    for factor in db.session.scalars(factors.order_by(TenderCriterion.tender_id, TenderCriterion.position)):
        by_tender[factor.tender_id].criteria.append(factor)
    asked = select(TenderQuestion).where(TenderQuestion.tender_id.in_(by_tender))
    for row in db.session.scalars(asked.order_by(TenderQuestion.tender_id, TenderQuestion.number)):
        question = QuestionRow(
            row.number, row.text, row.asked_at, row.due_on, row.answer, row.answered_at, row.moved_to
        )
        by_tender[row.tender_id].questions.append(question)


def _read_bids(by_tender: Mapping[int, Dossier]) -> None:
    wanted = (
        select(OpenedBid, Bid.code, Bid.submitted_at, BidRank.rank, BidRank.total)
        .join(Bid, Bid.id == OpenedBid.bid_id)
        .outerjoin(BidRank, BidRank.bid_id == OpenedBid.bid_id)
        .where(OpenedBid.tender_id.in_(by_tender))
        .order_by(OpenedBid.tender_id, OpenedBid.position)
    )
    rows: Sequence[Any] = db.session.execute(wanted).all()
    known = organisations(row[0].organisation_id for row in rows)
    for bid, code, at, rank, total in rows:
        bidder = known[bid.organisation_id]
        opened = Opened(
            bid.bid_id,
            bid.position,
            bid.organisation_id,
            bidder.name,
            bidder.credit_code,
            bid.price,
            bid.plan,
            bid.team,
            bid.qualified,
            bid.reason,
            code,
            at,
        )
        judged = Judged(opened, bidder, rank, None if total is None else Fraction(total))
        by_tender[bid.tender_id].bids.append(judged)


def _read_steps(by_contract: Mapping[int, Dossier]) -> None:
    if not by_contract:
        return
    wanted = select(ContractMilestone).where(ContractMilestone.contract_id.in_(by_contract))
    for row in db.session.scalars(wanted.order_by(ContractMilestone.contract_id, ContractMilestone.position)):
        step = MilestoneRow(row.position, row.title, row.due_on, row.amount, row.note, row.completed_at)
        by_contract[row.contract_id].milestones.append(step)
