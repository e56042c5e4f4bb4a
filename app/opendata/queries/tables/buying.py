"""Rows of what is bought, by number; from the same values as the OCDS files, under the same rule of what is public."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from typing import Any

from app.core import clock
from app.core.context import CommunityValue
from app.core.values import Fen
from app.opendata.queries.processes import dossiers, ocid
from app.opendata.queries.tables.matters import Row, page_of
from app.procurement import queries as buying
from app.procurement.queries import Dossier, Judged
from app.procurement.rules import points


def _dossiers(here: CommunityValue) -> Iterator[Dossier]:
    return chain.from_iterable(dossiers(here))


def tenders(here: CommunityValue) -> Iterator[Row]:
    """Every purchase that was announced."""
    now, today = clock.now(), clock.today(here.zone)
    for one in _dossiers(here):
        row = one.tender
        yield (
            row.number, ocid(here, row.number), row.title, row.summary, buying.state(row, now, one.award, today), row.method,
            row.category, row.buyer, row.agency, Fen(row.budget), Fen(row.ceiling), row.yearly, row.term_months,
            row.published_at, row.notice_until, row.deadline, row.opened_at, row.bidders, row.failed_at, row.source,
            len(row.findings), page_of(here, f"tenders/{row.number}"),
        )  # fmt: skip


def bids(here: CommunityValue) -> Iterator[Row]:
    """Every bid that was opened; ranks and scores once the result is public."""
    for one in _dossiers(here):
        public = _published(one)
        for judged in one.bids:
            bid = judged.bid
            yield (
                one.tender.number, bid.code, bid.organisation, bid.credit_code, Fen(bid.price) if bid.price else None,
                bid.submitted_at, bid.qualified, bid.reason, judged.rank if public else None,
                _score(judged.total) if public else None,
            )  # fmt: skip


def awards(here: CommunityValue) -> Iterator[Row]:
    """Every result that was published."""
    for one in _dossiers(here):
        award = one.award
        if award is None or not _published(one):
            continue
        winner = next(judged for judged in one.bids if judged.bid.bid_id == award.bid_id)
        yield (
            one.tender.number, one.tender.title, winner.bid.organisation, winner.bid.credit_code, Fen(award.price),
            _score(winner.total), award.decided_at, award.published_at, award.notice_until, award.challenge_until,
            award.sign_by, award.reason, page_of(here, f"tenders/{one.tender.number}/result"),
        )  # fmt: skip


def contracts(here: CommunityValue) -> Iterator[Row]:
    """Every contract that was signed."""
    for one in _dossiers(here):
        found = one.contract
        if found is None:
            continue
        supplier = _supplier(one, found.organisation_id)
        yield (
            found.number, one.tender.number, one.tender.title, supplier.bid.organisation, supplier.bid.credit_code,
            Fen(found.amount), found.signed_at, found.starts_on, found.ends_on, len(one.milestones),
            sum(step.completed_at is not None for step in one.milestones), found.completed_at,
            page_of(here, f"tenders/{one.tender.number}/contract"),
        )  # fmt: skip


def milestones(here: CommunityValue) -> Iterator[Row]:
    """Every step of every contract."""
    for one in _dossiers(here):
        for step in one.milestones if one.contract else ():
            number: Any = one.contract and one.contract.number
            yield (
                number, one.tender.number, step.position, step.title, step.due_on, Fen(step.amount), step.completed_at,
                step.note,
            )  # fmt: skip


def _published(one: Dossier) -> bool:
    return one.award is not None and one.award.published_at is not None


def _supplier(one: Dossier, organisation_id: int) -> Judged:
    return next(judged for judged in one.bids if judged.bid.organisation_id == organisation_id)


def _score(total: Fraction | None) -> str | None:
    return None if total is None else points(int(total * 100))
