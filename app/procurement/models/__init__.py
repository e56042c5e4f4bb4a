"""Mandates, tenders, bids, evaluations, contracts."""

from app.procurement.models.bid import CURRENT, REPLACED, WITHDRAWN, Bid, OpenedBid
from app.procurement.models.contract import Award, Contract, ContractMilestone
from app.procurement.models.evaluation import BidRank, PanelMember, PanelScore
from app.procurement.models.tender import (
    AWARDED,
    BIDDING,
    COMPLETED,
    DRAFT,
    FAILED,
    OPENED,
    RANKED,
    RESULT,
    SIGNED,
    Mandate,
    Tender,
    TenderCriterion,
    TenderQuestion,
)

__all__ = [
    "AWARDED",
    "BIDDING",
    "COMPLETED",
    "CURRENT",
    "DRAFT",
    "FAILED",
    "OPENED",
    "RANKED",
    "REPLACED",
    "RESULT",
    "SIGNED",
    "WITHDRAWN",
    "Award",
    "Bid",
    "BidRank",
    "Contract",
    "ContractMilestone",
    "Mandate",
    "OpenedBid",
    "PanelMember",
    "PanelScore",
    "Tender",
    "TenderCriterion",
    "TenderQuestion",
]
