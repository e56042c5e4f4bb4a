"""Who won, what was signed, what was delivered."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.core.db import db
from app.core.errors import NotFound
from app.core.words import N_
from app.procurement.models import Award, Contract, ContractMilestone


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One step of a contract, its money in fen."""

    position: int
    title: str
    due_on: date
    amount: int
    note: str
    completed_at: datetime | None


def find_award(tender_id: int) -> Award | None:
    """The award of a tender: public once it has `published_at`."""
    return db.session.scalar(select(Award).filter_by(tender_id=tender_id))


def find_contract(tender_id: int) -> Contract | None:
    """The contract of a tender."""
    return db.session.scalar(select(Contract).filter_by(tender_id=tender_id))


def milestones(contract_id: int) -> list[MilestoneRow]:
    """The steps of a contract, in their order."""
    wanted = select(ContractMilestone).filter_by(contract_id=contract_id).order_by(ContractMilestone.position)
    return [
        MilestoneRow(row.position, row.title, row.due_on, row.amount, row.note, row.completed_at)
        for row in db.session.scalars(wanted)
    ]


def get_milestone(contract_id: int, position: int) -> ContractMilestone:
    """One step of a contract. Raises NotFound."""
    row = db.session.scalar(select(ContractMilestone).filter_by(contract_id=contract_id, position=position))
    if row is None:
        raise NotFound(N_("合同里没有这个节点。"))
    return row
